import TestKit
import TestServers
import Testing

@testable import lockstep

/// People edit on both sides at random, and a run follows each round: both hold the same in the end, and nothing is left to do.
@Suite("Systems are kept in step under random edits")
struct RandomEditTests {
    private static let rounds = 20

    private func edit(_ desk: some Desk, _ name: String, _ random: inout SplitMix64) async throws {
        for number in 0..<Int.random(in: 1...3, using: &random) {
            let ids = try await desk.ids()
            let text = "\(name) \(number) ü \(UInt16.random(in: .min ... .max, using: &random))"
            guard let id = ids.randomElement(using: &random) else {
                try await desk.make(text)
                continue
            }
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<3: try await desk.make(text)
            case 3..<6: try await desk.change(id, to: text)
            case 6..<9: try await desk.say(text, about: id)
            default: try await desk.remove(id)
            }
        }
    }

    private func work(_ left: some Desk, _ right: some Desk, _ folder: SystemFolder, _ job: String) async throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        var told = ""
        for round in 1...Self.rounds {
            try await edit(left, "left \(round)", &random)
            try await edit(right, "right \(round)", &random)
            let (end, output) = await folder.run("run", job)
            told += "round \(round): \(output)"
            try #require(end == .inStep, "seed \(seed)\n\(told)")
        }
        let (end, output) = await folder.run("run", job)
        #expect(end == .inStep, "seed \(seed)\n\(told)\(output)")
        let (held, wanted) = (try await left.content(), try await right.content())
        #expect(held == wanted, "seed \(seed)\n\(told)")
        #expect(!held.isEmpty, "seed \(seed)\n\(told)")
        let (last, plan) = await folder.run("plan", job, "--detailed-exitcode")
        #expect(last == .inStep, "seed \(seed)\n\(told)\(plan)")
    }

    @Test(
        "Redmine and Roundup: issues and what is said of them",
        .enabled(
            if: ServerKind.redmine.isThere && ServerKind.roundup.isThere,
            "redmine or roundup is not installed: Tests/Servers/install"))
    func trackers() async throws {
        let scratch = try await ScratchCollection.make(of: .redmine)
        let roundup = try await RunningServer.start(.roundup)
        let folder = try SystemFolder(
            scratch.server.connection("redmine", "redmine", "api_key: \(Self.key), project: \(scratch.name)")
                + roundup.connection("roundup", "roundup", "user: admin, password: \"${SECRET}\""))
        try folder.write(
            "jobs/bridge.yaml",
            """
            job: bridge
            left: redmine
            right: roundup
            syncs:
              issues:
                left: issues
                right: issues
                deletes: propagate
                delete_vs_edit: delete
                conflicts: left
                full_read: always
                limits: {creates: 1000, updates: 1000, deletes: 1000, read_drop: 100%}
                fields:
                  - subject <-> title
                  - project <- '\(scratch.name)': {when: create}
              comments:
                left: comments
                right: comments
                limits: {creates: 1000, updates: 1000, deletes: 1000, read_drop: 100%}
                fields:
                  - issue_id <-> issue_id: {link: issues}
                  - notes <-> content

            """)
        try await work(RedmineDesk(scratch: scratch), RoundupDesk(server: roundup), folder, "bridge")
        try await roundup.stop()
    }

    private static let key = "0123456789abcdef0123456789abcdef01234567"

    @Test(
        "Kinto and a CSV file, by changes and tombstones",
        .enabled(if: ServerKind.kinto.isThere, "kinto is not installed: Tests/Servers/install"))
    func store() async throws {
        let scratch = try await ScratchCollection.make(of: .kinto)
        let folder = try SystemFolder(
            scratch.server.connection("kinto", "kinto", "user: admin, password: \"${SECRET}\", bucket: main")
                + "  files: {type: csv, path: @/data}\n")
        try folder.write(
            "jobs/store.yaml",
            """
            job: store
            left: files
            right: kinto
            syncs:
              tasks:
                left: tasks
                right: {collection: \(scratch.name), fields: [title, note]}
                deletes: propagate
                delete_vs_edit: delete
                conflicts: left
                limits: {creates: 1000, updates: 1000, deletes: 1000, read_drop: 100%}
                fields:
                  - title <-> title
                  - note <-> note

            """)
        let files = FileDesk(folder: folder)
        try files.begin()
        try await work(files, KintoDesk(scratch: scratch), folder, "store")
    }
}
