internal import Synchronization

/// Lets at most so many pass at a time; the others wait in the order in which they came.
package final class RequestGate: Sendable {
    private struct State {
        var free: Int
        var next = 0
        /// By number, and the numbers in order of arrival; those that gave up are skipped.
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
        var order: [Int] = []
        var head = 0
        var cancelled: Set<Int> = []
    }

    private let state: Mutex<State>

    package init(_ count: Int) { state = Mutex(State(free: max(1, count))) }

    /// Does the work once there is a place for it.
    ///
    /// - Returns: nil where the task was cancelled while it waited; the work was not begun.
    package func pass<Result: Sendable>(_ work: () async -> Result) async -> Result? {
        guard await enter() else { return nil }
        defer { leave() }
        return await work()
    }

    /// How many wait.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    private func enter() async -> Bool {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        // A task that is cancelled just after it came in leaves its number behind.
        defer { _ = state.withLock { $0.cancelled.remove(number) } }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let passes: Bool? = state.withLock { state in
                    if state.cancelled.remove(number) != nil { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting[number] = continuation
                    state.order.append(number)
                    return nil
                }
                if let passes { continuation.resume(returning: passes) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let waiting = state.waiting.removeValue(forKey: number)
                // It may not have come to waiting yet.
                if waiting == nil { state.cancelled.insert(number) }
                return waiting
            }
            waiting?.resume(returning: false)
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            while state.head < state.order.count {
                let number = state.order[state.head]
                state.head += 1
                if state.head > 64, state.head * 2 > state.order.count {
                    state.order.removeFirst(state.head)
                    state.head = 0
                }
                if let continuation = state.waiting.removeValue(forKey: number) { return continuation }
            }
            state.free += 1
            return nil
        }
        next?.resume(returning: true)
    }
}
