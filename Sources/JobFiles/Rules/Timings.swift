import Cron
import Diagnostics

extension Rule {
    /// A schedule in parts has one of `every` and `cron`, and a cron expression must have a day to run on.
    static let timings = Rule { subject, findings in
        for job in subject.drafts.jobs {
            for timing in [job.timing] + job.syncs.map(\.timing) {
                guard let timing else { continue }
                parts(timing, &findings)
                neverFires(timing, &findings)
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

    private static func neverFires(_ timing: TimingDraft, _ findings: inout Findings) {
        guard let text = timing.cron ?? timing.text, let cron = try? CronExpression.parse(text.content), cron.neverFires
        else { return }
        findings.add(.badSchedule, "no calendar has such a day: this never runs", at: text.place)
    }
}
