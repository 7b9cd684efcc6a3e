import Cron
import Diagnostics

extension Rule {
    /// A schedule in parts has one of `every` and `cron`, a cron expression must have a day to run on, and no start is put
    /// off past the next.
    static let timings = Rule { subject, findings in
        for job in subject.drafts.jobs {
            for timing in [job.timing] + job.syncs.map(\.timing) {
                guard let timing else { continue }
                parts(timing, &findings)
                neverFires(timing, &findings)
                longJitter(timing, &findings)
            }
        }
    }

    private static func parts(_ timing: TimingDraft, _ findings: inout Findings) {
        if let cron = timing.cron, timing.every != nil {
            findings.add(
                .optionClash, "a schedule has 'every' or 'cron', not both", at: cron.place, hint: "take one away")
        }
        if timing.lacksTime {
            findings.add(
                .missingKey, "a schedule needs the key 'every' or 'cron'", at: timing.place,
                hint: "such as 'every: 10m'")
        }
    }

    private static func longJitter(_ timing: TimingDraft, _ findings: inout Findings) {
        guard let written = timing.jitter, let jitter = try? Interval.parse(written.content) else { return }
        let every = timing.every.flatMap { try? Interval.parse($0.content) }
        let gap = timing.cron.flatMap { try? CronExpression.parse($0.content) }?.leastGap
        guard let least = every ?? gap, jitter.seconds > least.seconds else { return }
        let problem =
            every == nil
            ? "'jitter' is longer than the \(least) between two slots"
            : "'jitter' is longer than the interval, \(least)"
        findings.add(.badInterval, problem, at: written.place, hint: "at most '\(least)'")
    }

    private static func neverFires(_ timing: TimingDraft, _ findings: inout Findings) {
        guard let text = timing.cron ?? timing.text, let cron = try? CronExpression.parse(text.content), cron.neverFires
        else { return }
        findings.add(.badSchedule, "no calendar has such a day: this never runs", at: text.place)
    }
}
