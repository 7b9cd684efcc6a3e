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
    private let idFields: Sides<[FieldPath]>

    package init(_ sync: Sync, _ capabilities: Sides<Capabilities>) {
        let forms = capabilities.map(\.values)
        rules = sync.fields.enumerated().map { FieldRule($1, number: $0, direction: sync.direction, forms: forms) }
        idFields = capabilities.map(\.idFields)
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

    package init(ids: Sides<RecordID>, side: Side, fields: [String]) {
        self.ids = ids
        self.side = side
        self.fields = fields
    }
}

extension Planner {
    /// Holds the records of creates of which it cannot be told whether they took effect: nothing is made of them, nor paired with
    /// them, since either may be wrong. Nor is anything made for what has the key of one.
    mutating func setAsideOpenCreates(_ unlinked: inout Sides<[Int]>) {
        guard !inputs.openCreates.isEmpty else { return }
        for create in inputs.openCreates {
            plan.holds.append(
                hold(create.ids.map(Optional.some), .createInDoubt(side: create.side, fields: create.fields)))
        }
        for side in Side.allCases {
            let held = Set(inputs.openCreates.map { $0.ids[side].key.utf8.map(\.self) })
            let snapshot = readers[side].snapshot
            setAside[side] = unlinked[side].filter { held.contains(snapshot.withKey($0) { Array($0) }) }
            let aside = Set(setAside[side])
            unlinked[side].removeAll(where: aside.contains)
        }
    }
}
