import Diagnostics
import Model

extension Rule {
    /// What `link` and `after` name must be a sync: of the same job, or `job/sync`.
    static let syncReferences = Rule { subject, findings in
        for job in subject.drafts.jobs {
            for sync in job.syncs {
                let own = SyncName(job: job.fileName, sync: sync.name.content)
                for name in sync.after {
                    report(name, in: job, subject, &findings)
                    guard subject.syncName(name.content, in: job) == own else { continue }
                    findings.add(
                        .waitsForItself, "the sync '\(own.sync)' cannot come after itself", at: name.place)
                }
                for link in sync.fields.compactMap(\.link) { report(link, in: job, subject, &findings) }
            }
        }
    }

    static func report(_ name: Placed<String>, in job: JobDraft, _ subject: Subject, _ findings: inout Findings) {
        let wanted = subject.syncName(name.content, in: job)
        if subject.sync(wanted) != nil { return }
        guard let holder = subject.job(wanted.job) else {
            let known = subject.drafts.jobs.map(\.fileName)
            findings.add(
                .unknownJob, "no job is named '\(shortened(wanted.job))'", at: name.place,
                hint: didYouMean(wanted.job, among: known))
            return
        }
        guard holder.isReadable else { return }
        let syncs = holder.syncs.map(\.name.content)
        findings.add(
            .unknownSync, "the job '\(holder.fileName)' has no sync '\(shortened(wanted.sync))'", at: name.place,
            hint: didYouMean(wanted.sync, among: syncs) ?? elsewhere(wanted.sync, subject)
                ?? (syncs.isEmpty || syncs.count > 8 ? nil : "it has \(listed(syncs, joinedBy: "and"))"))
    }

    /// The job that does have a sync of that name.
    private static func elsewhere(_ sync: String, _ subject: Subject) -> String? {
        let holder = subject.drafts.jobs.first { job in
            subject.sync(SyncName(job: job.fileName, sync: sync)) != nil
        }
        return holder.map { "did you mean '\($0.fileName)/\(sync)'?" }
    }
}
