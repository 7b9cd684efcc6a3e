import Cron
import Values

/// Looks for what in a schedule may be other than its author thinks.
struct ScheduleWarnings {
    let rule: DueRule
    let now: Timestamp

    /// How far ahead changes of the clocks are looked at: for as long as a slot of most expressions meets one.
    private static let horizon = Duration.seconds(10 * 366 * 86_400)
    /// How many slots are looked at for one within the window.
    private static let slots = 100

    var all: [ScheduleWarning] {
        guard case .cron(let expression) = rule.schedule else { return [] }
        // A file whose days no calendar has is wrong, and is told so; else the calendar ends here.
        guard let next = expression.next(after: now, in: rule.zone) else { return [] }
        return [outsideWindow(expression, next)].compactMap { $0 } + clocks(expression)
    }

    private func outsideWindow(_ expression: CronExpression, _ next: Timestamp) -> ScheduleWarning? {
        guard let window = rule.window, let opening = window.opening(atOrAfter: next, in: rule.zone), opening > next
        else { return nil }
        var slot = next
        for _ in 0..<Self.slots {
            if window.contains(slot, in: rule.zone) { return nil }
            guard let after = expression.next(after: slot, in: rule.zone) else { break }
            slot = after
        }
        return ScheduleWarning(
            code: .outsideWindow,
            message: "its slots lie outside of its window: a start waits until that opens, as that of \(shown(next)) "
                + "waits until \(shown(opening))")
    }

    private func clocks(_ expression: CronExpression) -> [ScheduleWarning] {
        guard let end = now.adding(Self.horizon) else { return [] }
        return [true, false].compactMap { isSkip in
            expression.clockChange(after: now, through: end, in: rule.zone, isSkip: isSkip).map(warning)
        }
    }

    private func warning(_ change: ClockChange) -> ScheduleWarning {
        let day = LocalWords.day(change.from.date)
        let (from, to, slot) = (change.from, change.to, change.slot)
        if change.isSkip {
            let message =
                "on \(day) the clocks go from \(LocalWords.clock(from)) to \(LocalWords.clock(to)): "
                + "the slot \(LocalWords.clock(slot)) does not exist, and runs at \(LocalWords.clock(to))"
            return ScheduleWarning(code: .skippedHour, message: message)
        }
        let message =
            "on \(day) the clocks go back from \(LocalWords.clock(from)) to \(LocalWords.clock(to)): slots that come twice "
            + "run the first time only, and nothing runs until \(LocalWords.clock(from)); 'every' knows no such pause"
        return ScheduleWarning(code: .repeatedHour, message: message)
    }

    private func shown(_ instant: Timestamp) -> String {
        let reading = LocalTime(instant, in: rule.zone).reading
        return "\(LocalWords.day(reading.date)) \(LocalWords.clock(reading))"
    }
}
