package import Model
import Reconcile
import StateStore
import Values

/// Puts back what a run wrote.
package struct Undo {
    private let workspace: Workspace
    private let world: World
    /// How collections are reached.
    package var connect = Connector.catalogue
    private let name: SyncName
    private let undone: String

    package init(_ run: String, of sync: SyncName, _ workspace: Workspace, world: World) {
        self.workspace = workspace
        self.world = world
        name = sync
        undone = run
    }

    /// What would be written. Writes nothing, to neither side nor the state.
    package func plan() async throws(SettleFailure) -> UndoReport {
        try await draw(try OpenSync(name, of: workspace, world, connect, isToWrite: false)).report
    }

    /// Makes the writes.
    ///
    /// - Parameter digest: that of the plan that was shown; nil where none was.
    package func callAsFunction(as digest: String? = nil) async throws(SettleFailure) -> UndoReport {
        let open = try OpenSync(name, of: workspace, world, connect, isToWrite: true)
        var (report, undoing, inputs) = try await draw(open)
        if let digest, report.report.plan?.digest != digest { throw .movedOn(name) }
        inputs.dropRawBytes()
        if undoing.plan.operations.isEmpty { return report }
        try await carryOut(undoing.plan, inputs, open, &report)
        return report
    }

    private func draw(
        _ open: OpenSync
    ) async throws(SettleFailure) -> (report: UndoReport, undoing: Undoing, inputs: Inputs) {
        let log = try open.onState { () throws(StateFailure) in
            try open.run.folder.log(of: undone, fields: open.sync.fields.map(\.text))
        }
        let snapshots = try await open.read(Planner.links(of: log.writes, open.store.links))
        let inputs = try open.inputs(snapshots)
        let undoing = Planner.undo(log.writes, inputs)
        let now = world.now()
        let shown: SyncReport
        do throws(RunFailure) {
            shown = open.run.report(undoing.plan, [], try open.run.attempts(now), now)
        } catch {
            throw .run(error)
        }
        let report = UndoReport(run: undone, report: shown, leftOut: undoing.leftOut.map(LeftOut.init))
        return (report, undoing, inputs)
    }

    private func carryOut(
        _ plan: Plan, _ inputs: Inputs, _ open: OpenSync, _ report: inout UndoReport
    ) async throws(SettleFailure) {
        let started = world.now()
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
        let marks = frozen(plan, inputs.links, journal.store.links)
        try open.onState { () throws(StateFailure) in
            try journal.settle(marks.settlements, of: marks)
            try journal.finish()
        }
        report.report.written = applied.written
        report.report.finished = world.now()
        report.isDone = true
        report.leftOut += applied.holds.map { LeftOut($0, HoldWords(open.sync)) }
        try open.end(journal, as: "undo", started, applied.written, left: report.leftOut.count)
        report.undoneBy = journal.store.lastRun
    }

    /// What a write looked at is looked at again; but that a record was out of scope stays known.
    private func frozen(_ plan: Plan, _ before: LinkTable, _ links: LinkTable) -> Plan {
        var marks = Plan(sync: name)
        for link in Set(plan.operations.filter { $0.verb == .update }.map { Int($0.link) }).sorted() {
            let known = Sides(left: before.fingerprint(link, .left), right: before.fingerprint(link, .right))
            guard known.left == .frozen || known.right == .frozen, !links.isRemoved(link) else { continue }
            marks.settlements.append(
                Settlement(
                    kind: .agree, link: Int32(link),
                    ids: Sides(
                        left: marks.intern(links.id(link, .left)), right: marks.intern(links.id(link, .right))),
                    fingerprints: known.map { $0 == .frozen ? .frozen : .none }))
        }
        return marks
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
    /// The run that wrote it, which can be undone in its turn; nil where nothing was written.
    package var undoneBy: String?
}
