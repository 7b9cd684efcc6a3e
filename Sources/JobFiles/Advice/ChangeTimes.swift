import Diagnostics
import Model

extension Advice {
    /// `newest` where a side does not say when its records were last changed: it decides nothing, and everything is held.
    static let changeTimes = Advice { meant, findings in
        for job in meant.subject.drafts.jobs {
            for sync in job.syncs {
                let timeless = Side.allCases.filter { meant.lacksTimes($0, sync, job) }
                if timeless.isEmpty { continue }
                let sides = timeless.count == 2 ? "either side" : "the \(timeless[0].rawValue)"
                for place in newest(sync) {
                    findings.add(
                        .noTimes, "'newest' decides nothing here: when a record of \(sides) was changed is not known",
                        at: place, hint: "let the setting 'updated' of both sides name the field that says so")
                }
            }
        }
    }

    /// Where a sync asks for the newest.
    private static func newest(_ sync: SyncDraft) -> [Place] {
        var places: [Place?] = [
            sync.firstValues?.content == .newest ? sync.firstValues?.place : nil,
            sync.conflicts?.content == .newest ? sync.conflicts?.place : nil,
        ]
        places += sync.fields.map { $0.conflicts?.content == .newest ? $0.conflicts?.place : nil }
        return places.compactMap(\.self)
    }
}

extension MeantJobs {
    /// Whether a side could be told by which field its records say when they were changed, and is not. Of a connector without that
    /// setting nothing is known here.
    fileprivate func lacksTimes(_ side: Side, _ sync: SyncDraft, _ job: JobDraft) -> Bool {
        guard let connection = job.connections[side].flatMap({ connections[$0.content] }),
            let type = subject.connector(of: job, side),
            (type.connectionOptions + type.collectionOptions).contains(where: { $0.name == "updated" }),
            let meant = jobs.first(where: { $0.name == job.fileName })?.syncs.first(where: {
                $0.name.sync == sync.name.content
            })
        else { return false }
        return !(connection.settings + meant.collections[side].settings).contains { $0.name == "updated" }
    }
}
