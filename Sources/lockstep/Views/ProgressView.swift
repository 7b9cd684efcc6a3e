import Model
import Runner
import Synchronization

/// Progress on a terminal: one line that each event replaces, at most ten times a second.
final class ProgressView: Sendable {
    private let console: Console
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    static let interval = Duration.milliseconds(100)

    init(_ console: Console) { self.console = console }

    func note(_ event: RunEvent) {
        switch event {
        case .reading(let sync): show("\(sync): reading")
        case .planning(let sync, let records): show("\(sync): \(CountWords.count(records, "record")) read, planning")
        case .writing(let sync, let done, let all):
            if done > 0, !isTime() { return }
            show("\(sync): \(CountWords.grouped(done)) of \(CountWords.count(all, "write")) done")
        case .ended: console.showProgress(nil)
        }
    }

    private func show(_ line: String) {
        last.withLock { $0 = .now }
        console.showProgress(line)
    }

    private func isTime() -> Bool {
        last.withLock { last in last.map { .now - $0 >= Self.interval } ?? true }
    }
}
