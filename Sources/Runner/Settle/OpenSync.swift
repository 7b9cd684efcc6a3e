import JobFiles
import Model
import Reconcile
import StateStore
import Values

/// A sync of which a person settles something: its state as it is stored, and what both sides hold.
struct OpenSync {
    let run: Run
    private(set) var store: SyncStore

    var sync: Sync { run.sync }

    /// Opens a sync.
    ///
    /// - Parameters:
    ///   - isToWrite: whether its state is to be moved on, so that its lock is taken.
    ///   - doubtsMatter: whether it must be known of every write whether it took effect.
    init(
        _ name: SyncName, of workspace: Workspace, _ world: World, isToWrite: Bool, doubtsMatter: Bool = true
    ) throws(SettleFailure) {
        guard let job = workspace.checked.jobs.first(where: { $0.name == name.job }),
            let sync = job.syncs.first(where: { $0.name == name })
        else { throw .notASync("\(name)") }
        do throws(RunFailure) {
            let run = try JobRunner(workspace, world: world, evenIfNotDue: true).makeRun(
                job, sync, [:])
            let claim = try run.claim(for: isToWrite ? .run(accepting: nil) : .plan)
            self.run = run
            store = try run.onState { () throws(StateFailure) in
                try SyncStore(run.folder, fields: sync.fields.map(\.text), claim: claim)
            }
        } catch {
            throw .run(error)
        }
        if doubtsMatter, !store.hasNoDoubts { throw .inDoubt(name) }
    }

    /// Reads both sides: new records, changed ones, and those of some links.
    func read(_ wanted: Set<Int>, trusting: Bool = true) async throws(SettleFailure) -> Sides<Snapshot> {
        try await onRun { () async throws(RunFailure) in
            let left = try await run.snapshot(.left, store.links, trusting: trusting, wanted)
            let right = try await run.snapshot(.right, store.links, trusting: trusting, wanted)
            let snapshots = Sides(left: left, right: right)
            try run.checkFields(snapshots)
            return snapshots
        }
    }

    /// Finds out, as a run does first of all, which writes took effect of which it is not known; nothing is written down.
    mutating func settleDoubts() async throws(SettleFailure) -> SettledCreates {
        var settled = store
        do throws(RunFailure) {
            let ended = try await run.settleDeletes(&settled)
            var creates = try await run.settleCreates(&settled)
            creates.ended = ended
            store = settled
            return creates
        } catch {
            throw .run(error)
        }
    }

    /// What a plan is made from, with the bases of all links of which a record was kept.
    func inputs(
        _ snapshots: Sides<Snapshot>, _ creates: SettledCreates = SettledCreates()
    ) throws(SettleFailure) -> Inputs {
        do throws(RunFailure) {
            return try run.inputs(store, snapshots, creates)
        } catch {
            throw .run(error)
        }
    }

    /// Writes down what is to be remembered without a write to either side.
    ///
    /// - Parameter outcome: what was done, for the list of runs.
    func settle(_ plan: Plan, as outcome: RunOutcome) throws(SettleFailure) {
        guard !plan.settlements.isEmpty else { return }
        let started = run.world.now()
        let journal = RunJournal(store, run: RunName.next(after: store, at: started))
        try onState { () throws(StateFailure) in
            try journal.settle(plan.settlements, of: plan)
            try journal.finish()
        }
        try end(journal, as: outcome, started, Sides(left: WriteCounts(), right: WriteCounts()))
    }

    /// The run is in the list, and the next one looks at everything: nothing was settled for good.
    func end(
        _ journal: RunJournal, as outcome: RunOutcome, _ started: Timestamp, _ written: Sides<WriteCounts>,
        left: Int = 0
    ) throws(SettleFailure) {
        var header = journal.store.header
        let name = journal.store.lastRun == header.lastRun ? nil : journal.store.lastRun
        header.isSettled = false
        header.lastRun = journal.store.lastRun
        header.links = journal.store.links.count
        for side in Side.allCases {
            // What lost its link is shown by no reading of changes.
            header.progress[side].cursor = nil
            header.counts[side] = header.counts[side].map { $0 + written[side].creates - written[side].deletes }
        }
        let folder = run.folder
        let ended = header
        let summary = RunSummary(
            run: name, started: started, finished: run.world.now(), outcome: outcome, writes: written, held: left)
        try onState { () throws(StateFailure) in
            try folder.append(summary)
            try folder.save(ended)
        }
    }

    func onRun<R>(_ body: () async throws(RunFailure) -> R) async throws(SettleFailure) -> R {
        do {
            return try await body()
        } catch {
            throw .run(error)
        }
    }

    func onState<R>(_ body: () throws(StateFailure) -> R) throws(SettleFailure) -> R {
        do {
            return try body()
        } catch {
            throw .run(.state(error))
        }
    }
}
