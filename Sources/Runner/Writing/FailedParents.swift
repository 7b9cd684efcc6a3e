import Model
import Reconcile
import StateStore
import Values

extension Run {
    /// A record whose create failed was named by others of its sync, with the id that it was to have: those that were written all the
    /// same are owed the right one, and wait for it.
    func awaitFailedParents(
        _ plan: Plan, _ journal: RunJournal, _ applied: inout Applied
    ) throws(RunFailure) {
        let fields = sync.fields.indices.filter { sync.fields[$0].link?.sync == sync.name }
        guard !fields.isEmpty, !applied.failedCreates.isEmpty else { return }
        var settling = plan
        var settlements: [Settlement] = []
        let children = plan.operations.compactMap { operation -> (operation: Operation, link: Int)? in
            guard operation.verb != .delete, fields.contains(where: plan.fieldSets[Int(operation.fieldSet)].contains)
            else { return nil }
            return link(of: operation, plan, journal).map { (operation, $0) }
        }
        let bases = try onState { () throws(StateFailure) in try journal.store.bases(of: children.map(\.link)) }
        for (operation, link) in children {
            let written = fields.filter(plan.fieldSets[Int(operation.fieldSet)].contains)
            guard var base = try? bases.base(of: link) else { continue }
            let ids = Sides<RecordID?>(
                left: journal.store.links.id(link, .left), right: journal.store.links.id(link, .right))
            var isOwed = false
            for field in written {
                guard let id = base.entries[field].flatMap({ RecordID($0.values[operation.side]) }),
                    let parent = applied.failedCreates[FailedCreate(side: operation.side, id: id)]
                else { continue }
                base.entries[field]?.owed = operation.side
                isOwed = true
                let mapping = sync.fields[field]
                applied.holds.append(
                    Hold(
                        ids: ids, reason: .parentNotLinked(field: mapping.text, sync: sync.name, id: parent),
                        place: mapping.place))
            }
            guard isOwed else { continue }
            var bytes: [UInt8] = []
            base.encode(to: &bytes)
            settlements.append(
                Settlement(
                    kind: .agree, link: Int32(link),
                    ids: Sides(
                        left: settling.intern(journal.store.links.id(link, .left)),
                        right: settling.intern(journal.store.links.id(link, .right))),
                    fingerprints: Sides(left: .none, right: .none), base: settling.arena.append(bytes)))
        }
        if settlements.isEmpty { return }
        let owed = settlements
        let source = settling
        try onState { () throws(StateFailure) in try journal.settle(owed, of: source) }
    }

    /// The link of a record that was written; nil where it was not.
    private func link(of operation: Operation, _ plan: Plan, _ journal: RunJournal) -> Int? {
        let links = journal.store.links
        if operation.verb == .create { return links.find(plan.id(operation.source), on: operation.side.other) }
        let link = Int(operation.link)
        return links.numbers.contains(link) && !links.isRemoved(link) ? link : nil
    }
}

/// A create that failed: the id that the record was to have.
struct FailedCreate: Hashable {
    var side: Side
    var id: RecordID
}
