import Foundation
import TestServers
import Testing

/// Each server that tests talk to: what holds of all of them.
@Suite("Servers")
struct ServersTests {
    /// A path that answers 200 to who may read.
    private static let paths: [(kind: ServerKind, path: String)] = [
        (.redmine, "/issues.json"), (.roundup, "/data/issue"), (.kinto, "/buckets/main/collections"),
        (.djhelpdesk, "/tickets/"), (.jira820, "/search?jql=project=SYNC"), (.myworld, "/repos/acme/api/issues"),
    ]

    @Test(
        "answers who has the key, refuses who has a wrong one, and is gone after its end",
        .enabled(if: paths.allSatisfy(\.kind.isThere), "a server is not installed: Tests/Servers/install"),
        arguments: paths)
    func comesAndGoes(_ kind: ServerKind, _ path: String) async throws {
        let server = try await RunningServer.start(kind)
        do {
            let answer = try await server.ask("GET", path)
            #expect(answer.status == 200, "\(answer.body)")
            if server.credentials != .none {
                let refused = try await server.ask("GET", path, as: server.credentials.wrong)
                #expect(refused.status == 401, "\(refused.body)")
            }
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
        await #expect(throws: ServerFailure.self) { try await server.ask("GET", path) }
        #expect(!FileManager.default.fileExists(atPath: server.folder))
    }

    @Test(
        "makes empty collections, each for one test",
        .enabled(if: paths.allSatisfy(\.kind.isThere), "a server is not installed: Tests/Servers/install"),
        arguments: paths.map(\.kind))
    func collections(_ kind: ServerKind) async throws {
        let (one, other) = (try await ScratchCollection.make(of: kind), try await ScratchCollection.make(of: kind))
        #expect(one.server.port != other.server.port || one.name != other.name)
        let (path, body) = Self.record(one)
        let made = try await one.server.ask("POST", path, body: body)
        #expect(made.status == 201, "\(made.body)")
        let (filled, empty) = (
            try await one.server.ask("GET", one.path), try await other.server.ask("GET", other.path)
        )
        #expect(filled.status == 200 && empty.status == 200)
        #expect(Self.count(filled) == 1, "\(filled.body)")
        #expect(Self.count(empty) == 0, "\(empty.body)")
    }

    /// Where a record is made, and one.
    private static func record(_ collection: ScratchCollection) -> (path: String, body: String) {
        let name = collection.name
        return switch collection.server.kind {
        case .redmine: ("/issues.json", #"{"issue": {"project_id": "\#(name)", "tracker_id": 1, "subject": "One"}}"#)
        case .roundup: ("/data/issue", #"{"title": "One", "keyword": ["\#(name)"]}"#)
        case .kinto: (collection.path, #"{"data": {"title": "One"}}"#)
        case .djhelpdesk:
            (
                "/tickets/",
                #"{"queue": 1, "priority": 3, "title": "One", "description": "d", "submitter_email": "a@example.com"}"#
            )
        case .jira820:
            ("/issue", #"{"fields": {"project": {"key": "SYNC"}, "issuetype": {"name": "Task"}, "summary": "One"}}"#)
        default: ("/repos/\(name)/issues", #"{"title": "One"}"#)
        }
    }

    /// How many records a list has.
    private static func count(_ answer: CurlAnswer) -> Int? {
        if let list = answer.json as? [Any] { return list.count }
        let object = answer.json as? [String: Any]
        let inner = (object?["data"] as? [String: Any])?["collection"]
        return [object?["issues"], object?["data"], object?["results"], inner].compactMap { ($0 as? [Any])?.count }
            .first
    }

    @Test(
        "each test has a database of its own",
        .enabled(if: ServerKind.postgres.isThere, "postgres is not installed: Tests/Servers/install"))
    func databases() async throws {
        let (one, other) = (
            try await ScratchCollection.make(of: .postgres), try await ScratchCollection.make(of: .postgres)
        )
        #expect(one.server.port == other.server.port)
        #expect(one.name != other.name)
    }
}
