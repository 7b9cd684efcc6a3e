import HTTP
import Synchronization
import TestKit
import Values

/// A request as the system sees it.
struct Asked: Sendable {
    let method: String
    let url: String
    let headers: HTTPHeaders
    let text: String

    init(_ request: HTTPRequest) {
        method = request.method
        url = request.url
        headers = request.headers
        let body = request.body ?? (try? request.source?.whole()) ?? []
        text = String(decoding: body, as: UTF8.self)
    }

    /// Path and query, as the request line has them.
    var target: String { URLText(url)?.target ?? url }
    var path: String { URLText(url)?.path ?? url }
    var origin: String { URLText(url)?.origin ?? url }
    var line: String { "\(method) \(target)" }
    var body: Object { (try? JSON.parse(Array(text.utf8)))?.object ?? Object() }

    /// A parameter of the query, decoded.
    subscript(name: String) -> String? { Self.parameters(URLText(url)?.query ?? "")[name] }

    /// A field of the form that was sent, decoded.
    func form(_ name: String) -> String? { Self.parameters(text)[name] }

    private static func parameters(_ text: String) -> [String: String] {
        var found: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(String(parts[0])) else { continue }
            found[name] = parts.count > 1 ? PercentCoding.decode(String(parts[1].replacing("+", with: " "))) : ""
        }
        return found
    }
}

/// What a system says, or the way in which it fails to.
enum Reply: Sendable {
    case answer(Int, String, [(name: String, value: String)])
    case failure(HTTPFailure)

    static func ok(_ text: String, _ headers: [(name: String, value: String)] = []) -> Reply {
        .answer(200, text, headers)
    }

    static func status(
        _ status: Int, _ text: String = "{}", _ headers: [(name: String, value: String)] = []
    ) -> Reply {
        .answer(status, text, headers)
    }

    static let lostBefore = failure(.lost(host: "desk.example", sent: false))
    static let lostAfter = failure(.lost(host: "desk.example", sent: true))
}

/// A system in memory: it answers as a script says, and remembers what it was asked.
final class FakeSystem: Sendable {
    private let log = Mutex<[Asked]>([])
    private let script: @Sendable (Asked) async -> Reply

    init(_ script: @escaping @Sendable (Asked) async -> Reply) { self.script = script }

    var asked: [Asked] { log.withLock { $0 } }
    var lines: [String] { asked.map(\.line) }

    var transport: HTTPTransport {
        HTTPTransport { (request) async throws(HTTPFailure) in
            let asked = Asked(request)
            self.log.withLock { $0.append(asked) }
            switch await self.script(asked) {
            case .answer(let status, let text, let headers):
                var body = Array(text.utf8)
                if let sink = request.sink, (200..<300).contains(status) {
                    guard (try? sink.pour(body)) ?? false else {
                        throw .tooLarge(host: "desk.example", limit: sink.limit)
                    }
                    body = []
                }
                return HTTPResponse(status: status, headers: HTTPHeaders(headers), body: body, url: request.url)
            case .failure(let failure): throw failure
            }
        }
    }
}

/// A system that keeps records, each an object with a whole number as `id`: `/items`, `/items/ID`.
final class Desk: Sendable {
    struct State: Sendable {
        var records: [Int64: Object] = [:]
        var next: Int64 = 1
        /// Answers in place of what is asked, by request line.
        var faults: [String: Reply] = [:]
        /// Requests that are done, and whose answers get lost.
        var lost: Set<String> = []
    }

    let state: Mutex<State>

    init(_ records: [Object] = []) {
        var state = State()
        for record in records {
            guard case .int(let id)? = record["id"] else { continue }
            state.records[id] = record
            state.next = max(state.next, id + 1)
        }
        self.state = Mutex(state)
    }

    func record(_ id: Int64) -> Object? { state.withLock { $0.records[id] } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    @Sendable
    func answer(_ asked: Asked) -> Reply {
        state.withLock { state in
            if let fault = state.faults[asked.line] { return fault }
            let reply = Self.answer(asked, &state)
            return state.lost.contains(asked.line) ? .lostAfter : reply
        }
    }

    private static func answer(_ asked: Asked, _ state: inout State) -> Reply {
        if asked.path == "/items" {
            if asked.method == "POST" { return add(asked.body, &state) }
            let all = state.records.keys.sorted().compactMap { state.records[$0] }
            return .ok(JSON.text(.object(["items": .list(all.map(Value.object))])))
        }
        guard asked.path.hasPrefix("/items/"), let id = Int64(asked.path.dropFirst(7)), var record = state.records[id]
        else { return .status(404, #"{"error": "no such item"}"#) }
        switch asked.method {
        case "GET": return .ok(text(record), [(name: "ETag", value: tag(record))])
        case "DELETE":
            state.records[id] = nil
            return .status(204, "")
        default:
            if let wanted = asked.headers["If-Match"], wanted != tag(record) { return .status(412) }
            for (name, value) in asked.body { record[name] = value }
            state.records[id] = record
            return .ok(text(record))
        }
    }

    private static func add(_ body: Object, _ state: inout State) -> Reply {
        var record: Object = ["id": .int(state.next)]
        for (name, value) in body where name != "id" { record[name] = value }
        state.records[state.next] = record
        state.next += 1
        return .status(201, text(record))
    }

    private static func text(_ record: Object) -> String { JSON.text(.object(record)) }
    private static func tag(_ record: Object) -> String { "\"\(Fingerprint(of: Array(text(record).utf8)).bits)\"" }
}
