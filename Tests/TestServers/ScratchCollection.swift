import Foundation
import Synchronization

/// An empty collection for one test: a project, a keyword, a bucket's collection, a repository, a database; where a server knows no
/// such thing, a server of its own.
package struct ScratchCollection: Sendable {
    package let server: RunningServer
    /// What names it in a definition's settings: the project's identifier, the keyword's id, the collection, the repository, the database.
    package let name: String
    /// Where its records are listed, from the server's ``RunningServer/baseURL`` on.
    package let path: String

    private static let made = Atomic(0)

    private static func number() -> Int { made.wrappingAdd(1, ordering: .relaxed).newValue }

    /// - Throws: ``ServerFailure`` with what the server said.
    package static func make(of kind: ServerKind) async throws -> ScratchCollection {
        let name = "scratch\(number())"
        switch kind {
        case .redmine:
            let body = #"{"project": {"name": "\#(name)", "identifier": "\#(name)", "tracker_ids": [1, 2, 3]}}"#
            let server = try await made(by: .redmine, "POST", "/projects.json", body, says: 201).server
            return ScratchCollection(server: server, name: name, path: "/projects/\(name)/issues.json?status_id=*")
        case .roundup:
            let (server, answer) = try await made(
                by: .roundup, "POST", "/data/keyword", #"{"name": "\#(name)"}"#, says: 201)
            guard let id = answer.text("data", "id") else { throw ServerFailure("roundup: \(answer.body)") }
            return ScratchCollection(server: server, name: id, path: "/data/issue?keyword=\(id)")
        case .kinto:
            let path = "/buckets/main/collections/\(name)"
            let server = try await made(by: .kinto, "PUT", path, "{}", says: 201).server
            return ScratchCollection(server: server, name: name, path: path + "/records")
        case .myworld:
            let server = try await RunningServer.shared(.myworld, settings: ["REPOSITORIES": "200"])
            let repository = "acme/api\(number())"
            return ScratchCollection(server: server, name: repository, path: "/repos/\(repository)/issues?state=all")
        case .postgres:
            let server = try await RunningServer.shared(.postgres, settings: ["FSYNC": "off"])
            let words = [
                "env", "PGPASSWORD=postgres", "createdb", "-h", "127.0.0.1", "-p", String(server.port), "-U",
                "postgres",
            ]
            let (status, said) = try await Command.aside { try Command.run(words + [name]) }
            guard status == 0 else { throw ServerFailure(said) }
            return ScratchCollection(server: server, name: name, path: "/" + name)
        case .djhelpdesk: return ScratchCollection(server: try await .start(kind), name: "1", path: "/tickets/")
        case .jira820:
            return ScratchCollection(server: try await .start(kind), name: "SYNC", path: "/search?jql=project=SYNC")
        case .faults, .caddy, .vendormock: throw ServerFailure("\(kind.rawValue) has no collections")
        }
    }

    private static func made(by kind: ServerKind, _ method: String, _ path: String, _ body: String, says status: Int)
        async throws -> (server: RunningServer, answer: CurlAnswer)
    {
        let server = try await RunningServer.shared(kind)
        let answer = try await server.ask(method, path, body: body)
        guard answer.status == status else {
            throw ServerFailure("\(kind.rawValue) answers \(path) with \(answer.status): \(answer.body)")
        }
        return (server, answer)
    }
}
