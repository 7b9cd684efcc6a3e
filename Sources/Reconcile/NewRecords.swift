import Model
import Values

extension Planner {
    enum Creation {
        case made
        /// It waits for a record of its own collection.
        case waits(for: RecordID, Hold.Reason, rule: Int)
        /// It is held or out of scope, and that is noted.
        case passed
    }

    /// Plans a record on the other side.
    mutating func create(_ drafting: Drafting, from side: Side) -> Creation {
        switch drafting {
        case .draft(let draft):
            // Nor is it known which ids are taken.
            guard inputs.snapshots[side.other].unreadable.isEmpty else {
                plan.holds.append(hold(ids(draft.source, side), .mayBeUnread(side: side.other)))
                return .passed
            }
            do {
                let id = try newIDs[side.other].id(draft.id, for: draft.source)
                let operation = operation(draft, id: id, from: side)
                if let reason = putOff(plan.key(of: operation)) {
                    plan.holds.append(hold(ids(draft.source, side), reason))
                    return .passed
                }
                add(operation, draft, id: id, from: side)
                return .made
            } catch {
                plan.holds.append(hold(ids(draft.source, side), explained(error)))
            }
        case .waits(let parent, let reason, let rule): return .waits(for: parent, reason, rule: rule)
        case .held(let hold): plan.holds.append(hold)
        case .outOfScope: plan.skips.outOfScope += 1
        }
        return .passed
    }

    /// An id that is taken by a record that the filter leaves out.
    mutating func explained(_ reason: Hold.Reason) -> Hold.Reason {
        guard case .idTaken(let side, let id) = reason, let number = newIDs[side].unlinkedRecord(id),
            case .outOfScope = readers[side].read(number)
        else { return reason }
        return .idOutOfScope(side: side, id: id)
    }

    private mutating func operation(_ draft: Draft, id: RecordID, from source: Side) -> Operation {
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[source] = draft.fingerprint
        return Operation(
            verb: .create, side: source.other, target: plan.intern(id), source: plan.intern(draft.source),
            fingerprints: fingerprints, base: draft.base, fieldSet: fieldSet(draft.fields),
            settles: !draft.speaksBack)
    }

    private mutating func add(_ operation: Operation, _ draft: Draft, id: RecordID, from source: Side) {
        var ids = Sides(left: draft.source, right: draft.source)
        ids[source.other] = id
        links.add(ids)
        plan.operations.append(operation)
    }
}
