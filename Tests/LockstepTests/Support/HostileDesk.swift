import Foundation
import Synchronization
import TestServers

/// A server with items, which where it is told to says back all that it was given: in its answers' bodies, headers and addresses.
final class HostileDesk: Sendable {
    private struct State {
        var malice: SecretTests.Malice?
        var heard: [String] = []
        var items: [Int: [String: String]] = [:]
        var given = 0
        /// What it was asked with for a token: it says that back, too.
        var asked: [String] = []
    }

    private let state = Mutex(State())
    private let server = Mutex<RawServer?>(nil)

    init() throws {
        let server = try RawServer { [weak self] peer, _ in
            while let self, let request = peer.readRequest() { if !peer.write(self.answer(request)) { break } }
        }
        self.server.withLock { $0 = server }
    }

    deinit { server.withLock { $0?.stop() } }

    var url: String { server.withLock { $0?.url ?? "" } }
    var heard: [String] { state.withLock { $0.heard } }
    /// The tokens that it gave.
    var secrets: Set<String> {
        state.withLock { Set((0...$0.given).flatMap { ["access/\($0)+s3cr3t=", "refresh/\($0)+s3cr3t="] }) }
    }

    func behave(_ malice: SecretTests.Malice?) { state.withLock { $0.malice = malice } }

    private func answer(_ request: Received) -> String {
        let heard = ([request.line] + request.fields + [String(decoding: request.body, as: UTF8.self)]).joined(
            separator: " ")
        let malice = state.withLock { state in
            state.heard.append(heard)
            return state.malice
        }
        if request.line.hasPrefix("POST /token ") { return token(heard, malice) }
        guard let malice else { return item(request) }
        return Self.echo(malice, sent(request, heard))
    }

    /// All that a server could say back: what it was given, as it came and decoded.
    private func sent(_ request: Received, _ heard: String) -> [String] {
        let asked = state.withLock { $0.asked }
        var words = [heard] + asked
        for value in request.values("authorization") + request.values("x-key") + request.values("x-a")
            + request.values("x-b")
        {
            let bare = value.split(separator: " ", maxSplits: 1).last.map(String.init) ?? value
            words += [value, bare, Data(bare.utf8).base64EncodedString()]
            if let pair = Data(base64Encoded: bare) { words.append(String(decoding: pair, as: UTF8.self)) }
        }
        return words + words.compactMap { $0.replacing("+", with: " ").removingPercentEncoding }
            + words.compactMap(\.removingPercentEncoding)
    }

    private static func echo(_ malice: SecretTests.Malice, _ words: [String]) -> String {
        let text = words.joined(separator: " | ")
        let plain = text.replacing("\r", with: " ").replacing("\n", with: " ")
        let inURL = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        var fields = ["X-Echo: \(plain)", "WWW-Authenticate: Bearer realm=\"\(plain)\"", "Set-Cookie: s=\(inURL)"]
        var body = json(["error": text, "items": text, "next": text])
        switch malice {
        case .elsewhere: fields.append("Location: http://127.0.0.1:9/\(inURL)?key=\(inURL)")
        case .circle: fields.append("Location: /items?key=\(inURL)")
        case .garbage: return plain + "\r\n\r\n" + plain
        case .busy: fields.append("Retry-After: 400")
        case .nextPage: body = json(["items": [], "next": "http://127.0.0.1:9/?\(inURL)"])
        default: break
        }
        return RawServer.answer(body, status: malice.rawValue, fields: fields)
    }

    private func token(_ heard: String, _ malice: SecretTests.Malice?) -> String {
        let body = heard.components(separatedBy: " ").last ?? ""
        if malice == .noToken {
            let words = [heard, body, body.replacing("+", with: " ").removingPercentEncoding ?? ""]
            let said = ["error": "invalid_client", "error_description": words.joined(separator: " | ")]
            return RawServer.answer(Self.json(said), status: "400 Bad Request")
        }
        let given = state.withLock { state in
            state.given += 1
            let parts = heard.components(separatedBy: "&").flatMap { $0.components(separatedBy: "=") }
            state.asked = [heard] + parts.compactMap { $0.replacing("+", with: " ").removingPercentEncoding }
            return state.given
        }
        return RawServer.answer(
            Self.json(["access_token": "access/\(given)+s3cr3t=", "refresh_token": "refresh/\(given)+s3cr3t="]))
    }

    /// As it should be.
    private func item(_ request: Received) -> String {
        let words = request.line.components(separatedBy: " ")
        let path = words[1].components(separatedBy: "?")[0]
        let object = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
        let sent = object.compactMapValues { $0 as? String }
        return state.withLock { state in
            if words[0] == "POST" {
                let id = state.items.count + 1
                state.items[id] = sent
                return RawServer.answer(Self.json(Self.record(id, sent)), status: "201 Created")
            }
            if path == "/items" {
                let items = state.items.sorted { $0.key < $1.key }.map { Self.record($0.key, $0.value) }
                return RawServer.answer(Self.json(["items": items]))
            }
            guard let id = Int(path.dropFirst("/items/".count)) else { return RawServer.answer("{}") }
            guard let item = state.items[id] else { return RawServer.answer("{}", status: "404 Not Found") }
            state.items[id] = item.merging(sent) { $1 }
            return RawServer.answer(Self.json(Self.record(id, state.items[id] ?? [:])))
        }
    }

    private static func record(_ id: Int, _ fields: [String: String]) -> [String: Any] {
        (fields as [String: Any]).merging(["id": id]) { $1 }
    }

    private static func json(_ object: [String: Any]) -> String {
        ((try? JSONSerialization.data(withJSONObject: object)).map { String(decoding: $0, as: UTF8.self) }) ?? "{}"
    }
}
