package import Model
import Values

/// A field that no record of a side has, among those that were read.
package struct MissingField: Sendable {
    package var side: Side
    /// The number of the field in the sync.
    package var field: Int
    /// How many links held a value in it, among those whose records were read.
    package var had: Int
    /// Whether any link has a base for it: it was met before.
    package var isKnown: Bool
}

extension Planner {
    /// The fields that are read on a side and that no record has there which was read: absent, and not null. Of a collection that knows
    /// its fields there are none. Of one that is said to have them, and may leave out what is empty, there are those that were met before.
    package static func missingFields(_ inputs: Inputs) -> [MissingField] {
        Side.allCases.flatMap { side -> [MissingField] in
            let snapshot = inputs.snapshots[side]
            guard snapshot.fieldNames == nil, snapshot.isOfAll, !snapshot.kept.isEmpty else { return [] }
            let absent = absentFields(of: side, inputs)
            if absent.isEmpty { return [] }
            return count(absent, side, inputs).filter { $0.isKnown || !isUnmet($0, snapshot, inputs) }
        }
    }

    /// Looks at records until each field has been seen, which mostly takes one.
    private static func absentFields(of side: Side, _ inputs: Inputs) -> [Int] {
        var open = inputs.sync.fields.indices.filter { number in
            let mapping = inputs.sync.fields[number]
            return mapping.path(on: side) != nil && mapping.flow.goes(to: side.other)
                && inputs.sync.direction.writes(to: side.other)
        }
        let snapshot = inputs.snapshots[side]
        for number in snapshot.kept.indices {
            if open.isEmpty { return [] }
            guard let object = try? snapshot.decode(number) else { continue }
            open.removeAll { field in
                guard let path = inputs.sync.fields[field].path(on: side) else { return true }
                guard let value = object.value(at: path) else { return false }
                return value != .null || !snapshot.unmetFields.contains(path.steps[0])
            }
        }
        return open
    }

    private static func isUnmet(_ field: MissingField, _ snapshot: Snapshot, _ inputs: Inputs) -> Bool {
        inputs.sync.fields[field.field].path(on: field.side).map { snapshot.unmetFields.contains($0.steps[0]) } ?? false
    }

    private static func count(_ absent: [Int], _ side: Side, _ inputs: Inputs) -> [MissingField] {
        var missing = absent.map { MissingField(side: side, field: $0, had: 0, isKnown: false) }
        for record in inputs.snapshots[side].kept where record.link >= 0 {
            guard let base = try? inputs.bases.base(of: Int(record.link)) else { continue }
            for at in missing.indices {
                guard let entry = base.entries[missing[at].field] else { continue }
                missing[at].isKnown = true
                if !entry.values[side].isEmpty { missing[at].had += 1 }
            }
        }
        return missing
    }
}
