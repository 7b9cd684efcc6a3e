package import Model
package import Values

/// What puts back what a run wrote, and what of it stays as it is.
package struct Undoing: Sendable {
    /// The writes, with what is remembered before they are made.
    package var plan: Plan
    package var leftOut: [LeftOut] = []

    /// A write of the run, or a field of it, that is not put back.
    package struct LeftOut: Sendable, Hashable {
        package var side: Side
        package var id: RecordID
        /// The field's arrow; nil for the whole record.
        package var field: String?
        package var reason: Reason
    }

    package enum Reason: Sendable, Hashable {
        /// The field no longer holds what the run wrote.
        case edited(wrote: Value, now: Value)
        /// A record that the run made is not what it made, in these fields, or in some that the run did not write.
        case recordEdited(fields: [String])
        /// The record is there no more.
        case gone
        /// A record of that id is there again.
        case back
        /// The record has no link any more.
        case notLinked
        /// The sync has no such field any more.
        case notMapped
        /// The record's bytes spell no record.
        case unreadable
        /// The collection gives new records ids of its own, so that this one cannot come back.
        case idIsAssigned
        /// The collection cannot do what would be needed.
        case cannot(WriteRequest.Verb)
    }
}

extension Planner {
    /// The links whose records and bases ``undo(_:_:)`` has to see.
    package static func links(of writes: [LoggedWrite], _ links: LinkTable) -> Set<Int> {
        Set(writes.compactMap { write in write.ids[write.side].flatMap { links.find($0, on: write.side) } })
    }

    /// Plans to put back what a run wrote: fields get their former values, records that were made are deleted, records that were
    /// deleted are made again. Both sides count as agreed as they then stand.
    package static func undo(_ writes: [LoggedWrite], _ inputs: Inputs) -> Undoing {
        var undoing = UndoPlanner(inputs)
        // Writes to the left are made first, and what those to the right leave behind takes them in.
        for side in Side.allCases {
            for write in writes where write.side == side { undoing.undo(write) }
        }
        return undoing.result()
    }
}

/// Works out what undoes a run.
struct UndoPlanner {
    private let inputs: Inputs
    private var planner: Planner
    private let records: Sides<RecordsByID>
    /// The bases of links that are undone in part by now.
    private var bases: [Int: Base] = [:]
    private var restored: [(position: Int, operation: Operation)] = []
    private var leftOut: [Undoing.LeftOut] = []

    init(_ inputs: Inputs) {
        self.inputs = inputs
        planner = Planner(inputs)
        records = inputs.snapshots.map(RecordsByID.init)
    }

    func result() -> Undoing {
        var plan = planner.plan
        plan.operations += restored.sorted { $0.position < $1.position }.map(\.operation)
        plan.greatestNumbers = planner.newIDs.map(\.greatest)
        plan.order()
        return Undoing(plan: plan, leftOut: leftOut)
    }

    mutating func undo(_ write: LoggedWrite) {
        guard let id = write.ids[write.side] else { return }
        switch write.verb {
        case .update: undoUpdate(write, id)
        case .create: undoCreate(write, id)
        case .delete: undoDelete(write, id)
        }
    }

    private mutating func leave(_ write: LoggedWrite, _ id: RecordID, _ reason: Undoing.Reason, field: String? = nil) {
        leftOut.append(Undoing.LeftOut(side: write.side, id: id, field: field, reason: reason))
    }

    private func record(_ number: Int, _ side: Side) -> SideRecord? {
        guard case .record(let record) = planner.readers[side].parse(number) else { return nil }
        return record
    }

    private func record(of link: Int, _ side: Side) -> SideRecord? {
        records[side].number(of: link).flatMap { record($0, side) }
    }

    private func base(of link: Int) -> Base {
        bases[link] ?? (try? inputs.bases.base(of: link)) ?? Base(fieldCount: planner.rules.count)
    }
}

// A field that was set gets its former value.
extension UndoPlanner {
    private mutating func undoUpdate(_ write: LoggedWrite, _ id: RecordID) {
        let side = write.side
        guard let link = inputs.links.find(id, on: side) else { return leave(write, id, .notLinked) }
        guard let number = records[side].number(of: link) else { return leave(write, id, .gone) }
        guard inputs.capabilities[side].canUpdate else { return leave(write, id, .cannot(.update)) }
        guard let record = record(number, side) else { return leave(write, id, .unreadable) }
        let other = self.record(of: link, side.other)
        // Whatever the system made of what it was given: nobody has touched it since.
        let isUntouched = write.stored != .none && write.stored == record.fingerprint
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
        bases[link] = base
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[side] = record.fingerprint
        planner.plan.operations.append(
            Operation(
                verb: .update, side: side, link: Int32(link), target: planner.plan.intern(id),
                source: planner.plan.intern(inputs.links.id(link, side.other)), fingerprints: fingerprints,
                base: planner.encode(base), fieldSet: planner.fieldSet(fields), before: planner.encode(list: before),
                settles: false))
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

// A record that was made is deleted.
extension UndoPlanner {
    private mutating func undoCreate(_ write: LoggedWrite, _ id: RecordID) {
        let side = write.side
        let link = inputs.links.find(id, on: side)
        // It is gone, as it is to be.
        guard let number = link.map({ records[side].number(of: $0) }) ?? records[side].number(of: id) else { return }
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

    private static let nobody = IDRange(range: .empty, kind: .text)

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

// A record that was deleted is made again.
extension UndoPlanner {
    private mutating func undoDelete(_ write: LoggedWrite, _ id: RecordID) {
        let side = write.side
        let link = inputs.links.find(id, on: side)
        if let number = link.map({ records[side].number(of: $0) }) ?? records[side].number(of: id) {
            let isAsItWas = record(number, side).map { $0.object == write.record?.object } ?? false
            if !isAsItWas { leave(write, id, .back) }
            return
        }
        guard link == nil else { return leave(write, id, .gone) }
        guard inputs.capabilities[side].canCreate else { return leave(write, id, .cannot(.create)) }
        if case .assigned = inputs.capabilities[side].newIDs { return leave(write, id, .idIsAssigned) }
        let record = write.record ?? mapped(write)
        var operation = Operation(
            verb: .create, side: side, target: planner.plan.intern(id), source: Self.nobody,
            fingerprints: Sides(left: .none, right: .none), fieldSet: planner.fieldSet([]), settles: false,
            record: planner.encode(record), bond: .lone)
        if write.bond == .parting, let base = write.base, let partner = write.ids[side.other],
            let number = records[side.other].number(of: partner), inputs.links.find(partner, on: side.other) == nil
        {
            operation.bond = .linked
            operation.source = planner.plan.intern(partner)
            operation.base = planner.encode(base)
            operation.fingerprints[side.other] = inputs.snapshots[side.other].kept[number].fingerprint
        }
        restored.append((record.position ?? .max, operation))
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

/// Finds the kept records of a snapshot.
struct RecordsByID {
    private var byLink: [Int: Int] = [:]
    private var unlinked: IDIndex
    private var numbers: [Int]

    init(_ snapshot: Snapshot) {
        for (number, record) in snapshot.kept.enumerated() where record.link >= 0 {
            byLink[Int(record.link)] = number
        }
        unlinked = snapshot.unlinkedIDs()
        numbers = snapshot.kept.indices.filter { snapshot.kept[$0].link < 0 }
    }

    /// The number of a link's record, where it is there and was kept.
    func number(of link: Int) -> Int? { byLink[link] }

    /// The number of a record that has no link.
    func number(of id: RecordID) -> Int? { unlinked.find(id).map { numbers[$0] } }
}
