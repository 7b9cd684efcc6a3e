import Diagnostics
import Model

extension Rule {
    /// A first run that only pairs needs to know how.
    static let firstRuns = Rule { subject, findings in
        for sync in subject.drafts.jobs.flatMap(\.syncs) where !sync.hasMatch {
            guard let first = sync.firstRun, first.content == .link else { continue }
            findings.add(
                .missingOption, "'first_run: link' pairs nothing without 'match'", at: first.place,
                hint: "such as 'match: name <-> name'")
        }
    }
}
