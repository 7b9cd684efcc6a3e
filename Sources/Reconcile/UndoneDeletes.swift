import Model
import Values

// A record that was deleted is made again.
extension UndoPlanner {
    mutating func undoDelete(_ write: LoggedWrite, _ id: RecordID) {
        let side = write.side
        let link = inputs.links.find(id, on: side)
        if let number = link.map({ records[side].number(of: $0) }) ?? records[side].number(of: id) {
            let isAsItWas = record(number, side).map { isSame($0.object, write.record?.object, side) } ?? false
            if !isAsItWas { leave(write, id, .back) }
            return
        }
        guard link == nil else { return leave(write, id, .gone) }
        guard inputs.capabilities[side].canCreate else { return leave(write, id, .cannot(.create)) }
        let record = write.record ?? mapped(write)
        var operation = Operation(
            verb: .create, side: side, target: planner.plan.intern(id), source: Self.nobody,
            fingerprints: Sides(left: .none, right: .none), fieldSet: planner.fieldSet([]), settles: false, bond: .lone)
        var base = write.base
        if write.bond == .parting, base != nil, let partner = write.ids[side.other],
            let number = records[side.other].number(of: partner), inputs.links.find(partner, on: side.other) == nil
        {
            operation.bond = .linked
            operation.source = planner.plan.intern(partner)
            operation.fingerprints[side.other] = inputs.snapshots[side.other].kept[number].fingerprint
        }
        if givesIDs(side) {
            // What a run that dies is looked for by.
            guard let partner = write.ids[side.other] else { return leave(write, id, .idIsAssigned) }
            operation.target = planner.plan.intern(.unassigned)
            operation.source = planner.plan.intern(partner)
            base = base ?? self.base(of: record, side)
            operation.fieldSet = planner.fieldSet(writtenFields(base, side))
            operation.record = planner.encode(record.underNewID(besides: ownFields(side), was: id))
        } else {
            operation.record = planner.encode(record)
        }
        if let base, operation.bond == .linked || givesIDs(side) { operation.base = planner.encode(base) }
        restored.append((record.position ?? .max, operation))
    }

    func givesIDs(_ side: Side) -> Bool {
        if case .assigned = inputs.capabilities[side].newIDs { true } else { false }
    }

    /// The fields that a system that gives ids sets itself.
    private func ownFields(_ side: Side) -> [FieldPath] {
        let capabilities = inputs.capabilities[side]
        return capabilities.idFields + [capabilities.updatedField].compactMap(\.self)
    }

    /// Whether a record is there again as it was, under whatever id.
    private func isSame(_ now: Object, _ was: Object?, _ side: Side) -> Bool {
        guard var was, givesIDs(side) else { return now == was }
        var now = now
        for path in ownFields(side) {
            now.remove(at: path)
            was.remove(at: path)
        }
        return now == was
    }

    /// What a record without a link holds, as a base has it.
    private func base(of record: WholeRecord, _ side: Side) -> Base {
        var base = Base(fieldCount: planner.rules.count)
        for rule in planner.rules where rule.hasPath[side] {
            guard let value = try? rule.read(record.object, on: side) else { continue }
            base.entries[rule.number] = Base.Entry(Sides(left: value, right: value))
        }
        return base
    }

    private func writtenFields(_ base: Base?, _ side: Side) -> [Int] {
        let ids = inputs.capabilities[side].idFields
        return planner.rules.filter { rule in
            guard rule.flows(to: side), let path = rule.paths[side], !ids.contains(path) else { return false }
            return base?.entries[rule.number] != nil
        }.map(\.number)
    }

    /// What is known of a record of which a log has the mapped fields alone.
    private func mapped(_ write: LoggedWrite) -> WholeRecord {
        var object = Object()
        for field in write.fields {
            guard let rule = field.number.map({ planner.rules[$0] }), let path = rule.paths[write.side] else {
                continue
            }
            object.set(rule.written(field.was, on: write.side), at: path)
        }
        return WholeRecord(object: object)
    }
}
