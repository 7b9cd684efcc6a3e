import Diagnostics
import Model
import Runner
import Synchronization

/// Progress on a terminal: one line that each event replaces, at most ten times a second.
final class ProgressView: Sendable {
    private struct State {
        var shown: ContinuousClock.Instant?
        /// When the writes of each sync began that is writing.
        var began: [SyncName: ContinuousClock.Instant] = [:]
    }

    private let console: Console
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    static let interval = Duration.milliseconds(100)
    /// Before this long a rate says little.
    static let steady = Duration.seconds(1)

    init(_ console: Console, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.console = console
        self.now = now
    }

    func note(_ event: RunEvent) {
        switch event {
        case .awaiting(let sync, let holder): show("\(sync): waiting for \(holder.escapedForDisplay)")
        case .reading(let sync): show("\(sync): reading")
        case .planning(let sync, let records): show("\(sync): \(CountWords.count(records, "record")) read, planning")
        case .writing(let sync, let done, let all):
            if done > 0, !isTime() { return }
            let pace = pace(sync, done: done, of: all)
            show("\(sync): \(CountWords.grouped(done)) of \(CountWords.count(all, "write")) done\(pace)")
        case .ended(let report):
            state.withLock { state in
                state.shown = nil
                state.began[report.sync] = nil
            }
            console.showProgress(nil)
        case .told: break
        }
    }

    private func show(_ line: String) {
        let now = now()
        state.withLock { $0.shown = now }
        console.showProgress(line)
    }

    private func isTime() -> Bool {
        let now = now()
        return state.withLock { state in state.shown.map { now - $0 >= Self.interval } ?? true }
    }

    /// `, 1,200 a second, 14 s left`; empty as long as the writes have only begun.
    private func pace(_ sync: SyncName, done: Int, of all: Int) -> String {
        let now = now()
        let began = state.withLock { state in
            if done == 0 || state.began[sync] == nil { state.began[sync] = now }
            return state.began[sync] ?? now
        }
        let seconds = (now - began) / .seconds(1)
        guard now - began >= Self.steady, done > 0 else { return "" }
        let rate = Double(done) / seconds
        let left = Double(max(0, all - done)) / rate
        let time = AgeWords.length(Int(left.rounded(.up)))
        return ", \(CountWords.grouped(Int(rate.rounded()))) a second, \(time) left"
    }
}
