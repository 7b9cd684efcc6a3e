import Synchronization

/// Where the calls to a server wait while it does not answer.
package final class FakeDoor: Sendable {
    private struct State {
        var isClosed = false
        /// Before how many calls it closes; nil where it does not.
        var closesIn: Int?
        var next = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// No call is answered any more, once so many were, until it opens.
    package func close(after calls: Int = 0) {
        state.withLock { state in
            if calls == 0 { state.isClosed = true } else { state.closesIn = calls }
        }
    }

    package func open() {
        let waiting = state.withLock { state in
            state.isClosed = false
            state.closesIn = nil
            defer { state.waiting = [:] }
            return state.waiting.values.map { $0 }
        }
        for call in waiting { call.resume() }
    }

    /// How many calls wait.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Comes back once it is open, or the task is cancelled.
    func pass() async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { call in
                let passes = state.withLock { state in
                    if let left = state.closesIn { (state.isClosed, state.closesIn) = (left == 0, max(0, left - 1)) }
                    if !state.isClosed || Task.isCancelled { return true }
                    state.waiting[number] = call
                    return false
                }
                if passes { call.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }
}
