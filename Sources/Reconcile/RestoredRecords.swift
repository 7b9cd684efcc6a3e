import Model
import Values

// Records that one side deleted and the other edited, where the job file says that the edit counts.
extension Planner {
    /// Makes a deleted record again from its partner; where that cannot be, the link is left with the reason.
    mutating func restore(_ found: FoundLink, _ deleted: Side) {
        do throws(Hold) {
            try makeAgain(found, deleted)
        } catch {
            var hold = error
            hold.ids = ids(of: found.link).map(Optional.some)
            leave(found, .held(hold))
        }
    }

    private mutating func makeAgain(_ found: FoundLink, _ deleted: Side) throws(Hold) {
        let none = Sides<RecordID?>(left: nil, right: nil)
        guard inputs.sync.creates.contains(deleted), inputs.sync.direction.writes(to: deleted) else {
            throw hold(none, .notAllowed(side: deleted, verb: .create))
        }
        guard inputs.capabilities[deleted].canCreate else {
            throw hold(none, .cannot(side: deleted, verb: .create))
        }
        guard let record = found.sides[deleted.other].record else { return }
        let draft: Draft
        switch drafter.draft(record, links, into: &plan.arena) {
        case .draft(let made): draft = made
        case .waits(_, let reason, let rule): throw hold(none, reason, rules[rule])
        case .held(let hold): throw hold
        case .outOfScope: return
        }
        let old = inputs.links.id(found.link, deleted)
        var id = draft.id ?? old
        do throws(Hold.Reason) {
            if case .assigned = inputs.capabilities[deleted].newIDs {
                id = try newIDs[deleted].id(nil)
            } else if id == old {
                try newIDs[deleted].reclaim(id)
            } else {
                _ = try newIDs[deleted].id(id)
            }
        } catch {
            throw hold(none, explained(error))
        }
        let operation = operation(draft, id, found, deleted, keepsLink: id == old)
        if let reason = putOff(plan.key(of: operation)) { throw hold(none, reason) }
        if !operation.restores {
            forget(found.link)
            var ids = Sides(left: draft.source, right: draft.source)
            ids[deleted] = id
            links.add(ids)
        }
        plan.operations.append(operation)
    }

    /// Under its old id the record takes its place in its link, so that whatever becomes of the write, there is one link and one record.
    /// Under another, as its fields say, the link ends and a new one begins.
    private mutating func operation(
        _ draft: Draft, _ id: RecordID, _ found: FoundLink, _ deleted: Side, keepsLink: Bool
    ) -> Operation {
        let (base, fields) = content(of: draft, found, deleted)
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[deleted.other] = draft.fingerprint
        return Operation(
            verb: .create, side: deleted, link: keepsLink ? Int32(found.link) : -1, target: plan.intern(id),
            source: plan.intern(draft.source), fingerprints: fingerprints, base: encode(base),
            fieldSet: fieldSet(fields.sorted()), settles: !draft.speaksBack)
    }

    /// What the partner says, and beside it what the record itself last held in fields that only it can say.
    private func content(of draft: Draft, _ found: FoundLink, _ deleted: Side) -> (base: Base, fields: [Int]) {
        let columns = rules.indices.map(Optional.some)
        let drafted = try? plan.arena.withBytes(draft.base) { (bytes) throws(Base.Failure) in
            try Base(decoding: bytes, columns: columns)
        }
        var base = drafted ?? Base(fieldCount: rules.count)
        var fields = draft.fields
        for rule in rules where base.entries[rule.number] == nil {
            guard let known = found.base?.entries[rule.number] else { continue }
            base.entries[rule.number] = known
            let isID = drafter.idPaths[deleted][rule.number] != nil
            if rule.hasPath[deleted], !isID, !known.values[deleted].isBlank { fields.append(rule.number) }
        }
        return (base, fields)
    }
}
