import Foundation
import TestKit
import TestServers

/// People at work in a system, by its own interface.
protocol Desk: Sendable {
    /// The ids of the records that there are.
    func ids() async throws -> [String]
    func make(_ title: String) async throws
    func change(_ id: String, to title: String) async throws
    func remove(_ id: String) async throws
    func say(_ text: String, about id: String) async throws
    /// Each record: its title, and behind it what was said of it, in the order of the texts.
    func content() async throws -> [[String]]
}

extension CurlAnswer {
    /// What stands under a path of names.
    func value(_ path: String...) -> Any? { path.reduce(json as Any?) { ($0 as? [String: Any])?[$1] } }

    func objects(_ path: String...) -> [[String: Any]] {
        (path.reduce(json as Any?) { ($0 as? [String: Any])?[$1] } as? [[String: Any]]) ?? []
    }

    func expect(_ status: Int) throws {
        guard self.status == status else { throw ServerFailure("\(self.status): \(body)") }
    }
}

func jsonText(_ object: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
}

struct RedmineDesk: Desk {
    let scratch: ScratchCollection

    private var server: RunningServer { scratch.server }

    private func issues() async throws -> [[String: Any]] {
        try await server.ask("GET", scratch.path + "&limit=100").objects("issues")
    }

    func ids() async throws -> [String] { try await issues().compactMap { $0["id"].map { "\($0)" } } }

    func make(_ title: String) async throws {
        let body = try jsonText(["issue": ["project_id": scratch.name, "subject": title]])
        try await server.ask("POST", "/issues.json", body: body).expect(201)
    }

    func change(_ id: String, to title: String) async throws { try await put(id, ["subject": title]) }

    func say(_ text: String, about id: String) async throws { try await put(id, ["notes": text]) }

    private func put(_ id: String, _ fields: [String: String]) async throws {
        try await server.ask("PUT", "/issues/\(id).json", body: try jsonText(["issue": fields])).expect(204)
    }

    func remove(_ id: String) async throws { try await server.ask("DELETE", "/issues/\(id).json").expect(204) }

    func content() async throws -> [[String]] {
        var content: [[String]] = []
        for id in try await ids() {
            let answer = try await server.ask("GET", "/issues/\(id).json?include=journals")
            let issue = answer.value("issue") as? [String: Any]
            let notes = (issue?["journals"] as? [[String: Any]] ?? []).compactMap { $0["notes"] as? String }
            content.append([issue?["subject"] as? String ?? ""] + notes.filter { !$0.isEmpty }.sorted())
        }
        return content.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

struct RoundupDesk: Desk {
    let server: RunningServer

    func ids() async throws -> [String] {
        try await server.ask("GET", "/data/issue").objects("data", "collection").compactMap { $0["id"] as? String }
    }

    func make(_ title: String) async throws {
        try await server.ask("POST", "/data/issue", body: try jsonText(["title": title])).expect(201)
    }

    func change(_ id: String, to title: String) async throws { try await patch(id, ["title": title]) }

    func say(_ text: String, about id: String) async throws {
        let made = try await server.ask("POST", "/data/msg", body: try jsonText(["content": text, "author": "admin"]))
        try made.expect(201)
        try await patch(id, ["@op": "add", "messages": [made.text("data", "id") ?? ""]])
    }

    func remove(_ id: String) async throws {
        try await server.ask("DELETE", "/data/issue/\(id)", headers: [("If-Match", try await tag(id))]).expect(200)
    }

    private func patch(_ id: String, _ fields: [String: Any]) async throws {
        let headers = [(name: "If-Match", value: try await tag(id))]
        try await server.ask("PATCH", "/data/issue/\(id)", headers: headers, body: try jsonText(fields)).expect(200)
    }

    private func tag(_ id: String) async throws -> String {
        try await server.ask("GET", "/data/issue/\(id)").headers["etag"] ?? ""
    }

    func content() async throws -> [[String]] {
        var content: [[String]] = []
        for id in try await ids() {
            let answer = try await server.ask("GET", "/data/issue/\(id)")
            let issue = answer.value("data", "attributes") as? [String: Any]
            var said: [String] = []
            for message in issue?["messages"] as? [[String: Any]] ?? [] {
                let found = try await server.ask("GET", "/data/msg/\(message["id"] ?? "")?@verbose=3")
                said.append((found.value("data", "attributes") as? [String: Any])?["content"] as? String ?? "")
            }
            content.append([issue?["title"] as? String ?? ""] + said.sorted())
        }
        return content.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

struct KintoDesk: Desk {
    let scratch: ScratchCollection

    private func records() async throws -> [[String: Any]] {
        try await scratch.server.ask("GET", scratch.path + "?_limit=1000").objects("data")
    }

    func ids() async throws -> [String] { try await records().compactMap { $0["id"] as? String } }

    func make(_ title: String) async throws {
        try await scratch.server.ask("POST", scratch.path, body: try jsonText(["data": ["title": title]])).expect(201)
    }

    func change(_ id: String, to title: String) async throws {
        let body = try jsonText(["data": ["title": title]])
        try await scratch.server.ask("PATCH", "\(scratch.path)/\(id)", body: body).expect(200)
    }

    func remove(_ id: String) async throws {
        try await scratch.server.ask("DELETE", "\(scratch.path)/\(id)").expect(200)
    }

    func say(_ text: String, about id: String) async throws {
        let body = try jsonText(["data": ["note": text]])
        try await scratch.server.ask("PATCH", "\(scratch.path)/\(id)", body: body).expect(200)
    }

    func content() async throws -> [[String]] {
        try await records().map { [$0["title"] as? String ?? "", $0["note"] as? String ?? ""] }
            .sorted { $0.lexicographicallyPrecedes($1) }
    }
}

/// A CSV file with the columns id, title and note, edited by hand.
struct FileDesk: Desk {
    let folder: SystemFolder

    private func rows() throws -> [[String]] {
        let lines = try folder.folder.text("data/tasks.csv").split(separator: "\n").dropFirst()
        return lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    private func save(_ rows: [[String]]) throws {
        try folder.write("data/tasks.csv", "id,title,note\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined())
    }

    private func edit(_ id: String, _ column: Int, _ text: String) throws {
        var rows = try rows()
        guard let at = rows.firstIndex(where: { $0[0] == id }) else { return }
        rows[at][column] = text
        try save(rows)
    }

    func begin() throws { try save([]) }

    func ids() throws -> [String] { try rows().map { $0[0] } }

    func make(_ title: String) throws {
        let rows = try rows()
        let next = (rows.compactMap { Int($0[0]) }.max() ?? 0) + 1
        try save(rows + [[String(next), title, ""]])
    }

    func change(_ id: String, to title: String) throws { try edit(id, 1, title) }

    func remove(_ id: String) throws { try save(try rows().filter { $0[0] != id }) }

    func say(_ text: String, about id: String) throws { try edit(id, 2, text) }

    func content() throws -> [[String]] {
        try rows().map { [$0[1], $0[2]] }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
