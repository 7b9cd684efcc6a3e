import CEL
import Diagnostics

extension Rule {
    static let timeZones = Rule { subject, findings in
        for job in subject.drafts.jobs {
            guard let zone = job.timeZone, subject.surroundings.timeZones.named(zone.content) == nil else { continue }
            findings.add(
                .unknownTimeZone, "no time zone is named '\(shortened(zone.content))'", at: zone.place,
                hint: didYouMean(zone.content, among: subject.surroundings.timeZones.names)
                    ?? "such as 'UTC' or 'Europe/London'")
        }
    }
}
