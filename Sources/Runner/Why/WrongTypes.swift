import Model
import Reconcile
import Values

extension RecordConditions {
    /// Says which record holds what its field's type does not understand, and what is to be corrected.
    func nameWrong(_ field: String, _ condition: inout Condition) {
        guard let now = evidence.now,
            let mapping = sync.fields.first(where: { $0.text.hasSameBytes(as: field) }), let type = mapping.type
        else { return }
        for side in Side.allCases {
            guard let id = ids[side], let path = mapping.path(on: side),
                let object = now.records.record(id, on: side)?.object
            else { continue }
            let value = object.value(at: path) ?? .null
            if (try? type.convert(value, format: mapping.format)) != nil { continue }
            condition.evidence.append("'\(path.text)' of \(side) \(id.key) holds \(value.shown)")
            let correct = "correct '\(path.text)' of \(side) \(id.key): \(value.shown) is no \(type.rawValue)"
            condition.remedies.insert(Remedy(.person(correct), run), at: 0)
        }
        // That the record is to be corrected is said of the side that is wrong.
        if condition.remedies.count > 2 { condition.remedies.remove(at: condition.remedies.count - 2) }
    }
}
