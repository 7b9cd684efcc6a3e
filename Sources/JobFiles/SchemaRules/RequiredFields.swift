import CEL
import Diagnostics
import Model
import Values

extension SchemaRule {
    /// Where new records may be made, something sets each field that they must have.
    static let requiredFields = SchemaRule { sync, findings in
        for side in Side.allCases where sync.creates(on: side) {
            guard let known = sync.sides[side] else { continue }
            let written = sync.sync.fields.filter { sync.flows($0, to: side) && $0.when?.content != .update }.compactMap
            {
                sync.texts.path($0.arrow.ends[side])
            }
            for path in missing(known.schema.fields, [], written) {
                let shown = FieldName.path(path)
                findings.add(
                    .requiredField,
                    "nothing sets '\(shown)' of \(known.name.content), which a new record must have",
                    at: known.name.place, hint: "add an arrow that writes it, or 'creates: \(without(side, sync))'")
            }
        }
    }

    /// The required fields that are not written; those of an object only where it must be there, or is made for another field of it.
    private static func missing(_ fields: SchemaFields, _ path: [String], _ written: [FieldPath]) -> [[String]] {
        fields.list.flatMap { field -> [[String]] in
            let own = path + [field.name]
            let steps = own.map(TextKey.init)
            if written.contains(where: { steps.starts(with: $0.steps) }) { return [] }
            let isBegun = written.contains { $0.steps.starts(with: steps) }
            guard isBegun || (field.isRequired && !field.isReadOnly) else { return [] }
            let inner = missing(field.fields, own, written)
            return isBegun || !inner.isEmpty ? inner : [own]
        }
    }

    private static func without(_ side: Side, _ sync: KnownSync) -> String {
        sync.creates(on: side.other) ? side.other.rawValue : "none"
    }

    /// Nothing writes a field that only the system sets.
    static let readOnlyFields = SchemaRule { sync, findings in
        for side in Side.allCases {
            guard let known = sync.sides[side] else { continue }
            for field in sync.sync.fields where sync.flows(field, to: side) {
                let text = field.arrow.ends[side]
                guard let path = sync.texts.path(text), known.schema.field(at: path)?.isReadOnly == true else {
                    continue
                }
                let arrow = side == .left ? "->" : "<-"
                findings.add(
                    .readOnlyField, "'\(path)' of \(known.name.content) is read-only, and this arrow writes it",
                    at: text.place, hint: field.arrow.flow == .both ? "write '\(arrow)'" : nil)
            }
            for row in sync.sync.archive?.rows[side] ?? [] {
                guard let text = row.path, let path = sync.texts.path(text),
                    known.schema.field(at: path)?.isReadOnly == true
                else { continue }
                findings.add(
                    .readOnlyField, "'\(path)' of \(known.name.content) is read-only, and 'archive' writes it",
                    at: text.place)
            }
        }
    }
}
