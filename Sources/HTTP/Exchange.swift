internal import Synchronization

/// What is known of one request on its way, by those who see it pass.
final class Exchange: Sendable {
    struct Progress {
        /// Bytes of it were given to a connection.
        var isSent = false
        /// The connection had carried others before.
        var isReused = false
        /// The head of an answer came.
        var isAnswered = false
    }

    /// What stands in the request line: a path with its query, or the whole address for a proxy.
    let target: String
    private let state = Mutex(Progress())

    init(target: String) { self.target = target }

    var progress: Progress { state.withLock { $0 } }

    func wasSent(onReused isReused: Bool) {
        state.withLock {
            $0.isSent = true
            $0.isReused = isReused
        }
    }

    func wasAnswered() { state.withLock { $0.isAnswered = true } }
}

/// Finds the exchange of a request as it passes through a connection. The client's own types say nothing of which
/// request is which, so each carries its number in a header field, which is taken out before anything is sent.
final class Exchanges: Sendable {
    static let field = "lockstep-exchange"

    private struct State {
        var next = 0
        var running: [Int: Exchange] = [:]
    }

    private let state = Mutex(State())

    func begin(_ exchange: Exchange) -> Int {
        state.withLock {
            $0.next += 1
            $0.running[$0.next] = exchange
            return $0.next
        }
    }

    func end(_ number: Int) { _ = state.withLock { $0.running.removeValue(forKey: number) } }

    func named(_ text: String) -> Exchange? { Int(text).flatMap { number in state.withLock { $0.running[number] } } }
}
