import Diagnostics
import Runner
import Values

/// When syncs run, a paragraph for each.
struct ScheduleView {
    let style: Style
    let now: Timestamp

    /// Lines with their line feeds.
    func text(_ schedules: [SyncSchedule]) -> String {
        if schedules.isEmpty { return "there are no syncs\n" }
        return schedules.map(text).joined(separator: "\n")
    }

    private func text(_ schedule: SyncSchedule) -> String {
        let rows = parts(schedule).flatMap { label, lines in
            lines.enumerated().map { number, line in
                "  " + (number == 0 ? label : "").padded(to: 12) + line.escapedForDisplay + "\n"
            }
        }
        let warnings = schedule.warnings.map { "  \(style.paint("warning:", .yellow)) \($0.message)\n" }
        return "\(style.paint("\(schedule.sync)", .bold)): \(head(schedule).escapedForDisplay)\n"
            + rows.joined() + warnings.joined()
    }

    private func head(_ schedule: SyncSchedule) -> String {
        switch schedule.kind {
        case .eachRun, .manual: schedule.words
        case .every, .cron: "\(schedule.words), \(schedule.timeZone)"
        }
    }

    private func parts(_ schedule: SyncSchedule) -> [(String, [String])] {
        let written = schedule.text.flatMap { $0 == schedule.words ? nil : $0 }
        return [
            ("written", [written].compactMap { $0 }), ("window", [schedule.window].compactMap { $0 }),
            ("put off", [schedule.jitter].compactMap { $0 }.map { "by less than \($0), the same for the same slot" }),
            ("last start", [lastStart(schedule)]), ("next", next(schedule)),
        ].filter { !$0.1.isEmpty }
    }

    private func lastStart(_ schedule: SyncSchedule) -> String {
        if let problem = schedule.problem { return problem }
        return schedule.lastStarted.map { "\($0.words)  \(AgeWords(now: now).words($0.instant))" } ?? "never"
    }

    private func next(_ schedule: SyncSchedule) -> [String] {
        if schedule.problem != nil { return [] }
        if !schedule.isEnabled { return ["never: the job is not enabled"] }
        if let pause = schedule.pause {
            return ["never: \(pause.words). 'lockstep resume \(schedule.sync)' ends that"]
        }
        switch schedule.kind {
        case .eachRun: return ["each run"]
        case .manual: return ["never, but for 'lockstep run \(schedule.sync) --now'"]
        case .every, .cron:
            let starts = schedule.next.map { "\($0.words)  \(AgeWords(now: now).due($0.instant))" }
            return starts.isEmpty ? ["never"] : starts
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - unicodeScalars.count))
    }
}
