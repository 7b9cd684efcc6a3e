import Diagnostics
import Model
import Reconcile
import StateStore
import Values

/// Finds the record that somebody means: by its id, or by a text that stands in it.
struct RecordSearch {
    let evidence: Evidence

    /// Among so many ids the nearest is looked for.
    private static let mostNames = 20_000

    init(_ evidence: Evidence) { self.evidence = evidence }

    /// The links whose records the name may mean.
    func links(of name: String) -> Set<Int> {
        let name = RecordName(name)
        return Set(Side.allCases.compactMap { side in name.id(on: side).flatMap { evidence.links.find($0, on: side) } })
    }

    /// The records that are meant, each pair once.
    func find(_ text: String, most: Int) -> [(side: Side, id: RecordID)] {
        let name = RecordName(text)
        var found = Side.allCases.compactMap { side in
            name.id(on: side).flatMap { known($0, on: side) }.map { (side: side, id: $0) }
        }
        if found.isEmpty, let now = evidence.now {
            found = Side.allCases.flatMap { side in
                now.records.ids(with: text, on: side, most: most).map { (side: side, id: $0) }
            }
        }
        var links: Set<Int> = []
        return found.filter { side, id in
            guard let link = evidence.links.find(id, on: side) else { return true }
            return links.insert(link).inserted
        }
    }

    /// The id as the side, or what is remembered, has it.
    private func known(_ id: RecordID, on side: Side) -> RecordID? {
        if let link = evidence.links.find(id, on: side) { return evidence.links.id(link, side) }
        if let now = evidence.now, let record = now.records.record(id, on: side) { return record.id }
        let unread = evidence.now?.inputs.snapshots[side].unreadable ?? []
        if unread.contains(where: { $0.id == id }) { return id }
        return evidence.queue.contains { $0.ids[side] == id.key } ? id : nil
    }

    func unknown(_ text: String) -> Condition {
        let name = RecordName(text)
        var names = evidence.queue.flatMap { [$0.ids.left, $0.ids.right] }.compactMap { $0 }
        for side in Side.allCases where name.id(on: side) != nil {
            names += evidence.links.numbers.lazy.filter { !evidence.links.isRemoved($0) }.prefix(Self.mostNames)
                .map { evidence.links.id($0, side).key }
            if let snapshot = evidence.now?.inputs.snapshots[side] {
                names += snapshot.kept.indices.prefix(Self.mostNames).map { snapshot.id($0).key }
            }
        }
        let sync = "\(evidence.sync.name)"
        let side = name.side.map { "\($0):" } ?? ""
        let nearest = nearestName(to: name.key, in: names)
        let reach = evidence.now == nil ? ", as far as the last run tells" : " on either side"
        var condition = Condition(
            .hold, .unknownID, "no record '\(text)' is known\(reach)",
            evidence: nearest.map { ["the nearest id is \($0)"] } ?? [],
            remedies: nearest.map { [.command("why", sync, side + $0)] }
                ?? (evidence.now == nil ? [.command("why", sync, text, "--live")] : []))
        for side in Side.allCases where name.id(on: side) != nil {
            guard let snapshot = evidence.now?.inputs.snapshots[side] else { continue }
            let rows = UnreadRows(snapshot)
            if rows.isEmpty { continue }
            condition.evidence += rows.evidence(on: side)
            condition.remedies.insert(Remedy(rows.mend, .command(["run", sync, "--now"])), at: 0)
        }
        return condition
    }

    func several(_ text: String, _ found: [(side: Side, id: RecordID)]) -> Condition {
        Condition(
            .hold, .severalRecords, "'\(text)' may mean several records",
            remedies: found.map { .command("why", "\(evidence.sync.name)", "\($0.side):\($0.id.key)") })
    }
}
