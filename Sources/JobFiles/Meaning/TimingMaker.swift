import Cron
import Diagnostics
import Model

/// When a sync runs, of its own schedule or its job's.
struct TimingMaker {
    let job: JobDraft
    let own: TimingDraft?

    func make() -> Timing {
        let draft = own ?? job.timing
        return Timing(
            schedule: draft?.schedule, window: draft?.window.flatMap { try? Window.parse($0.content) },
            jitter: draft?.jitter.flatMap { try? Interval.parse($0.content) },
            timeZone: job.timeZone?.content ?? "UTC", place: draft?.place)
    }
}

extension TimingDraft {
    /// nil where the text is none, which has been reported.
    fileprivate var schedule: Schedule? {
        if let text { return try? Schedule.parse(text.content) }
        if let every { return (try? Interval.parse(every.content)).map(Schedule.every) }
        return cron.flatMap { try? CronExpression.parse($0.content) }.map(Schedule.cron)
    }
}
