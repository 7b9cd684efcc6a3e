internal import Model
internal import Synchronization
internal import Values

/// How long a reading waits for a system that answered a moment ago, and now asks to be asked later, or gives no whole answer. One that
/// has not answered yet is waited for by whoever wants the reading.
final class ReadingPatience: Sendable {
    /// How often something is asked for where the system asks to be asked later, and where its answer is lost.
    private static let (attempts, attemptsWithoutAnswer) = (6, 3)
    /// The longest that is waited at a time, and the longest where the system does not say how long.
    private static let (longest, longestUntold) = (Duration.seconds(300), Duration.seconds(60))

    private let isAnswering = Mutex(false)

    func note(isAnswering: Bool) { self.isAnswering.withLock { $0 = isAnswering } }

    /// Waits before a request is made once more; false where it is not to be.
    ///
    /// - Parameter attempt: how often it has been made.
    func lasts(after attempt: Int, _ failure: AskFailure, _ clock: SystemClock) async -> Bool {
        guard isAnswering.withLock({ $0 }) else { return false }
        let doubled = Duration.seconds(1) * (1 << min(attempt - 1, 10))
        let untold = min(doubled, Self.longestUntold) * (0.5 + clock.random() / 2)
        let most: Int
        let delay: Duration
        switch failure {
        case .busy(_, let told): (most, delay) = (Self.attempts, told ?? untold)
        case .unreachable(_, .noAnswer, _): (most, delay) = (Self.attemptsWithoutAnswer, untold)
        default: return false
        }
        if attempt < most, delay <= Self.longest, await clock.wait(delay) { return true }
        note(isAnswering: false)
        return false
    }
}
