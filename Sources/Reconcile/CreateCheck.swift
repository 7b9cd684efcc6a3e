package import Model
package import Values

/// Tells whether a record is the one that a run that died was about to make: not by its id alone, which someone else's may have.
package struct CreateCheck: Sendable {
    package enum Verdict: Sendable, Hashable {
        /// It holds all that was to be written.
        case ours
        /// It holds nothing of it.
        case another
        /// It holds some of it. These fields, as arrows, are not as they were to be.
        case unclear(fields: [String])
    }

    private let rules: [FieldRule]
    private let match: [MatchRule]
    private let idFields: Sides<[FieldPath]>

    package init(_ sync: Sync, _ capabilities: Sides<Capabilities>) {
        let forms = capabilities.map(\.values)
        rules = sync.fields.enumerated().map { FieldRule($1, number: $0, direction: sync.direction, forms: forms) }
        idFields = capabilities.map(\.idFields)
        match = sync.match
    }

    /// - Parameters:
    ///   - record: what stands under the id; nil where it cannot be read.
    ///   - base: what both records were to hold.
    package func verdict(of record: Object?, on side: Side, intended base: Base?) -> Verdict {
        guard let base, let record else { return .unclear(fields: rules.map(\.mapping.text)) }
        let fields = rules.filter { rule in
            guard rule.flows(to: side), let path = rule.paths[side], !idFields[side].contains(path) else {
                return false
            }
            return !(base.entries[rule.number]?.values[side].isBlank ?? true)
        }
        let different = fields.filter { rule in
            guard let intended = base.entries[rule.number]?.values[side], let now = try? rule.read(record, on: side)
            else { return true }
            return !rule.isSame(now, intended, on: side)
        }
        if different.isEmpty { return .ours }
        return different.count == fields.count ? .another : .unclear(fields: different.map(\.mapping.text))
    }
}

/// A create of a run that died of which it cannot be told whether it took effect.
package struct OpenCreate: Sendable {
    /// The ids of its source, and of the record that it was to make.
    package var ids: Sides<RecordID>
    /// The side on which the record was to be made.
    package var side: Side
    /// The fields that are not as they were to be, as arrows.
    package var fields: [String]
    /// Where only its side knows the id of the record: those that it may be.
    package var candidates: [RecordID] = []
    /// Where its side knows what it was asked for under a key: how it is asked again.
    package var again: CreateAgain?

    package init(ids: Sides<RecordID>, side: Side, fields: [String] = []) {
        self.ids = ids
        self.side = side
        self.fields = fields
    }

    fileprivate var reason: Hold.Reason {
        ids[side].isAssigned
            ? .createInDoubt(side: side, fields: fields) : .madeInDoubt(side: side, candidates: candidates)
    }

    /// The records that it concerns: its source, and those that it may have made.
    fileprivate func records(on side: Side) -> [RecordID] {
        side == self.side && !ids[side].isAssigned ? candidates : [ids[side]]
    }
}

/// A create as it was asked for before.
package struct CreateAgain: Sendable {
    package var base: Base
    /// The numbers of the fields that it sets.
    package var fields: [Int]
    package var key: String
    /// Of an undo, the whole record that it makes again; and whether that gets no link.
    package var record: WholeRecord?
    package var isLone: Bool

    package init(base: Base, fields: [Int], key: String, record: WholeRecord? = nil, isLone: Bool = false) {
        self.base = base
        self.fields = fields
        self.key = key
        self.record = record
        self.isLone = isLone
    }
}

/// Among the records of a side that have no link, the one that a run that died was about to make.
package enum FoundCreate: Sendable, Hashable {
    /// None holds anything of what was to be written: it was not made.
    case none
    /// One, and no other, holds all of it; by its place among those that were looked at.
    case one(Int)
    /// Those that may be it.
    case unclear([Int])
}

extension CreateCheck {
    /// Looks for the record of a create whose id only its side knows.
    ///
    /// - Parameters:
    ///   - records: those of the side that have no link; nil for one that cannot be read.
    ///   - base: what both records were to hold.
    package func find(among records: [Object?], on side: Side, intended base: Base?) -> FoundCreate {
        var whole: [Int] = []
        var alike: [Int] = []
        let keys = base.map { matchKeys(of: $0, on: side) } ?? []
        for (at, record) in records.enumerated() {
            switch verdict(of: record, on: side, intended: base) {
            case .ours: whole.append(at)
            case .unclear: alike.append(at)
            case .another:
                guard let record, zip(match, keys).contains(where: { $1 != nil && $0.key(of: record, on: side) == $1 })
                else { continue }
                alike.append(at)
            }
        }
        if whole.count == 1 { return .one(whole[0]) }
        return whole.isEmpty && alike.isEmpty ? .none : .unclear(whole + alike)
    }

    /// The match keys that the record would have.
    private func matchKeys(of base: Base, on side: Side) -> [TextKey?] {
        var record = Object()
        for rule in rules {
            guard let path = rule.paths[side], let value = base.entries[rule.number]?.values[side] else { continue }
            record.set(rule.written(value, on: side), at: path)
        }
        return match.map { $0.key(of: record, on: side) }
    }
}

extension Planner {
    /// Holds the records of creates of which it cannot be told whether they took effect: nothing is made of them, nor paired with
    /// them, since either may be wrong. Nor is anything made for what has the key of one.
    mutating func setAsideOpenCreates(_ unlinked: inout Sides<[Int]>) {
        guard !inputs.openCreates.isEmpty else { return }
        for create in inputs.openCreates {
            if let again = create.again {
                if inputs.only?.holds(create.ids.map(Optional.some)) ?? true { ask(again, create) }
            } else {
                plan.holds.append(hold(create.ids.map { $0.isAssigned ? $0 : nil }, create.reason))
            }
        }
        for side in Side.allCases {
            let held = Set(inputs.openCreates.flatMap { $0.records(on: side) }.map { $0.key.utf8.map(\.self) })
            let snapshot = readers[side].snapshot
            setAside[side] = unlinked[side].filter { held.contains(snapshot.withKey($0) { Array($0) }) }
            let aside = Set(setAside[side])
            unlinked[side].removeAll(where: aside.contains)
        }
    }
    /// Asks for a create once more, as it was asked for before. What its source became since follows in the next run.
    private mutating func ask(_ again: CreateAgain, _ create: OpenCreate) {
        if !again.isLone { links.add(create.ids) }
        let source = create.side.other
        plan.askedAgain[source][create.ids[source]] = again.key
        plan.operations.append(
            Operation(
                verb: .create, side: create.side, target: plan.intern(.unassigned),
                source: plan.intern(create.ids[source]),
                fingerprints: Sides(left: .none, right: .none), base: encode(again.base),
                fieldSet: fieldSet(again.fields), settles: false, record: again.record.map { encode($0) } ?? .empty,
                bond: again.isLone ? .lone : .linked))
    }
}
