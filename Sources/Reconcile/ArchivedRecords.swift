import Model
import Values

// Records whose partner is gone or out of scope, where the job file says that they are archived.
extension Planner {
    /// Sets a record to its archived state, or leaves the link with the reason why not.
    mutating func archive(_ found: FoundLink, _ side: Side) {
        let capabilities = inputs.capabilities[side]
        let fields = inputs.sync.archive[side]
        guard inputs.sync.direction.writes(to: side) else {
            return leave(found, .held(hold(found, .notAllowed(side: side, verb: .update))))
        }
        if let id = fields.first(where: { field in capabilities.idFields.contains { $0.overlaps(field.path) } }) {
            return leave(found, .held(hold(found, .changesID(side: side, field: id.path.text))))
        }
        let object = found.sides[side].record?.object
        let open = fields.indices.filter { number in object.map { !holds($0, fields[number], side) } ?? true }
        if open.isEmpty { return rest(found, side) }
        guard capabilities.canUpdate else {
            return leave(found, .held(hold(found, .cannot(side: side, verb: .update))))
        }
        var fingerprints = restingFingerprints(found, side)
        fingerprints[side] = found.sides[side].record?.fingerprint ?? inputs.links.fingerprint(found.link, side)
        let before = open.map { object?.value(at: fields[$0].path) ?? .null }
        let ids = ids(of: found.link)
        var operation = Operation(
            verb: .update, side: side, link: Int32(found.link), target: plan.intern(ids[side]),
            source: plan.intern(ids[side.other]), fingerprints: fingerprints, base: encode(archivedBase(found, side)),
            fieldSet: fieldSet(open), before: encode(list: before))
        operation.archives = true
        if let reason = putOff(plan.key(of: operation)) { return leave(found, .held(hold(found, reason))) }
        plan.operations.append(operation)
    }

    /// Remembers that a record is archived, so that nothing more follows while its partner stays away.
    mutating func rest(_ found: FoundLink, _ archived: Side) {
        plan.skips.archived += 1
        let known = Sides(
            left: inputs.links.fingerprint(found.link, .left), right: inputs.links.fingerprint(found.link, .right))
        let fingerprints = restingFingerprints(found, archived)
        let base = known[archived] == .archived ? found.base : archivedBase(found, archived)
        if fingerprints == known, base == found.remembered, !found.endsDoubt { return }
        plan.settlements.append(
            Settlement(
                kind: .agree, link: Int32(found.link), ids: ids(of: found.link).map { plan.intern($0) },
                fingerprints: fingerprints, base: base == found.remembered ? .empty : base.map { encode($0) } ?? .empty)
        )
    }

    /// The partner of an archived record is known as it was then, so that it is looked at when it changes or comes back.
    private func restingFingerprints(_ found: FoundLink, _ archived: Side) -> Sides<Fingerprint> {
        let partner = archived.other
        var fingerprints = Sides(left: Fingerprint.archived, right: Fingerprint.archived)
        let known = inputs.links.fingerprint(found.link, partner)
        fingerprints[partner] =
            found.sides[partner].record?.fingerprint ?? (known.isOfContent && isSeen(found, partner) ? known : .frozen)
        return fingerprints
    }

    private func isSeen(_ found: FoundLink, _ side: Side) -> Bool {
        readers[side].snapshot.saw(link: found.link)
    }

    /// The base of a link once a record of it is archived. What archiving sets there is owed: the partner, when it is back, is news.
    private func archivedBase(_ found: FoundLink, _ side: Side) -> Base {
        var base = found.base ?? Base(fieldCount: rules.count)
        let fields = inputs.sync.archive[side]
        var object = found.sides[side].record?.object ?? Object()
        for field in fields { object.set(field.written(inputs.capabilities[side].values), at: field.path) }
        for rule in rules where rule.flows(to: side) && base.entries[rule.number] != nil {
            guard let path = rule.paths[side], fields.contains(where: { $0.path.overlaps(path) }),
                let value = try? rule.read(object, on: side)
            else { continue }
            base.entries[rule.number]?.values[side] = value
            base.entries[rule.number]?.owed = side
        }
        return base
    }

    /// The side whose record is archived as far as can be told. What a run that died wrote may have brought it back; what an undo did is
    /// not done again while its partner stays away.
    func archivedSide(_ found: FoundLink) -> Side? {
        guard let side = inputs.links.archivedSide(found.link) else { return nil }
        return !found.endsDoubt || inputs.putBack.contains(found.link) || isArchived(found, side) ? side : nil
    }

    /// Whether a record holds all that archiving it would set.
    func isArchived(_ found: FoundLink, _ side: Side) -> Bool {
        let fields = inputs.sync.archive[side]
        guard let record = found.sides[side].record, !fields.isEmpty else { return false }
        return fields.allSatisfy { holds(record.object, $0, side) }
    }

    /// The fields in which a record holds what archiving it would set.
    func archivedPaths(_ record: SideRecord) -> [FieldPath] {
        inputs.sync.archive[record.side].filter { holds(record.object, $0, record.side) }.map(\.path)
    }

    func holds(_ object: Object, _ field: ArchivedField, _ side: Side) -> Bool {
        guard let now = object.value(at: field.path) else { return false }
        return holds(now, field, side)
    }

    /// Whether a value is what setting a field makes of it.
    func holds(_ now: Value, _ field: ArchivedField, _ side: Side) -> Bool {
        let form = inputs.capabilities[side].values
        let wanted = field.written(form)
        return now.means(wanted) || (form == .text && now.isBlank && wanted.isBlank)
    }

    /// Whether an archived record is in scope once what its partner says is written.
    func isInScope(_ merged: MergedPair, _ side: Side) -> Bool {
        guard let record = merged.pair.records[side] else { return false }
        if inputs.sync.outOfScope == .follow { return true }
        let written = merged.applied(to: merged.pair.records.map { $0?.object }, rules)
        if case .inside = readers[side].scope(of: written[side] ?? record.object, record.id) { return true }
        return false
    }
}

extension ArchivedField {
    /// What is handed to an endpoint to be written.
    func written(_ form: ValueForm) -> Value {
        form == .text ? .text(ValueType.text.spell(value, format: nil)) : value
    }
}
