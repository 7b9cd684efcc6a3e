import Model
import Reconcile
import StateStore
import Values

// A saved plan is carried out as a run that does but a part of what is to be done: the plan is made anew, and what of it is not in the
// saved one is left to later runs.
extension Run {
    /// Leaves of a plan those writes that the saved plan has too, and makes what is remembered beside them that of these writes alone.
    ///
    /// - Returns: the writes of the saved plan that this one does not have, with the reasons.
    func keepSaved(
        _ plan: inout Plan, _ inputs: inout Inputs, _ store: SyncStore
    ) async throws(RunFailure) -> [LeftOutWrite] {
        guard let saved = part.saved?.plan(of: sync.name) else { return [] }
        let whole = plan
        var kept = SavedPairs(saved)
        kept.keep(in: plan, mayHaveMore: true)
        while true {
            inputs.only = kept.records(store.links)
            plan = Planner.plan(inputs)
            // What a write follows from may be left out: then it is another one, or none.
            if !kept.keep(in: plan, mayHaveMore: false) { break }
        }
        let left = saved.writes.filter { !kept.has($0) }
        if left.isEmpty { return [] }
        return try await reasons(left, whole, inputs, store)
    }
}

/// The writes of a saved plan by the pairs of records that they are about: of a pair all writes are made, or none.
struct SavedPairs {
    private var digests: [SavedWrite.Pair: Set<Fingerprint>] = [:]

    init(_ saved: SavedSync) {
        for write in saved.writes { digests[write.pair, default: []].insert(write.digest) }
        for link in saved.links { digests[link.pair, default: []].insert(link.digest) }
    }

    func has(_ write: SavedWrite) -> Bool { digests[write.pair] != nil }

    /// Drops the pairs of which a plan has other writes than the saved one, or not all of them.
    ///
    /// - Parameter mayHaveMore: whether the plan may be about other pairs too.
    /// - Returns: whether any was dropped.
    @discardableResult
    mutating func keep(in plan: Plan, mayHaveMore: Bool) -> Bool {
        var found: [SavedWrite.Pair: Set<Fingerprint>] = [:]
        var isStrange = false
        for operation in plan.operations {
            let pair = SavedWrite.Pair(ids: plan.ids(of: operation))
            if digests[pair] == nil {
                isStrange = true
            } else {
                found[pair, default: []].insert(plan.digest(of: operation))
            }
        }
        for link in plan.savedLinks where digests[link.pair] != nil {
            found[link.pair, default: []].insert(link.digest)
        }
        let before = digests.count
        digests = digests.filter { found[$0.key] == $0.value }
        // A write that nobody saw is not made, whatever it came from.
        if isStrange, !mayHaveMore {
            if digests.count == before { digests = [:] }
            return true
        }
        return digests.count < before
    }

    /// The records of all pairs, as a plan is to be about them.
    func records(_ links: LinkTable) -> OnlyRecords {
        var only = OnlyRecords(links: [])
        for pair in digests.keys {
            for side in Side.allCases {
                guard let id = pair.ids[side] else { continue }
                if let link = links.find(id, on: side) {
                    only.links.insert(link)
                } else {
                    only.unlinked[side].insert(id)
                }
            }
        }
        return only
    }
}
