import Model
import Values

extension Planner {
    enum Creation {
        case made
        /// It waits for a record of its own collection.
        case waits(for: RecordID, Hold.Reason, rule: Int)
        /// It is held, and that is noted.
        case passed
    }

    /// The fields of a record that is to be made.
    private struct Draft {
        var base: Base
        var fields: [Int] = []
        /// What is set of the fields that make the new record's id.
        var id: [(path: FieldPath, value: Value)] = []
        /// Whether the new record will have something to say to its source, which the next run carries over.
        var speaksBack = false

        init(fieldCount: Int) {
            base = Base(fieldCount: fieldCount)
            fields.reserveCapacity(fieldCount)
        }
    }

    /// Plans a record on the other side.
    mutating func create(_ record: SideRecord) -> Creation {
        let side = record.side.other
        var draft = Draft(fieldCount: rules.count)
        var failing: FieldRule?
        do {
            for rule in rules {
                failing = rule
                try fill(&draft, rule, record)
            }
            failing = nil
            let id = try newIDs[side].id(for: draft.id)
            draft.speaksBack = draft.speaksBack || isNews(id, draft, to: record.side)
            add(draft, record, id: id, on: side)
            return .made
        } catch {
            if case .parentNotLinked(_, let sync, let parent) = error, sync == inputs.sync.name, let failing {
                return .waits(for: parent, error, rule: failing.number)
            }
            plan.holds.append(hold(ids(record.id, record.side), error, failing))
            return .passed
        }
    }

    private func fill(_ draft: inout Draft, _ rule: FieldRule, _ record: SideRecord) throws(Hold.Reason) {
        let side = record.side.other
        guard rule.flows(to: side) else {
            draft.speaksBack = draft.speaksBack || rule.flows(to: record.side)
            return
        }
        let value = try rule.read(record.object, on: record.side)
        var values = Sides<Value>(left: value, right: value)
        values[side] = rule.stored(.null, on: side)
        if rule.mapping.when != .update,
            case .value(let translated) = try rule.translate(value, to: side, record: record.object, links: links),
            rule.hasPath[side]
        {
            values[side] = translated
            // A blank id is none: the record gets one of its own.
            let idPath = idPaths[side][rule.number]
            if translated != .null, idPath == nil || !translated.isBlank { draft.fields.append(rule.number) }
            if let idPath { draft.id.append((idPath, translated)) }
        }
        draft.base.entries[rule.number] = Base.Entry(values)
    }

    /// Whether the new record has an id that its source could not say, and that a field carries back.
    private func isNews(_ id: RecordID, _ draft: Draft, to source: Side) -> Bool {
        let fields = inputs.capabilities[source.other].idFields
        guard fields.count == 1, draft.id.contains(where: { $0.value.isBlank }) else { return false }
        return rules.contains { $0.flows(to: source) && idPaths[source.other][$0.number] != nil }
    }

    private mutating func add(_ draft: Draft, _ record: SideRecord, id: RecordID, on side: Side) {
        var ids = Sides(left: record.id, right: record.id)
        ids[side] = id
        links.add(ids)
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[record.side] = record.fingerprint
        plan.operations.append(
            Operation(
                verb: .create, side: side, target: plan.intern(id), source: plan.intern(record.id),
                fingerprints: fingerprints, base: encode(draft.base), fieldSet: fieldSet(draft.fields),
                settles: !draft.speaksBack))
    }
}
