import Connectors
import FileIO
import Model
import Runner
import Synchronization
import TestKit
import Testing
import Values

/// Several jobs in one run. A test that would wait for ever fails after five minutes.
@Suite("Jobs side by side", .timeLimit(.minutes(5)))
struct SideBySideTests {
    /// Jobs of one sync each, from `desk` to `shop` or another connection, each with a server of its own on both sides.
    private struct Jobs {
        let story: Story
        let servers: [String: FakeServer]

        /// - Parameters:
        ///   - right: the connection on the right, by the job.
        ///   - more: further lines of a sync, by the job.
        init(
            _ names: [String], right: [String: String] = [:], more: [String: String] = [:],
            _ change: (inout FakeOptions) -> Void = { _ in }
        ) throws {
            var options = FakeOptions()
            change(&options)
            var servers: [String: FakeServer] = [:]
            var story = try Story(empty: [])
            for name in names {
                let connection = right[name] ?? "shop"
                servers["desk/\(name)"] = FakeServer(options, [["id": .int(1), "note": .text("a")]])
                servers["\(connection)/\(name)"] = FakeServer(options)
                try story.write(
                    "jobs/\(name).yaml",
                    """
                    job: \(name)
                    left: desk
                    right: \(connection)
                    syncs:
                      things:
                        left: \(name)
                        right: \(name)
                        match: id <-> id
                        fields: [id <-> id, note <-> note]
                        \(more[name] ?? "creates: right")

                    """)
            }
            let connections = Set(["desk", "shop"] + right.values).sorted().map { "  \($0): {type: memory}\n" }
            try story.write("jobs/connections.yaml", "connections:\n" + connections.joined())
            story.connect = .servers(servers)
            self.story = story
            self.servers = servers
        }

        subscript(_ name: String) -> FakeServer { servers[name] ?? FakeServer() }

        /// Runs all jobs.
        ///
        /// - Parameter note: takes each event.
        func run(
            _ mode: JobRunner.Mode = .run(accepting: nil), _ note: @escaping @Sendable (RunEvent) -> Void = { _ in },
            stop: @escaping @Sendable () -> Stop? = { nil }
        ) async throws -> [String] {
            var world = story.world
            world.stop = stop
            let runner = JobRunner(try story.workspace(), world: world, evenIfNotDue: true, tell: note)
            return try await runner.run(Selection(), mode).map { "\($0.sync.job): \($0.short)" }
        }
    }

    private static let made = "things right +1 ~0 -0"

    private static func names(_ count: Int) -> [String] {
        (0..<count).map { $0 < 10 ? "job0\($0)" : "job\($0)" }
    }

    @Test("of fifty jobs one hangs and one is broken: the other 48 are told while the one still hangs")
    func fifty() async throws {
        let names = Self.names(50)
        let jobs = try Jobs(names, right: ["job01": "broken"])
        jobs["shop/job00"].door.close()
        jobs["broken/job01"].fail(.unauthorised, at: 1, times: 100)
        let told = Mutex<[String]>([])
        let hanging = jobs["shop/job00"]
        let reports = try await jobs.run { event in
            guard case .told(let report) = event else { return }
            let all = told.withLock { told in
                told.append(report.sync.job)
                return told
            }
            guard all.count == 49 else { return }
            #expect(!all.contains("job00"))
            // It is still asked.
            #expect(hanging.door.waitingCount == 1)
            hanging.door.open()
        }
        #expect(told.withLock { $0.last } == "job00")
        #expect(told.withLock { $0.sorted() } == names)
        let broken =
            "job01: things stopped: the connection 'broken' is broken: the credentials are not accepted: 401 Unauthorized"
        #expect(reports == names.map { $0 == "job01" ? broken : "\($0): \(Self.made)" })
        for name in names where name != "job01" { #expect(jobs["shop/\(name)"].records.count == 1) }
        #expect(try await jobs.run(.plan).filter { !$0.hasSuffix("nothing") }.count == 1)
    }

    @Test("a sync of another job that it depends on ends before it, and whatever hangs delays what depends on it alone")
    func dependent() async throws {
        let jobs = try Jobs(["a", "b", "c"], more: ["a": "after: c/things"])
        jobs["shop/c"].door.close()
        let parent = jobs["shop/c"]
        let ended = Mutex<[String]>([])
        let reports = try await jobs.run { event in
            guard case .ended(let report) = event else { return }
            ended.withLock { $0.append(report.sync.job) }
            if report.sync.job == "b" { parent.door.open() }
        }
        #expect(ended.withLock { $0 } == ["b", "c", "a"])
        #expect(reports == ["c: \(Self.made)", "a: \(Self.made)", "b: \(Self.made)"])
    }

    @Test("a sync whose parent fails waits, and all others run")
    func failedParent() async throws {
        let jobs = try Jobs(["a", "b", "c"], more: ["b": "after: a/things"])
        jobs["desk/a"].fail(.refused, at: 1, times: 100)
        let reports = try await jobs.run()
        #expect(
            reports == [
                "a: things failed: left: 400 Bad Request", "b: things waits for a/things", "c: \(Self.made)",
            ])
    }

