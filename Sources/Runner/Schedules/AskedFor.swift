import Model
import StateStore
import Values

/// A person asks for syncs, whether or not they are due.
///
/// Who asks again and again gets a refusal: each time both sides are read, and a system that counts requests counts these
/// too. Where the run before left something to mend, or the job file has changed since, there is reason to ask again.
package struct AskedFor: Sendable {
    /// The least time from one such run of a sync to the next.
    package static let gap = Duration.seconds(60)

    /// Whether the gap does not count.
    package var isForced: Bool

    package init(isForced: Bool) { self.isForced = isForced }

    /// When the sync may be asked for again; nil where it may be now.
    func earliest(_ header: SyncHeader?, definition: String, now: Timestamp) -> Timestamp? {
        guard !isForced, let header, let asked = header.lastAskedFor, header.lastOutcome == .inStep,
            header.definition == definition
        else { return nil }
        // A clock that was put back does not keep anybody waiting.
        let passed = now.since(asked)
        return passed >= .zero && passed < Self.gap ? asked.adding(Self.gap) : nil
    }
}
