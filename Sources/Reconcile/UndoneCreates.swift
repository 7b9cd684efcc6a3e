import Model
import Values

// A record that was made is deleted.
extension UndoPlanner {
    mutating func undoCreate(_ write: LoggedWrite, _ id: RecordID) {
        let side = write.side
        let link = inputs.links.find(id, on: side)
        // It is gone, as it is to be.
        guard let number = link.map({ records[side].number(of: $0) }) ?? records[side].number(of: id) else {
            return leaveGone(write, id, nil)
        }
        guard inputs.capabilities[side].canDelete else { return leave(write, id, .cannot(.delete)) }
        guard let record = record(number, side) else { return leave(write, id, .unreadable) }
        if let edited = edited(record, write) { return leave(write, id, .recordEdited(fields: edited)) }
        let partner = link.map { inputs.links.id($0, side.other) } ?? write.ids[side.other]
        if let link, let number = records[side.other].number(of: link) { pass(number, side.other) }
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[side] = record.fingerprint
        let values = planner.rules.map { (try? $0.read(record.object, on: side)) ?? .null }
        planner.plan.operations.append(
            Operation(
                verb: .delete, side: side, link: Int32(link ?? -1), target: planner.plan.intern(id),
                source: partner.map { planner.plan.intern($0) } ?? Self.nobody, fingerprints: fingerprints,
                base: link.map { planner.encode(base(of: $0)) } ?? .empty,
                fieldSet: planner.fieldSet(Array(planner.rules.indices)), before: planner.encode(list: values),
                record: planner.readers[side].snapshot.whole(number).map { planner.encode($0) } ?? .empty,
                bond: link == nil ? .lone : .parting))
    }

    static let nobody = IDRange(range: .empty, kind: .text)

    /// The fields in which a record is not what the run made; nil where it is that wholly.
    private func edited(_ record: SideRecord, _ write: LoggedWrite) -> [String]? {
        if write.stored != .none, write.stored == record.fingerprint { return nil }
        if write.bond == .lone {
            guard let made = write.record else { return [] }
            return made.object == record.object ? nil : []
        }
        let fields = planner.rules.filter { rule in
            guard let wrote = write.base?.entries[rule.number]?.values[record.side] else { return false }
            guard let now = try? rule.read(record.object, on: record.side) else { return true }
            return !rule.isSame(now, wrote, on: record.side)
        }.map(\.mapping.text)
        return fields.isEmpty && write.stored == .none ? nil : fields
    }

    /// What a record was made from is not made anew.
    private mutating func pass(_ number: Int, _ side: Side) {
        let kept = inputs.snapshots[side].kept[number]
        planner.pass(inputs.snapshots[side].id(number), kept.fingerprint, side)
    }
}
