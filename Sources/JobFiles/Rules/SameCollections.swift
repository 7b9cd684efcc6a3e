import Diagnostics
import Model

extension Rule {
    /// A sync between a collection and itself would write what it has just read.
    static let sameCollections = Rule { subject, findings in
        for job in subject.drafts.jobs {
            guard let left = job.connections.left, let right = job.connections.right, left.content == right.content
            else { continue }
            for sync in job.syncs {
                guard let a = sync.collections.left?.name, let b = sync.collections.right?.name,
                    a.content == b.content
                else { continue }
                findings.add(
                    .sameCollection, "both sides are '\(shortened(b.content))' of '\(right.content)'", at: b.place,
                    notes: [.init("the left side is named here", at: a.place)])
            }
        }
    }
}
