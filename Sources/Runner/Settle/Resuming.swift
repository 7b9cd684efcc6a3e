import JobFiles
import Model
import Reconcile
import StateStore
import Values

/// Lets a sync run again, and does not have its next run just carry over what changed while it was paused.
package struct Resuming {
    package enum Way: Sendable {
        /// What changed is left as it is on both sides: only what changes from now on counts.
        case futureOnly
        /// What both sides agreed on is forgotten: they are as first met.
        case reset
    }

    private let sync: NamedSync
    private let way: Way

    package init(_ way: Way, of sync: NamedSync) {
        self.sync = sync
        self.way = way
    }

    /// What a run would write now, which is to be passed over; or what it would write once all is forgotten.
    package func plan() async throws(SettleFailure) -> SyncReport {
        let open = try sync.open(isToWrite: false)
        return try await open.onRun { () async throws(RunFailure) in
            let attempts = try open.run.attempts(open.run.world.now())
            let inputs = try await look(open)
            return open.run.report(Planner.plan(inputs), [], attempts, open.run.world.now())
        }
    }

    /// - Parameter digest: of the plan that was shown; where it would be another one now, nothing is done. nil for any.
    package func callAsFunction(as digest: String? = nil) async throws(SettleFailure) {
        let open = try sync.open(isToWrite: true)
        let inputs = try await open.onRun { () async throws(RunFailure) in try await look(open) }
        let passing = PassingOver(inputs)
        if let digest, digest != passing.plan.digest { throw .movedOn(sync.name) }
        switch way {
        case .futureOnly: try open.settle(passing.settling, as: .passedOver)
        case .reset:
            var plan = Plan(sync: sync.name)
            let nothing = Base(fieldCount: open.sync.fields.count)
            for link in open.store.links.numbers where !open.store.links.isRemoved(link) {
                open.mark(link, .agree, base: nothing, in: &plan)
            }
            try open.settle(plan, as: .reset)
        }
        do {
            _ = try sync.workspace.resume(Selection(["\(sync.name)"]), world: sync.world)
        } catch {
            guard case .state(let failure) = error else { throw .notASync("\(sync.name)") }
            throw .notResumed(failure)
        }
    }

    private func nothingAgreed(on links: LinkTable, _ sync: Sync) -> BaseTable {
        var table = BaseTable()
        let columns = table.addColumns(Array(sync.fields.indices))
        var bytes: [UInt8] = []
        Base(fieldCount: sync.fields.count).encode(to: &bytes)
        for link in links.numbers where !links.isRemoved(link) {
            bytes.withUnsafeBytes { table.add($0, of: link, columns: columns) }
        }
        return table
    }

    private func look(_ open: OpenSync) async throws(RunFailure) -> Inputs {
        let left = try await open.run.snapshot(.left, open.store.links, trusting: false)
        let right = try await open.run.snapshot(.right, open.store.links, trusting: false)
        let snapshots = Sides(left: left, right: right)
        try open.run.checkFields(snapshots)
        var inputs = try open.run.inputs(open.store, snapshots, SettledCreates())
        if case .reset = way { inputs.bases = nothingAgreed(on: open.store.links, open.sync) }
        return inputs
    }
}
