package import CEL
package import Diagnostics

/// One kind of record kept in step within a job.
package struct Sync: Sendable {
    package var name: SyncName
    package var collections: Sides<CollectionReference>
    package var direction: Direction
    /// The sides on which new records may be made.
    package var creates: Set<Side>
    package var deletes: DeletePolicy
    package var deleteVersusEdit: DeleteVersusEdit
    /// What an archived record looks like on each side; empty where none is archived there.
    package var archive: Sides<[ArchivedField]>
    /// Ways to pair records that exist on both sides already, tried in turn.
    package var match: [MatchRule]
    package var firstRun: FirstRun
    package var firstValues: FirstValues
    package var conflicts: ConflictPolicy
    package var outOfScope: ScopePolicy
    package var limits: Limits
    package var timing: Timing
    /// How long a collection that can be read by changes may go without being read whole; nil for always.
    package var fullRead: Duration?
    /// Syncs that must have succeeded since they were last due; those that a `link` names are among them.
    package var after: [SyncName]
    package var retry: Retry
    /// In the order of the file, which is the order of the values in a base.
    package var fields: [FieldMapping]
    package var place: Place

    package init(
        name: SyncName, collections: Sides<CollectionReference>, direction: Direction = .twoWay,
        creates: Set<Side> = [.left, .right], deletes: DeletePolicy = .ignore,
        deleteVersusEdit: DeleteVersusEdit = .hold,
        archive: Sides<[ArchivedField]> = Sides(left: [], right: []), match: [MatchRule] = [],
        firstRun: FirstRun = .sync,
        firstValues: FirstValues = .hold, conflicts: ConflictPolicy = .hold, outOfScope: ScopePolicy = .freeze,
        limits: Limits = Limits(), timing: Timing, fullRead: Duration? = .seconds(86_400), after: [SyncName] = [],
        retry: Retry = Retry(), fields: [FieldMapping], place: Place
    ) {
        self.name = name
        self.collections = collections
        self.direction = direction
        self.creates = creates
        self.deletes = deletes
        self.deleteVersusEdit = deleteVersusEdit
        self.archive = archive
        self.match = match
        self.firstRun = firstRun
        self.firstValues = firstValues
        self.conflicts = conflicts
        self.outOfScope = outOfScope
        self.limits = limits
        self.timing = timing
        self.fullRead = fullRead
        self.after = after
        self.retry = retry
        self.fields = fields
        self.place = place
    }
}

/// The collection that a sync reads and writes on one side, and which of its records are in scope.
package struct CollectionReference: Sendable {
    package var name: String
    package var filter: Program?
    package var filterPlace: Place?
    /// Settings of the connector for this collection, over those of the connection.
    package var settings: [Setting]
    package var place: Place

    package init(
        name: String, filter: Program? = nil, filterPlace: Place? = nil, settings: [Setting] = [], place: Place
    ) {
        self.name = name
        self.filter = filter
        self.filterPlace = filterPlace
        self.settings = settings
        self.place = place
    }
}

package enum Direction: String, Sendable, CaseIterable {
    case twoWay = "two-way"
    case leftToRight = "left-to-right"
    case rightToLeft = "right-to-left"

    /// Whether writes may go to a side.
    package func writes(to side: Side) -> Bool {
        switch self {
        case .twoWay: true
        case .leftToRight: side == .right
        case .rightToLeft: side == .left
        }
    }
}

/// What becomes of a record whose partner was deleted.
package enum DeletePolicy: String, Sendable, CaseIterable { case ignore, propagate, archive }

/// What happens where one side deleted a record and the other edited it.
package enum DeleteVersusEdit: String, Sendable, CaseIterable { case hold, delete, restore }

/// What the first run does: create and update, or only pair what is there and write nothing.
package enum FirstRun: String, Sendable, CaseIterable { case sync, link }

/// Which value counts where a pair is first met with different ones.
package enum FirstValues: String, Sendable, CaseIterable { case left, right, newest, fill, hold }

/// Which side counts where both changed the same field, to different things.
package enum ConflictPolicy: String, Sendable, CaseIterable { case newest, left, right, hold }

/// What becomes of a linked record that no longer passes its filter.
package enum ScopePolicy: String, Sendable, CaseIterable { case freeze, follow, unlink, archive, delete }

/// How often, and how far apart at first, a record that failed is tried again.
package struct Retry: Sendable, Hashable {
    package var attempts: Int
    package var backoff: Duration

    package init(attempts: Int = 5, backoff: Duration = .seconds(300)) {
        self.attempts = attempts
        self.backoff = backoff
    }
}
