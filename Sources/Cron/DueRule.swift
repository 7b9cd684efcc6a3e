package import Values

/// Decides whether a sync's time has come.
///
/// A sync is due when its schedule's last slot is later than its last start, so that slots missed while the machine was
/// off make one run. One that never ran is due at once, if a slot of its schedule ever passed; a manual one never is.
/// Outside its window a sync waits until the window opens. Jitter puts a start off, but never out of its window, nor
/// past the next slot, nor that of a sync that never ran: this has waited long enough.
package struct DueRule: Sendable, Hashable {
    package var schedule: Schedule
    package var window: Window?
    package var jitter: Jitter?
    package var zone: TimeZoneRules

    package init(_ schedule: Schedule, window: Window? = nil, jitter: Jitter? = nil, zone: TimeZoneRules = .utc) {
        self.schedule = schedule
        self.window = window
        self.jitter = jitter
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
        let started = believed(lastStarted, now: now)
        guard let slot = nextSlot(after: started, now: now), let due = started == nil ? slot : start(for: slot) else {
            return nil
        }
        return opening(atOrAfter: max(due, now))
    }

    /// The first instants at which the sync is due, each if it started at the one before, and as soon as it could.
    package func starts(lastStarted: Timestamp?, now: Timestamp, count: Int) -> [Timestamp] {
        var starts: [Timestamp] = []
        var next = nextDue(lastStarted: lastStarted, now: now)
        while let start = next, starts.count < count {
            starts.append(start)
            next = nextDue(lastStarted: start, now: start)
        }
        return starts
    }

    /// When a sync starts for a slot.
    private func start(for slot: Timestamp) -> Timestamp? {
        guard let opening = opening(atOrAfter: slot) else { return nil }
        guard let jitter else { return opening }
        let delay = jitter.delay(of: opening, room: room(after: opening))
        guard let start = opening.adding(delay) else { return opening }
        return window?.contains(start, in: zone) == false ? opening : start
    }

    private func opening(atOrAfter instant: Timestamp) -> Timestamp? {
        window.map { $0.opening(atOrAfter: instant, in: zone) } ?? instant
    }

    /// The seconds until the next slot, where slots are there by themselves. Summer time may bring two nearer to each
    /// other than they are on all other days.
    private func room(after instant: Timestamp) -> Int64? {
        guard case .cron(let expression) = schedule else { return nil }
        return expression.next(after: instant, in: zone).map { $0.since(instant).components.seconds }
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
