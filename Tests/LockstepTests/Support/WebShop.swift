import HTTP
import Model
import Synchronization
import Testing
import Values

/// A shop on the web, in memory: what the definition of a system talks to. It keeps things, at `/things` and `/things/ID`, and gives
/// tokens at `/token`.
final class WebShop: Sendable {
    private struct Answer: Sendable {
        var method: String
        var path: String
        var status: Int
        var body: String
        var headers: [(name: String, value: String)] = []
    }

    private struct State: Sendable {
        var isOpen = false
        var things: [Int64: Object] = [:]
        /// What it says in the place of what it would.
        var answers: [Answer] = []
        var failure: HTTPFailure?
        /// What a field is called by now.
        var names: [String: String] = [:]
    }

    private let state = Mutex(State())

    var isOpen: Bool { state.withLock(\.isOpen) }

    var transport: HTTPTransport {
        HTTPTransport { (request) async throws(HTTPFailure) in
            let (failure, answer) = self.state.withLock { ($0.failure, Self.answer(request, &$0)) }
            if let failure { throw failure }
            return HTTPResponse(
                status: answer.status, headers: HTTPHeaders(answer.headers), body: Array(answer.body.utf8),
                url: request.url)
        }
    }

    /// - Parameter records: a JSON object on each line.
    func open(_ records: String) throws {
        for line in records.split(separator: "\n") { try put(String(line)) }
        state.withLock { $0.isOpen = true }
    }

    /// The things, a line each.
    var text: String {
        state.withLock { state in
            state.things.keys.sorted().compactMap { state.things[$0] }.map { JSON.text(.object($0)) + "\n" }.joined()
        }
    }

    /// Does what a line says that begins with `web`:
    /// `web put RECORD`, `web answer METHOD PATH STATUS BODY [HEADER VALUE]`, `web fail KIND`, `web rename FIELD NAME`, `web heal`.
    func play(_ words: [String]) throws -> Bool {
        guard words.first == "web", words.count > 1 else { return false }
        switch words[1] {
        case "put": try put(words[2])
        case "answer":
            var answer = Answer(
                method: words[2], path: words[3], status: try #require(Int(words[4])), body: words[5])
            if words.count > 7 { answer.headers = [(words[6], words[7])] }
            state.withLock { $0.answers.append(answer) }
        case "fail":
            let failure = try #require(Self.failures[words[2]], "no such failure: \(words[2])")
            state.withLock { $0.failure = failure }
        case "rename": state.withLock { $0.names[words[2]] = words[3] }
        case "heal": state.withLock { ($0.answers, $0.failure, $0.names) = ([], nil, [:]) }
        default: Issue.record("the shop knows no '\(words[1])'")
        }
        return true
    }

    private static let failures: [String: HTTPFailure] = [
        "name": .hostUnknown(host: "shop.example"), "refused": .refused(host: "shop.example", port: 443),
        "tls": .tls(host: "shop.example", .expired(since: "2026-11-01")),
        "silent": .tooSlow(host: "shop.example", after: .seconds(60), sent: true),
    ]

    private func put(_ text: String) throws {
        let fields = try #require(try JSON.parse(Array(text.utf8)).object)
        guard case .int(let id)? = fields["id"] else { throw ShopFailure() }
        state.withLock { state in
            var thing = state.things[id] ?? Object()
            for (name, value) in fields { thing[name] = value }
            state.things[id] = thing
        }
    }

    private struct ShopFailure: Error {}

    private static func answer(_ request: HTTPRequest, _ state: inout State) -> Answer {
        let path = URLText(request.url)?.path ?? ""
        let told = state.answers.first { ($0.method == "*" || $0.method == request.method) && path.hasPrefix($0.path) }
        if let told { return told }
        let sent = (try? JSON.parse(request.body ?? []))?.object
        switch (request.method, path) {
        case ("POST", "/token"): return ok(#"{"access_token": "t", "expires_in": 3600, "token_type": "bearer"}"#)
        case ("GET", "/me"): return ok("{}")
        case ("GET", "/things"):
            let things = state.things.keys.sorted().compactMap { state.things[$0] }
            return ok(JSON.text(.list(things.map { .object(named($0, state)) })))
        case ("POST", "/things"):
            let id = (state.things.keys.max() ?? 0) + 1
            state.things[id] = Object([("id", .int(id))] + (sent ?? Object()).map { ($0, $1) })
        case (_, _) where path.hasPrefix("/things/"):
            guard let id = Int64(path.dropFirst(8)), state.things[id] != nil else { break }
            if request.method == "DELETE" { state.things[id] = nil }
            if request.method == "PATCH" { for (name, value) in sent ?? Object() { state.things[id]?[name] = value } }
            return ok(JSON.text(.object(state.things[id].map { named($0, state) } ?? Object())))
        default: break
        }
        return Answer(method: "*", path: path, status: 404, body: "{}")
    }

    private static func ok(_ body: String) -> Answer { Answer(method: "*", path: "", status: 200, body: body) }

    private static func named(_ thing: Object, _ state: State) -> Object {
        Object(thing.map { (state.names[$0] ?? $0, $1) })
    }
}
