import Foundation
import TestKit
import TestServers
import Testing

@testable import lockstep

/// Files of issues between two projects of a Redmine, both ways.
@Suite(
    "Attachments are carried over",
    .enabled(if: ServerKind.redmine.isThere, "redmine is not installed: Tests/Servers/install"))
struct AttachmentTests {
    private static let key = "0123456789abcdef0123456789abcdef01234567"

    /// Two projects, and a job that keeps their issues and files in step. Redmine on SQLite takes one write at a time.
    private struct Twins {
        let left: RedmineFiles
        let right: RedmineFiles
        let folder: SystemFolder
        /// Stands before Redmine, and writes down which files Lockstep fetches.
        let proxy: FaultProxy

        static let fetches = FaultRule(path: "/attachments/download/.*", delay: 0.001)

        init(_ settings: String = "") async throws {
            let (left, right) = (
                try await ScratchCollection.make(of: .redmine), try await ScratchCollection.make(of: .redmine)
            )
            self.left = RedmineFiles(scratch: left)
            self.right = RedmineFiles(scratch: right)
            let common = "api_key: \"${SECRET}\", concurrent: 1\(settings)"
            proxy = try await left.server.faults([Self.fetches])
            folder = try SystemFolder(
                "  left: {type: redmine, url: \"\(proxy.baseURL)\", \(common), project: \(left.name)}\n"
                    + "  right: {type: redmine, url: \"\(proxy.baseURL)\", \(common), project: \(right.name)}\n",
                secret: AttachmentTests.key)
            try folder.write(
                "jobs/twins.yaml",
                """
                job: twins
                left: left
                right: right
                syncs:
                  issues:
                    left: issues
                    right: issues
                    fields:
                      - subject <-> subject
                      - "'\(right.name)' -> project": {when: create}
                      - project <- '\(left.name)': {when: create}
                  attachments:
                    left: attachments
                    right: attachments
                    deletes: propagate
                    full_read: always
                    limits: {deletes: 10, read_drop: 100%}
                    fields:
                      - issue_id <-> issue_id: {link: issues}
                      - filename <-> filename
                      - content <-> content

                """)
        }

        /// Runs, and tells which files were fetched meanwhile.
        func run(_ arguments: String...) async throws -> (output: String, downloads: [String]) {
            let before = try proxy.struck().count
            let (end, output) = await folder.run(["run", "twins", "--now", "--force"] + arguments)
            #expect(!output.contains(AttachmentTests.key))
            let struck = try proxy.struck().dropFirst(before)
            return ("\(end)\n\(output)", struck.filter { $0.hasPrefix("GET /attachments/download/") })
        }
    }

