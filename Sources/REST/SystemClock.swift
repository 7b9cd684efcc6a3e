package import Values

/// Time and chance, as far as asking a system needs them.
package struct SystemClock: Sendable {
    package var now: @Sendable () -> Timestamp
    /// Waits so long; false where there is no time for it, or the run is to stop.
    package var wait: @Sendable (Duration) async -> Bool
    /// A number from 0 up to 1.
    package var random: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> Timestamp, wait: @escaping @Sendable (Duration) async -> Bool,
        random: @escaping @Sendable () -> Double = { 0.5 }
    ) {
        self.now = now
        self.wait = wait
        self.random = random
    }
}