    @Test("syncs of one job run one after another, and so do those that have a collection in common")
    func inTurn() async throws {
        let story = try Story(empty: ["left", "right"])
        try story.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: jsonl, path: \(story.path)/left}
              shop: {type: csv, path: \(story.path)/right}

            """)
        let names = Self.names(8)
        for name in names {
            try story.write("left/\(name).jsonl", #"{"id":1,"key":"k","\#(name)":"\#(name)"}"# + "\n")
            try story.write(
                "jobs/\(name).yaml",
                """
                job: \(name)
                left: desk
                right: shop
                syncs:
                  things:
                    left: \(name)
                    right: people
                    match: key <-> key
                    fields: [key <-> key, \(name) <-> \(name)]
                    first_values: left
                    limits: {updates: 100%}

                """)
        }
        try story.write(
            "right/people.csv", "id,key,\(names.joined(separator: ","))\n1,k" + names.map { _ in "," }.joined() + "\n")
        let told = try await story.run()
        #expect(told == names.map { _ in "things right +0 ~1 -0" }.joined(separator: "; "))
        #expect(
            try story.text("right/people.csv")
                == "id,key,\(names.joined(separator: ","))\n1,k,\(names.joined(separator: ","))\n")
    }

    @Test(
        "a connection that one job finds broken stops the others on it before their next write, and the next run goes on",
        arguments: Side.allCases)
    func broken(side: Side) async throws {
        let connection = side == .left ? "desk" : "shop"
        let jobs = try Jobs(["a", "b"])
        for number in 2...4 { jobs["desk/a"].put(["id": .int(Int64(number)), "note": .text("a")]) }
        // The first job waits before its second write, until the other one has met the failure.
        let first = jobs["shop/a"]
        let hasWritten = Mutex(false)
        jobs["\(connection)/b"].fail(.unauthorised, at: 1, times: 100)
        jobs["\(connection)/b"].door.close()
        let second = jobs["\(connection)/b"]
        let told = Mutex<[Bool]>([])
        let reports = try await jobs.run { event in
            switch event {
            case .writing(let sync, let done, _) where sync.job == "a" && done == 1:
                let isFirst = hasWritten.withLock { hasWritten in
                    defer { hasWritten = true }
                    return !hasWritten
                }
                guard isFirst else { return }
                first.door.close()
                second.door.open()
            case .ended(let report) where report.sync.job == "b": first.door.open()
            case .told(let report):
                guard case .disconnected(let trouble) = report.outcome else { return }
                told.withLock { $0.append(trouble.isFirst) }
            default: break
            }
        }
        let words =
            "things stopped: the connection '\(connection)' is broken: the credentials are not accepted: 401 Unauthorized"
        #expect(reports == ["a: \(words)", "b: \(words)"])
        #expect(told.withLock { $0 } == [true, false])
        // The write that was under way is made, if it was, and no other.
        #expect((1...2).contains(first.records.count))
        second.heal()
        #expect(try await jobs.run().last == "b: \(Self.made)")
        #expect(first.records.count == 4)
        #expect(try await jobs.run(.plan) == ["a: things nothing", "b: things nothing"])
    }

    @Test("what asks runs to stop stops all of them, each finishing the write that is under way")
    func stopped() async throws {
        let jobs = try Jobs(Self.names(6))
        for name in Self.names(6) {
            for number in 2...5 { jobs["desk/\(name)"].put(["id": .int(Int64(number)), "note": .text("a")]) }
        }
        let hasBegun = Mutex<Set<String>>([])
        let stop = { @Sendable () -> Stop? in hasBegun.withLock { $0.count == 6 } ? .signal("SIGINT") : nil }
        let reports = try await jobs.run(
            .run(accepting: nil),
            { event in
                guard case .writing(let sync, let done, _) = event, done == 1 else { return }
                hasBegun.withLock { begun in
                    begun.insert(sync.job)
                    if begun.count < 6 { return jobs["shop/\(sync.job)"].door.close() }
                    for name in Self.names(6) { jobs["shop/\(name)"].door.open() }
                }
            }, stop: stop)
        #expect(reports.count == 6)
        for report in reports { #expect(report.contains("things stopped by SIGINT, left "), "\(report)") }
        for name in Self.names(6) { #expect((1...2).contains(jobs["shop/\(name)"].records.count), "\(name)") }
        #expect(try await jobs.run().allSatisfy { $0.contains(" right +") })
        for name in Self.names(6) { #expect(jobs["shop/\(name)"].records.count == 5, "\(name)") }
    }
}
