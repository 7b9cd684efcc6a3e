package import Model
package import Values

/// All that a plan is made from. Nothing else is asked, so that the same inputs always make the same plan.
package struct Inputs: Sendable {
    package var sync: Sync
    package var snapshots: Sides<Snapshot>
    package var capabilities: Sides<Capabilities>
    package var links: LinkTable
    /// The bases of the links that the snapshots touch.
    package var bases: BaseTable
    /// The bases that links have if updates of a run that died took effect, by the side that these wrote.
    package var intended: Sides<BaseTable>
    /// The numbers of links of which a run that died was to make a deleted record again; what it was to be is among ``intended``.
    package var restored: Set<Int> = []
    /// The numbers of links of which an undo that died was to put a record back as it was.
    package var putBack: Set<Int> = []
    /// The links of the syncs through which ids are translated; this sync's own need not be among them.
    package var parents: [SyncName: LinkTable]
    /// Records that are passed over while they stay as they are.
    package var passed: Sides<PassedRecords>
    /// Whether the sync has never run to its end.
    package var isFirstRun: Bool
    /// Whether the job file says another thing of records than when the last run went to its end.
    package var isJobFileChanged = false
    /// Creates of a run that died of which it cannot be told whether they took effect.
    package var openCreates: [OpenCreate] = []
    /// What the last runs wrote.
    package var history = WriteHistory()
    /// Writes that failed before and whose time to be tried again has not come.
    package var putOff: Set<WriteKey> = []
    /// Links of which a run that died may have deleted a record while its partner was to stay.
    package var partings: Set<Int> = []
    /// Links of which a run that died did not delete a record that it was to delete: it was seen since.
    package var undeleted: Set<Int> = []
    /// The ids that new records of each side are to get, by the records that they are made from: those of a plan that was shown.
    package var reserved = Sides<[RecordID: RecordID]>(left: [:], right: [:])
    /// The greatest number that ids of each side ever had.
    package var greatestNumbers: Sides<Int64>
    /// The records that are to be looked at, and no other; nil for all.
    package var only: OnlyRecords?

    package init(
        sync: Sync, snapshots: Sides<Snapshot>, capabilities: Sides<Capabilities>, links: LinkTable, bases: BaseTable,
        intended: Sides<BaseTable> = Sides(left: BaseTable(), right: BaseTable()), parents: [SyncName: LinkTable] = [:],
        passed: Sides<PassedRecords> = Sides(left: PassedRecords(), right: PassedRecords()), isFirstRun: Bool = false,
        greatestNumbers: Sides<Int64> = Sides(left: 0, right: 0)
    ) {
        self.sync = sync
        self.snapshots = snapshots
        self.capabilities = capabilities
        self.links = links
        self.bases = bases
        self.intended = intended
        self.parents = parents
        self.passed = passed
        self.isFirstRun = isFirstRun
        self.greatestNumbers = greatestNumbers
    }

    /// Gives the records' raw bytes back to the system, when the plan is made.
    package mutating func dropRawBytes() {
        for side in Side.allCases { snapshots[side].dropRawBytes() }
    }
}
