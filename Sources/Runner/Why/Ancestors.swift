import Model
import Reconcile
import Values

extension Why {
    /// A record that waits for another of its own sync, which may wait for a third: what keeps the last of them mends them all.
    func explainAncestors(of record: RecordConditions, _ evidence: Evidence, _ condition: inout Condition) {
        let ancestors = Ancestors(of: record, evidence)
        guard let (field, id) = ancestors.last else { return }
        let run = record.run
        if ancestors.count > 1 {
            condition.evidence.append("\(ancestors.count) records above it wait too, up to \(record.side) \(id.key)")
        }
        let root = RecordConditions(evidence, record.job, record.side, id)
        guard ancestors.isThere else {
            let make = "make \(record.side) \(id.key) of \(evidence.sync.name), or give '\(field)' another"
            condition.evidence.append("there is no \(record.side) \(id.key)")
            condition.remedies = [Remedy(.person(make), run)]
            return
        }
        guard let decisive = WhyReport(evidence.sync.name, root.all(isStopped: false)).decisive else { return }
        condition.evidence.append("\(record.side) \(id.key): \(decisive.text)")
        condition.evidence += decisive.evidence
        // One run makes them all, the first ones first; but where ids are given when records are made, each run goes one further.
        let needsRuns = evidence.now?.inputs.capabilities[record.side.other].newIDs == .assigned
        let runs = needsRuns ? ancestors.count + 1 : 1
        if runs > 1 {
            condition.evidence.append(
                "each run makes one of them, and the next refers to it: \(runs) runs make them all")
        }
        condition.remedies = decisive.remedies.map { remedy in
            Remedy(remedy.steps + Array(repeating: run, count: runs - 1))
        }
    }
}

/// The records of one sync that wait for each other, from a record on up to the one that waits for no other.
private struct Ancestors {
    /// The last, and the field that names it.
    private(set) var last: (field: String, id: RecordID)?
    private(set) var count = 0
    /// Whether the last is a record that is there.
    private(set) var isThere = true

    init(of record: RecordConditions, _ evidence: Evidence) {
        var seen: Set<RecordID> = [record.id]
        let parents = evidence.missingParents(on: record.side)
        var id = record.id
        while let (field, parent) = parents[id], seen.insert(parent).inserted {
            last = (field, parent)
            count += 1
            id = parent
        }
        isThere = evidence.now?.records.record(id, on: record.side) != nil
    }
}

extension Evidence {
    /// The parents of the same sync for which records wait, by the records' ids.
    fileprivate func missingParents(on side: Side) -> [RecordID: (field: String, id: RecordID)] {
        var parents: [RecordID: (field: String, id: RecordID)] = [:]
        for hold in now?.plan.holds ?? [] {
            guard case .parentNotLinked(let field, let parent, let id) = hold.reason, parent == sync.name,
                let own = hold.ids[side]
            else { continue }
            parents[own] = (field, id)
        }
        return parents
    }
}
