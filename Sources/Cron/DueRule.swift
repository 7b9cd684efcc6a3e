package import Values

/// Decides whether a sync's time has come.
///
/// A sync is due when its schedule's last slot is later than its last start, so that slots missed while the machine was
/// off make one run. One that never ran is due at once, if a slot of its schedule ever passed; a manual one never is.
/// Outside its window a sync waits until the window opens.
package struct DueRule: Sendable, Hashable {
    package var schedule: Schedule
    package var window: Window?
    package var zone: TimeZoneRules

    package init(_ schedule: Schedule, window: Window? = nil, zone: TimeZoneRules = .utc) {
        self.schedule = schedule
        self.window = window
        self.zone = zone
    }

    /// How far ahead of now a last start is believed: as far as a clock is put right between two runs. One that lies
    /// further ahead was noted by a clock that was wrong, and counts as none; else it would block the sync until its
    /// day comes.
    package static let clockTolerance = Duration.seconds(300)

    package func isDue(lastStarted: Timestamp?, now: Timestamp) -> Bool {
        nextDue(lastStarted: lastStarted, now: now) == now
    }

    /// The first instant, from now on, at which the sync is due if it does not start before; nil if it never is.
    package func nextDue(lastStarted: Timestamp?, now: Timestamp) -> Timestamp? {
        guard let due = nextSlot(after: believed(lastStarted, now: now), now: now) else { return nil }
        let earliest = max(due, now)
        guard let window else { return earliest }
        return window.opening(atOrAfter: earliest, in: zone)
    }

    private func believed(_ started: Timestamp?, now: Timestamp) -> Timestamp? {
        started.flatMap { $0.since(now) <= Self.clockTolerance ? $0 : nil }
    }

    /// The first slot after the start, which may have passed.
    private func nextSlot(after started: Timestamp?, now: Timestamp) -> Timestamp? {
        switch schedule {
        case .manual: nil
        case .every(let interval): started.map { $0.adding(interval.duration) } ?? now
        case .cron(let expression):
            if let started {
                expression.next(after: started, in: zone)
            } else {
                expression.latest(atOrBefore: now, in: zone) ?? expression.next(after: now, in: zone)
            }
        }
    }
}
