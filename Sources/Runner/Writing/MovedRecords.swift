import Model
import Reconcile
import StateStore
import Values

// Records that somebody changed between the reading and the write: they are read again and merged again at once.
extension Run {
    private static let rounds = 3

    /// Makes rounds over the links of which a record moved, three at most. What still moves then is left to the next run, as are writes
    /// that a brake stands against.
    func followMoved(
        _ first: WriteRound, _ journal: RunJournal, _ applied: inout Applied
    ) async throws(RunFailure) {
        var offset = first.plan.operations.count
        for _ in 0..<Self.rounds {
            let links = Set(applied.moved.keys.map(Int.init))
            // What a run leaves at its limit, the next one looks at with all the rest.
            guard !links.isEmpty, world.stop() == nil, first.plan.rest == nil,
                let round = try await round(over: links, first.inputs, journal.store, offset)
            else { break }
            applied.beginRound()
            applied.holds += round.plan.holds
            offset += round.plan.operations.count
            try onState { () throws(StateFailure) in try journal.settle(round.plan.settlements, of: round.plan) }
            for side in Side.allCases {
                try await apply(round, side, journal, &applied)
            }
            // These links were looked at, and no other: what the collections say of themselves tells more than that.
            applied.stamps = Sides(left: nil, right: nil)
        }
        applied.leaveMoved()
    }

    /// The plan over some links as they are now; nil where a brake stands against it.
    private func round(
        over links: Set<Int>, _ before: Inputs, _ store: SyncStore, _ offset: Int
    ) async throws(RunFailure) -> WriteRound? {
        let snapshots = Sides(
            left: try await readNow(links.sorted().map { store.links.id($0, .left) }, links, .left, store.links),
            right: try await readNow(links.sorted().map { store.links.id($0, .right) }, links, .right, store.links))
        var inputs = before
        inputs.snapshots = snapshots
        inputs.links = store.links
        inputs.bases = try onState { () throws(StateFailure) in try store.bases(of: links.sorted()) }
        inputs.intended = Sides(left: BaseTable(), right: BaseTable())
        inputs.openCreates = []
        inputs.isFirstRun = false
        inputs.only = OnlyRecords(links: links)
        var plan = Planner.plan(inputs)
        // Only some records were read: that tells nothing of how many there are.
        plan.recordCounts = Sides(left: nil, right: nil)
        guard Brakes.refusals(plan, sync.limits, lastCounts: Sides(left: nil, right: nil)).isEmpty else { return nil }
        return WriteRound(
            plan: plan, requests: WriteRequests(plan, sync, endpoints.map(\.capabilities)), inputs: inputs,
            offset: offset)
    }
}
