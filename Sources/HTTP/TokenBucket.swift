/// Spreads requests as a declared limit wants: so many in a period, and no more than `burst` at once. It looks at no
/// clock: times are given, as durations since whatever moment.
package struct TokenBucket: Sendable, Hashable {
    /// What one request costs.
    private let interval: Duration
    /// How far ahead of the even pace requests may run.
    private let slack: Duration
    /// When the next request would be due at the even pace; nil before the first.
    private var due: Duration?

    /// - Parameter burst: at least 1; as many as the period allows, where it is nil.
    package init(_ count: Int, per period: Duration, burst: Int? = nil) {
        let count = max(1, count)
        interval = max(.zero, period) / count
        slack = interval * (max(1, min(burst ?? count, count)) - 1)
    }

    /// Takes a place for one request.
    ///
    /// - Returns: how long it has to wait for it.
    package mutating func take(now: Duration) -> Duration {
        let place = max(due ?? now, now)
        due = place + interval
        return max(.zero, place - slack - now)
    }

    /// No request before then: the server said so.
    package mutating func hold(until time: Duration) { due = max(due ?? time + slack, time + slack) }
}
