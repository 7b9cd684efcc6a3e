package import Model
package import Values

/// A plan that was kept in a file: which writes somebody looked at, and what they were made from.
///
/// It holds no write that could be made by itself. `apply` works the plan out anew and makes, of the writes that come of that, those
/// that are exactly the ones in the file: a file can leave out what a run would do, and can never add to it.
package struct SavedPlan: Sendable, Equatable {
    /// The form of the file that this Lockstep writes and reads.
    package static let version = 1

    /// The syncs for which a plan was made.
    package var syncs: [SavedSync]

    package init(syncs: [SavedSync]) { self.syncs = syncs }
}

/// The plan of one sync.
package struct SavedSync: Sendable, Equatable {
    package var sync: SyncName
    /// That of the plan, as a brake shows it.
    package var digest: String
    /// A fingerprint of each part of what the job files say, by its name.
    package var definition: [String: String]
    package var state: StatePosition
    /// The brakes that stood against it.
    package var brakes: [SavedBrake]
    /// In the order in which they are made.
    package var writes: [SavedWrite]
    /// The links that are made or end without a write. Writes of other syncs may follow from them.
    package var links: [SavedLink] = []

    /// Whether there is nothing to carry out.
    package var isEmpty: Bool { writes.isEmpty && links.isEmpty }
}

/// A link that is made, or ends, without a write.
package struct SavedLink: Sendable, Equatable {
    package var kind: Settlement.Kind
    package var ids: Sides<RecordID?>
    /// A fingerprint of what is remembered.
    package var digest: Fingerprint

    var pair: SavedWrite.Pair { SavedWrite.Pair(ids: ids) }
}

/// How far the state of a sync had come.
package struct StatePosition: Sendable, Equatable {
    /// How many runs there were.
    package var runs: Int
    /// The last run with a file of its own; empty where there is none.
    package var lastRun: String

    package init(runs: Int, lastRun: String) {
        self.runs = runs
        self.lastRun = lastRun
    }
}

/// A brake that stood against a saved plan, with how much it had of what the brake limits.
package struct SavedBrake: Sendable, Equatable {
    /// `updates`, `read_drop`, `fields`, `ids`: what limits it.
    package var limit: String
    package var side: Side
    /// Of a field that no record has any more, its name; else empty.
    package var field: String
    package var planned: Int
}

/// One write.
package struct SavedWrite: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package var path: String
        package var before: Value
        package var after: Value
    }

    package var verb: WriteRequest.Verb
    /// The side that is written.
    package var side: Side
    /// The record that is written and its partner; nil for one that there is not, or that has no id yet.
    package var ids: Sides<RecordID?>
    /// Whether the two had a link.
    package var isLinked: Bool
    package var fields: [Field]
    /// What both records were; ``Fingerprint/none`` where there was none, or nothing was known of it.
    package var fingerprints: Sides<Fingerprint>
    /// A fingerprint of the write itself: its records, its fields with what they held and are to hold, and the base of its link.
    package var digest: Fingerprint
}

extension SavedWrite {
    /// The records that it is about: all writes of a pair are made, or none.
    struct Pair: Hashable {
        var ids: Sides<RecordID?>
    }

    var pair: Pair { Pair(ids: ids) }
}
