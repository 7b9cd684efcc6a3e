import Model
import Values

// A field that was set gets its former value.
extension UndoPlanner {
    mutating func undoUpdate(_ write: LoggedWrite, _ id: RecordID) {
        let side = write.side
        guard let link = inputs.links.find(id, on: side) else { return leaveGone(write, id, .notLinked) }
        guard let number = records[side].number(of: link) else { return leave(write, id, .gone) }
        guard inputs.capabilities[side].canUpdate else { return leave(write, id, .cannot(.update)) }
        guard let record = record(number, side) else { return leave(write, id, .unreadable) }
        if write.setFields.isEmpty {
            undoFields(write, id, record, link)
        } else {
            undoArchiving(write, id, record, link)
        }
    }

    private mutating func undoFields(_ write: LoggedWrite, _ id: RecordID, _ record: SideRecord, _ link: Int) {
        let side = write.side
        let other = self.record(of: link, side.other)
        // Whatever the system made of what it was given: nobody has touched it since.
        let isUntouched = write.stored.isOfContent && write.stored == record.fingerprint
        var base = base(of: link)
        var fields: [Int] = []
        var before: [Value] = []
        for field in write.fields {
            guard let number = field.number, planner.rules[number].hasPath[side],
                let wrote = write.base?.entries[number]?.values[side]
            else {
                leave(write, id, .notMapped, field: field.arrow)
                continue
            }
            let rule = planner.rules[number]
            guard let now = try? rule.read(record.object, on: side) else {
                leave(write, id, .unreadable, field: field.arrow)
                continue
            }
            // It is as it was, whether it was put back before, or the write never took effect.
            if rule.isSame(now, field.was, on: side) { continue }
            guard isUntouched || rule.isSame(now, wrote, on: side) else {
                leave(write, id, .edited(wrote: wrote, now: now), field: field.arrow)
                continue
            }
            fields.append(number)
            before.append(now)
            base.entries[number] = entry(base.entries[number], rule, was: field.was, side, other)
        }
        if fields.isEmpty { return }
        update(record, link, base, fields, before: before)
    }

    /// Gives a record's fields what a base says.
    private mutating func update(
        _ record: SideRecord, _ link: Int, _ base: Base, _ fields: [Int], before: [Value], archives: Bool = false
    ) {
        bases[link] = base
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[record.side] = record.fingerprint
        var operation = Operation(
            verb: .update, side: record.side, link: Int32(link), target: planner.plan.intern(record.id),
            source: planner.plan.intern(inputs.links.id(link, record.side.other)), fingerprints: fingerprints,
            base: planner.encode(base), fieldSet: planner.fieldSet(fields), before: planner.encode(list: before),
            settles: false)
        operation.archives = archives
        operation.putsBack = true
        planner.plan.operations.append(operation)
    }

    /// What counts as agreed once a side has its former value: the other side as it was when both last agreed, so that an edit made
    /// there since is carried over.
    private func entry(
        _ entry: Base.Entry?, _ rule: FieldRule, was: Value, _ side: Side, _ other: SideRecord?
    ) -> Base.Entry? {
        var values = entry?.values
        if values == nil, let now = other.flatMap({ try? rule.read($0.object, on: side.other) }) {
            values = Sides(left: now, right: now)
        }
        values?[side] = was
        return values.map { Base.Entry($0) }
    }
}

// A record that was archived is what it was. Its link stays as it is, so that it is not archived again while its partner stays away.
extension UndoPlanner {
    private mutating func undoArchiving(_ write: LoggedWrite, _ id: RecordID, _ record: SideRecord, _ link: Int) {
        let side = write.side
        var object = record.object
        var fields: [Int] = []
        var before: [Value] = []
        for field in write.setFields {
            let now = record.object.value(at: field.path) ?? .null
            let was = ArchivedField(path: field.path, value: field.was, place: inputs.sync.place)
            if planner.holds(now, was, side) { continue }
            guard let wrote = wrote(field, side) else {
                leave(write, id, .notMapped, field: field.path.text)
                continue
            }
            guard planner.holds(now, wrote, side) else {
                leave(write, id, .edited(wrote: wrote.value, now: now), field: field.path.text)
                continue
            }
            fields.append(planner.plan.archive[side].count)
            planner.plan.archive[side].append(was)
            before.append(now)
            object.set(was.written(inputs.capabilities[side].values), at: field.path)
        }
        if fields.isEmpty { return }
        let paths = fields.map { planner.plan.archive[side][$0].path }
        update(record, link, base(of: link, with: object, in: paths, side), fields, before: before, archives: true)
    }

    /// What a field was set to; of an older log, what the job file says.
    private func wrote(_ field: LoggedWrite.SetField, _ side: Side) -> ArchivedField? {
        if let wrote = field.wrote {
            return ArchivedField(path: field.path, value: wrote, place: inputs.sync.place)
        }
        return inputs.sync.archive[side].first { $0.path.text.hasSameBytes(as: field.path.text) }
    }

    /// The base once a record is as it was before it was archived, or archived again: then what that sets is owed, as ever.
    private func base(of link: Int, with object: Object, in paths: [FieldPath], _ side: Side) -> Base {
        var base = base(of: link)
        let isArchived =
            inputs.links.archivedSide(link) == side
            && inputs.sync.archive[side].allSatisfy { planner.holds(object, $0, side) }
        for rule in planner.rules where rule.flows(to: side) && base.entries[rule.number] != nil {
            guard let path = rule.paths[side], paths.contains(where: { $0.overlaps(path) }),
                let value = try? rule.read(object, on: side)
            else { continue }
            base.entries[rule.number]?.values[side] = value
            base.entries[rule.number]?.owed = isArchived ? side : nil
        }
        return base
    }
}
