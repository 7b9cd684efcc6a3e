import Model
import Reconcile
import StateStore
import Values

// The first stages of a run: what is remembered, and what both sides hold now.
extension Run {
    func claim(for mode: Mode) throws(RunFailure) -> SyncClaim? {
        guard case .run = mode else {
            // What a run is about to change is not worth planning for.
            if let holder = try onState({ () throws(StateFailure) in try folder.holder() }) {
                throw .state(.locked(path: folder.path, holder: holder))
            }
            return nil
        }
        return try onState { () throws(StateFailure) in try folder.claim(holder: world.holder()) }
    }

    /// What both collections say of themselves as a whole, where what is remembered can be compared with it.
    func stampsNow(_ header: SyncHeader) async throws(RunFailure) -> Sides<CollectionStamp?> {
        guard trustsFingerprints(header), header.isSettled, part.isOfAll else {
            return Sides(left: nil, right: nil)
        }
        async let left = stamp(.left)
        async let right = stamp(.right)
        return Sides(left: try await left.get(), right: try await right.get())
    }

    private func stamp(_ side: Side) async -> Result<CollectionStamp?, RunFailure> {
        do {
            return .success(try await endpoints[side].stamp())
        } catch {
            return .failure(.endpoint(side, error))
        }
    }

    /// Whether nothing can be to do: both collections are what they were, nothing was left over, the job file says the same, and no
    /// run died since.
    func isInStep(_ header: SyncHeader, _ stamps: Sides<CollectionStamp?>) throws(RunFailure) -> Bool {
        guard inbox.isEmpty, trustsFingerprints(header), header.isSettled,
            let left = stamps.left, let right = stamps.right, left == header.stamps.left, right == header.stamps.right
        else { return false }
        return try onState { () throws(StateFailure) in try folder.isAsLeft(header) }
    }

    func trustsFingerprints(_ header: SyncHeader) -> Bool {
        header.hasRun && header.definition == definition
    }

    /// Fields that a collection does not have are mistakes of the job file.
    func checkFields(_ snapshots: Sides<Snapshot>) throws(RunFailure) {
        for side in Side.allCases {
            guard let names = snapshots[side].fieldNames else { continue }
            let mistakes = FieldCheck(sync.collections[side], side, names: names).mistakes(of: sync)
            if !mistakes.isEmpty { throw .fields(side, mistakes) }
        }
    }

    func inputs(
        _ store: SyncStore, _ snapshots: Sides<Snapshot>, _ creates: SettledCreates
    ) throws(RunFailure) -> Inputs {
        tell(.planning(sync.name, records: snapshots.left.count + snapshots.right.count))
        let touched = Planner.touchedLinks(snapshots, store.links)
        let bases = try onState { () throws(StateFailure) in try store.bases(of: touched) }
        let intended = try onState { () throws(StateFailure) in try store.intendedBases() }
        var inputs = Inputs(
            sync: sync, snapshots: snapshots, capabilities: endpoints.map(\.capabilities), links: store.links,
            bases: bases, intended: intended, parents: try parents(), passed: store.passed,
            isFirstRun: !store.header.hasRun, greatestNumbers: store.header.greatestNumbers)
        inputs.restored = store.restoredInDoubt
        inputs.putBack = store.putBackInDoubt
        inputs.openCreates = creates.open.map(\.create)
        inputs.partings = store.partings
        inputs.undeleted = Set(store.deletions.keys)
        inputs.isJobFileChanged = store.header.hasRun && store.header.definition != definition
        inputs.history = try recentWrites(to: touched, store.links)
        return inputs
    }

    /// What was left alone by the run before.
    func attempts(_ now: Timestamp) throws(RunFailure) -> Attempts {
        let run = try onState { () throws(StateFailure) in (try folder.header()?.runCount ?? 0) + 1 }
        do throws(StateFailure) {
            return Attempts(try folder.queueItems(), sync.retry, run: run, now: now)
        } catch {
            // It follows from the records what is left alone; what is lost is how often it was tried.
            if case .damaged = error { return Attempts([], sync.retry, run: run, now: now) }
            throw .state(error)
        }
    }

    func onState<R>(_ body: () throws(StateFailure) -> R) throws(RunFailure) -> R {
        do {
            return try body()
        } catch {
            throw .state(error)
        }
    }
}
