import Model
import Reconcile
import StateStore
import Values

/// Puts back what a run wrote.
package struct Undo {
    private let sync: NamedSync
    private let undone: String

    package init(_ run: String, of sync: NamedSync) {
        self.sync = sync
        undone = run
    }

    /// What would be written. Writes nothing, to neither side nor the state.
    package func plan() async throws(SettleFailure) -> UndoReport {
        try await draw(try sync.open(isToWrite: false)).report
    }

    /// Makes the writes.
    ///
    /// - Parameter digest: that of the plan that was shown; nil where none was.
    package func callAsFunction(as digest: String? = nil) async throws(SettleFailure) -> UndoReport {
        let open = try sync.open(isToWrite: true)
        var (report, undoing, inputs) = try await draw(open)
        if let digest, report.report.plan?.digest != digest { throw .movedOn(sync.name) }
        inputs.dropRawBytes()
        if undoing.plan.operations.isEmpty { return report }
        try await carryOut(undoing.plan, inputs, open, &report)
        return report
    }

    private func draw(
        _ open: OpenSync
    ) async throws(SettleFailure) -> (report: UndoReport, undoing: Undoing, inputs: Inputs) {
        let writes = try open.onState { () throws(StateFailure) in
            let log = try open.run.folder.log(of: undone, fields: open.sync.fields.map(\.text))
            let givesIDs = open.run.endpoints.map { $0.capabilities.newIDs == .assigned }
            guard givesIDs.left || givesIDs.right else { return log.writes }
            return try RenamedRecords(open.run.folder, after: undone).follow(log.writes)
        }
        let links = Planner.links(of: writes, open.store.links)
        var inputs = try open.inputs(try await open.read(links))
        // A run has no need of the bases of archived records, which rest.
        inputs.bases = try open.onState { () throws(StateFailure) in try open.store.bases(of: links.sorted()) }
        let undoing = Planner.undo(writes, inputs)
        let now = sync.world.now()
        let shown = try await open.onRun { () throws(RunFailure) in
            open.run.report(undoing.plan, [], try open.run.attempts(now), now)
        }
        let report = UndoReport(run: undone, report: shown, leftOut: undoing.leftOut.map(LeftOut.init))
        return (report, undoing, inputs)
    }

    private func carryOut(
        _ plan: Plan, _ inputs: Inputs, _ open: OpenSync, _ report: inout UndoReport
    ) async throws(SettleFailure) {
        let started = sync.world.now()
        let journal = RunJournal(open.store, run: RunName.next(after: open.store, at: started))
        let requests = WriteRequests(plan, open.sync, open.run.endpoints.map(\.capabilities))
        var applied = Applied(inputs.snapshots.map(\.stamp))
        do throws(RunFailure) {
            try open.run.onState { () throws(StateFailure) in try journal.settle(plan.settlements, of: plan) }
            let round = WriteRound(plan: plan, requests: requests, inputs: inputs)
            for side in Side.allCases {
                try await open.run.apply(round, side, journal, &applied)
            }
            applied.leaveMoved()
        } catch {
            throw .run(error)
        }
        try open.onState { () throws(StateFailure) in try journal.finish() }
        report.report.written = applied.written
        report.report.finished = sync.world.now()
        report.isDone = true
        if let (stop, left) = applied.stopped { report.report.outcome = .stopped(stop, left: left) }
        report.leftOut += applied.holds.map { LeftOut($0, HoldWords(open.sync)) }
        try open.end(journal, as: .undo, started, applied.written, left: report.leftOut.count)
        report.undoneBy = journal.store.lastRun
        let folder = open.run.folder
        let made = journal.run
        report.renamed = try open.onState { () throws(StateFailure) in try RenamedRecords(folder, of: made).all }
    }
}

/// What an undo came to, or would come to.
package struct UndoReport: Sendable {
    /// The run that was to be undone.
    package var run: String
    /// The plan, and what of it was written.
    package var report: SyncReport
    package var leftOut: [LeftOut]
    package var isDone = false
    /// Records that were made again under ids that their systems gave them.
    package var renamed: [RenamedRecord] = []
    /// The run that wrote it, which can be undone in its turn; nil where nothing was written.
    package var undoneBy: String?
}