    @Test("both ways: empty ones, long ones, and ones with odd names; what is deleted goes; no file is fetched twice")
    func bothWays() async throws {
        let twins = try await Twins()
        let issue = try await twins.left.desk.made("One")
        let long = Data((0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        try await twins.left.attach(Data("hello\n".utf8), "hello.txt", to: issue)
        try await twins.left.attach(Data(), "empty.dat", to: issue)
        try await twins.left.attach(long, "long.bin", to: issue)
        try await twins.left.attach(Data("grüße".utf8), "Grüße \"1\" 'x' 中.txt", to: issue)

        let first = try await twins.run()
        #expect(first.output.contains("twins/attachments: 4 created on the right"), "\(first.output)")
        let partner = try #require(try await twins.right.desk.ids().first)
        let made = try await twins.right.files(of: partner)
        #expect(made == (try await twins.left.files(of: issue)), "\(first.output)")
        #expect(made["long.bin"] == long)
        #expect(made["empty.dat"] == Data())
        #expect(made["Grüße _1_ _x_ 中.txt"] == Data("grüße".utf8), "\(made.keys)")

        // Nothing changed: nothing is fetched, and nothing of what was written comes back.
        let second = try await twins.run()
        #expect(second.output == "inStep\n")
        #expect(second.downloads.isEmpty)

        // The other way: and what is known is not fetched again.
        try await twins.right.attach(Data("back".utf8), "back.txt", to: partner)
        let third = try await twins.run()
        #expect(third.output.contains("twins/attachments: 1 created on the left"), "\(third.output)")
        #expect(third.downloads.count == 1)
        #expect(try await twins.left.files(of: issue)["back.txt"] == Data("back".utf8))

        try await twins.right.remove("hello.txt", of: partner)
        let fourth = try await twins.run()
        #expect(fourth.output.contains("twins/attachments: 1 deleted on the left"), "\(fourth.output)")
        #expect(fourth.downloads.isEmpty)
        let (held, wanted) = (try await twins.left.files(of: issue), try await twins.right.files(of: partner))
        #expect(held == wanted)
        #expect(Set(held.keys) == ["back.txt", "empty.dat", "long.bin", "Grüße _1_ _x_ 中.txt"])

        // Of the bytes nothing is left, and what is kept of them is for nobody else.
        let state = twins.folder.folder.path + "/.lockstep/files"
        #expect(try FileManager.default.contentsOfDirectory(atPath: state).sorted() == ["left.json", "right.json"])
        let mode = try FileManager.default.attributesOfItem(atPath: state + "/left.json")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("one above the limit is held with a word, looked at again, and goes once the limit is raised")
    func limit() async throws {
        let twins = try await Twins(", max_file_mb: 1")
        let issue = try await twins.left.desk.made("One")
        let long = Data(repeating: 0x61, count: 1_048_577)
        try await twins.left.attach(long, "long.txt", to: issue)
        try await twins.left.attach(Data("short".utf8), "short.txt", to: issue)
        let words = "the file 'long.txt' has 1048577 bytes: 'max_file_mb' allows 1048576"
        let first = try await twins.run()
        #expect(first.output.contains("twins/attachments: 1 created on the right"), "\(first.output)")
        #expect(first.output.contains("1 held"), "\(first.output)")
        #expect(first.downloads.count == 1)
        let second = try await twins.run()
        #expect(second.downloads.isEmpty)
        let (_, why) = await twins.folder.run("items", "twins/attachments", "--state", "held")
        #expect(why.contains(words), "\(why)\(second.output)")

        let connections = try twins.folder.folder.text("jobs/connections.yaml")
        try twins.folder.write("jobs/connections.yaml", connections.replacing("max_file_mb: 1", with: "max_file_mb: 2"))
        let third = try await twins.run()
        #expect(third.output.contains("twins/attachments: 1 created on the right"), "\(third.output)")
        let partner = try #require(try await twins.right.desk.ids().first)
        #expect(try await twins.right.files(of: partner)["long.txt"] == long)
    }

    @Test("a create whose answer is lost is found again by what it holds: nothing is there twice")
    func lostAnswer() async throws {
        let twins = try await Twins()
        let issue = try await twins.left.desk.made("One")
        try await twins.left.attach(Data("once".utf8), "once.txt", to: issue)
        _ = try await twins.run()
        try await twins.left.attach(Data("lost".utf8), "lost.txt", to: issue)
        try twins.proxy.set([FaultRule(path: "/issues/[0-9]+.json", method: "PUT", first: 1, lose: true)])
        let first = try await twins.run()
        #expect(try twins.proxy.struck().count { $0.hasPrefix("PUT") } == 1, "\(first.output)")
        try twins.proxy.set([])
        var told = first.output
        for _ in 0..<3 { told += try await twins.run().output }
        let partner = try #require(try await twins.right.desk.ids().first)
        #expect(
            try await twins.right.files(of: partner) == ["once.txt": Data("once".utf8), "lost.txt": Data("lost".utf8)],
            "\(told)")
        #expect(told.hasSuffix("inStep\n"), "\(told)")
    }
}

/// People's files at the issues of a project.
struct RedmineFiles: Sendable {
    let scratch: ScratchCollection

    private var server: RunningServer { scratch.server }

    var desk: RedmineDesk { RedmineDesk(scratch: scratch) }

    private func curl(_ words: [String]) async throws -> Data {
        let (key, url) = (server.credentials.headers, server.baseURL)
        return try await withCheckedThrowingContinuation { waiting in
            DispatchQueue.global().async {
                let process = Process()
                let output = Pipe()
                process.executableURL = URL(filePath: "/usr/bin/env")
                process.arguments =
                    ["curl", "-sS", "--noproxy", "*", "-f"]
                    + key.flatMap { ["-H", "\($0.name): \($0.value)"] }
                    + words.map { $0.hasPrefix("/") && !$0.hasPrefix("/dev/") ? url + $0 : $0 }
                process.standardOutput = output
                do {
                    try process.run()
                    let data = output.fileHandleForReading.readDataToEndOfFile()
                    process.waitUntilExit()
                    guard process.terminationStatus == 0 else { throw ServerFailure("curl \(words)") }
                    waiting.resume(returning: data)
                } catch {
                    waiting.resume(throwing: error)
                }
            }
        }
    }

    func attach(_ content: Data, _ name: String, to issue: String) async throws {
        let file = try ScratchFolder(inMemory: true)
        try content.write(to: URL(filePath: file.path + "/content"))
        let told = try await curl([
            "-X", "POST", "-H", "Content-Type: application/octet-stream", "--data-binary", "@\(file.path)/content",
            "/uploads.json?filename=x",
        ])
        let upload = try JSONSerialization.jsonObject(with: told) as? [String: [String: Any]]
        let token = upload?["upload"]?["token"] as? String ?? ""
        let body = try jsonText(["issue": ["uploads": [["token": token, "filename": name]]]])
        try await server.ask("PUT", "/issues/\(issue).json", body: body).expect(204)
    }

    private func attachments(of issue: String) async throws -> [(name: String, id: String)] {
        let answer = try await server.ask("GET", "/issues/\(issue).json?include=attachments")
        return answer.objects("issue", "attachments").map { ("\($0["filename"] ?? "")", "\($0["id"] ?? "")") }
    }

    /// Contents by name.
    func files(of issue: String) async throws -> [String: Data] {
        var files: [String: Data] = [:]
        for (name, id) in try await attachments(of: issue) {
            guard files[name] == nil else { throw ServerFailure("'\(name)' is there twice") }
            files[name] = try await curl(["/attachments/download/\(id)"])
        }
        return files
    }

    func remove(_ name: String, of issue: String) async throws {
        for attachment in try await attachments(of: issue) where attachment.name == name {
            try await server.ask("DELETE", "/attachments/\(attachment.id).json").expect(204)
        }
    }
}

extension RedmineDesk {
    /// The id of a new issue.
    func made(_ title: String) async throws -> String {
        let body = try jsonText(["issue": ["project_id": scratch.name, "subject": title]])
        let answer = try await scratch.server.ask("POST", "/issues.json", body: body)
        try answer.expect(201)
        guard let issue = answer.value("issue") as? [String: Any], let id = issue["id"] else {
            throw ServerFailure("no id: \(answer.body)")
        }
        return "\(id)"
    }
}
