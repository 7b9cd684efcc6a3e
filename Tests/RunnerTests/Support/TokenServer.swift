import Glibc
import Synchronization
import TestServers
import Values

/// A server that lets in who has a token, which it gives for a refresh token, together with the next one.
final class TokenServer: Sendable {
    static let first = "first-token"

    /// A moment of an exchange, at which a process is killed.
    enum Moment: CaseIterable {
        case asked, exchanged, saidHalf, said
    }

    private struct State {
        var refresh = TokenServer.first
        /// The one before, which still counts: until something that came with the next is used.
        var former: String?
        var access = ""
        var exchanges = 0
        var moment: Moment?
        var victim: Lockstep.Process?
    }

    private let state = Mutex(State())
    private let isStrict: Bool
    private let server = Mutex<RawServer?>(nil)

    /// - Parameter isStrict: whether it gives up the old token with the answer that has the next.
    init(isStrict: Bool) throws {
        self.isStrict = isStrict
        let server = try RawServer { [weak self] peer, _ in
            while let self, let request = peer.readRequest() { self.answer(request, peer) }
        }
        self.server.withLock { $0 = server }
    }

    deinit { server.withLock { $0?.stop() } }

    var url: String { server.withLock { $0?.url ?? "" } }
    var exchanges: Int { state.withLock { $0.exchanges } }

    /// What it knows of tokens, to be put back.
    var memory: Memory {
        get {
            state.withLock {
                Memory(refresh: $0.refresh, former: $0.former, access: $0.access, exchanges: $0.exchanges)
            }
        }
        set {
            state.withLock {
                ($0.refresh, $0.former, $0.access, $0.exchanges) =
                    (newValue.refresh, newValue.former, newValue.access, newValue.exchanges)
            }
        }
    }

    struct Memory: Sendable {
        fileprivate var refresh: String
        fileprivate var former: String?
        fileprivate var access: String
        fileprivate var exchanges: Int
    }

    /// Whether it would exchange this token.
    func takes(_ token: String) -> Bool { state.withLock { token == $0.refresh || token == $0.former } }

    /// Gives a person a new token.
    func grant() -> String {
        state.withLock { state in
            state.exchanges += 1
            (state.refresh, state.former) = ("refresh-\(state.exchanges)-granted", nil)
            return state.refresh
        }
    }

    /// Kills the process that asks for a token next.
    func strike(at moment: Moment) { state.withLock { $0.moment = moment } }
    func strikes(_ process: Lockstep.Process) { state.withLock { $0.victim = process } }

    private func answer(_ request: Received, _ peer: Peer) {
        guard request.line.hasPrefix("POST /token ") else {
            let isLetIn = state.withLock { state in
                guard request.values("authorization") == ["Bearer " + state.access] else { return false }
                state.former = nil
                return true
            }
            peer.write(
                isLetIn
                    ? RawServer.answer(#"{"items": [{"id": 1, "name": "a"}]}"#)
                    : RawServer.answer("{}", status: "401 Unauthorized"))
            return
        }
        // What was killed before it was heard was not heard.
        if reach(.asked) { return }
        let sent = FormText(request.body)["refresh_token"] ?? ""
        guard let body = exchange(sent) else {
            peer.write(RawServer.answer(#"{"error": "invalid_grant"}"#, status: "400 Bad Request"))
            return
        }
        reach(.exchanged)
        let answer = RawServer.answer(body)
        peer.write(String(answer.prefix(answer.count / 2)))
        reach(.saidHalf)
        peer.write(String(answer.dropFirst(answer.count / 2)))
        reach(.said)
    }

    private func exchange(_ sent: String) -> String? {
        state.withLock { state in
            guard sent == state.refresh || sent == state.former else { return nil }
            state.exchanges += 1
            state.former = isStrict ? nil : sent
            state.refresh = "refresh-\(state.exchanges)"
            state.access = "access-\(state.exchanges)"
            return #"{"access_token": "\#(state.access)", "refresh_token": "\#(state.refresh)"}"#
        }
    }

    /// - Returns: whether it was the moment at which it kills who asks.
    @discardableResult
    private func reach(_ moment: Moment) -> Bool {
        guard state.withLock({ $0.moment == moment }) else { return false }
        // It may ask before the test knows it.
        while true {
            let isDone = state.withLock { state in
                guard let victim = state.victim else { return false }
                victim.kill()
                (state.moment, state.victim) = (nil, nil)
                return true
            }
            if isDone { return true }
            usleep(1000)
        }
    }
}

/// A form as it is sent; values that need no decoding.
private struct FormText {
    private let pairs: [(String, String)]

    init(_ body: [UInt8]) {
        pairs = String(decoding: body, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    subscript(name: String) -> String? { pairs.first { $0.0 == name }?.1 }
}
