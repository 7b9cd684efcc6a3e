internal import Synchronization
internal import Values

/// How long a reading waits for a system that answered a moment ago, and now asks to be asked later. One that has not answered yet is
/// waited for by whoever wants the reading.
final class ReadingPatience: Sendable {
    private static let attempts = 6
    /// The longest that is waited at a time, and the longest where the system does not say how long.
    private static let longest = Duration.seconds(300)
    private static let longestUntold = Duration.seconds(60)

    private let isAnswering = Mutex(false)

    func note(isAnswering: Bool) { self.isAnswering.withLock { $0 = isAnswering } }

    /// Waits before a request is made once more; false where it is not to be.
    ///
    /// - Parameters:
    ///   - attempt: how often it has been made.
    ///   - told: how long the system asks to be left alone.
    func lasts(after attempt: Int, _ told: Duration?, _ clock: SystemClock) async -> Bool {
        guard isAnswering.withLock({ $0 }) else { return false }
        let doubled = Duration.seconds(1) * (1 << min(attempt - 1, 10))
        let delay = told ?? min(doubled, Self.longestUntold) * (0.5 + clock.random() / 2)
        if attempt < Self.attempts, delay <= Self.longest, await clock.wait(delay) { return true }
        note(isAnswering: false)
        return false
    }
}
