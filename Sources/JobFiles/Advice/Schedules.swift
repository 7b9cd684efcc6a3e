import Cron
import Diagnostics
import Model
import Values

extension Advice {
    /// Times that cannot be kept: slots that all lie outside of their window, intervals below the minute in which
    /// Lockstep is started, and full reads more often than there are runs.
    static let schedules = Advice { meant, findings in
        for (_, sync) in meant.syncs {
            guard let schedule = sync.timing.schedule, let place = sync.timing.place else { continue }
            if case .cron(let cron) = schedule, let window = sync.timing.window, isOutside(cron, window) {
                findings.add(
                    .scheduleNotMet,
                    "none of its slots lies within the window '\(window.text)': each start waits "
                        + "until that opens", at: place)
            }
            if let least = leastGap(schedule) { check(least, sync, place, &findings) }
        }
    }

    private static func check(_ gap: Interval, _ sync: Sync, _ place: Place, _ findings: inout Findings) {
        if gap.seconds < 60 {
            findings.add(
                .scheduleNotMet, "Lockstep is started once a minute at most: '\(gap)' cannot be kept", at: place,
                hint: "at least 'every 1m'")
        }
        guard let full = sync.fullRead, full < gap.duration, full != .seconds(86_400) else { return }
        findings.add(
            .scheduleNotMet, "'full_read' asks for more than one reading between two runs, which are \(gap) apart",
            at: place, hint: "'full_read: always' reads all in each run")
    }

    private static func leastGap(_ schedule: Schedule) -> Interval? {
        switch schedule {
        case .every(let interval): interval
        case .cron(let expression): expression.leastGap
        case .manual: nil
        }
    }

    /// So many slots are looked at for one within the window.
    private static let slots = 400

    /// Both go by the clock of one zone: that of UTC, which never changes, tells the same as any.
    private static func isOutside(_ cron: CronExpression, _ window: Window) -> Bool {
        var slot = Timestamp(seconds: 1_767_225_600)
        for _ in 0..<slots {
            guard let at = slot, let next = cron.next(after: at, in: .utc) else { return false }
            if window.contains(next, in: .utc) { return false }
            slot = next
        }
        return true
    }
}
