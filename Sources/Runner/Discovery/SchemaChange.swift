import CEL
import Model
import Values

/// One thing in which two schemas of a collection differ.
package struct SchemaChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case added, gone, changed }

    package var kind: Kind
    /// The names from the record inwards.
    package var steps: [String]
    /// What it is, or what became of it: `text`, `int, was text`.
    package var words: String

    /// The field as expressions spell it.
    package var field: String { FieldName.path(steps) }
}

extension SchemaChange {
    /// What is different in a newer schema, by the names of the fields.
    ///
    /// - Parameter minds: whether it counts that the kind of a field is known in one alone, since no record had a value in the other.
    static func all(from old: CollectionSchema, to new: CollectionSchema, mindingUnknown minds: Bool) -> [SchemaChange]
    {
        var changes = Comparison(minds: minds).changes(old.fields, new.fields, [])
        if old.isClosed != new.isClosed {
            let words = new.isClosed ? "it has no fields but these" : "it may have other fields"
            changes.append(SchemaChange(kind: .changed, steps: [], words: words))
        }
        return changes
    }

    private struct Comparison {
        let minds: Bool

        func changes(_ old: SchemaFields, _ new: SchemaFields, _ path: [String]) -> [SchemaChange] {
            var changes: [SchemaChange] = []
            for field in (old.list + new.list.filter { old[TextKey($0.name)] == nil }).sorted(by: {
                $0.name.precedesByBytes($1.name)
            }) {
                let steps = path + [field.name]
                guard let before = old[TextKey(field.name)] else {
                    changes.append(SchemaChange(kind: .added, steps: steps, words: field.type.rawValue))
                    continue
                }
                guard let after = new[TextKey(field.name)] else {
                    changes.append(SchemaChange(kind: .gone, steps: steps, words: field.type.rawValue))
                    continue
                }
                changes += differences(before, after).map { SchemaChange(kind: .changed, steps: steps, words: $0) }
                // What is inside is compared where both know it.
                if before.fields.isEmpty || after.fields.isEmpty, !minds { continue }
                changes += self.changes(before.fields, after.fields, steps)
            }
            return changes
        }

        private func differences(_ old: SchemaField, _ new: SchemaField) -> [String] {
            var words: [String] = []
            let isKnown = old.type != .any && new.type != .any
            if old.type != new.type, minds || isKnown { words.append("\(new.type.rawValue), was \(old.type.rawValue)") }
            if old.isRequired != new.isRequired { words.append(new.isRequired ? "required" : "no longer required") }
            if old.isReadOnly != new.isReadOnly { words.append(new.isReadOnly ? "read-only" : "no longer read-only") }
            if old.maximumLength != new.maximumLength { words.append(length(old.maximumLength, new.maximumLength)) }
            if Set(old.choices) != Set(new.choices) { words.append(choices(old.choices, new.choices)) }
            return words
        }

        private func length(_ old: Int?, _ new: Int?) -> String {
            switch (old, new) {
            case (let old?, let new?): "at most \(new) characters, was \(old)"
            case (nil, let new?): "at most \(new) characters"
            default: "of any length"
            }
        }

        private func choices(_ old: [Value], _ new: [Value]) -> String {
            func list(_ values: [Value]) -> String {
                values.map { "'\(ValueTable.spelling(of: $0) ?? $0.kind)'" }.joined(separator: ", ")
            }
            if new.isEmpty { return "no longer bound to choices" }
            let added = new.filter { !old.contains($0) }
            let gone = old.filter { !new.contains($0) }
            let parts = [
                added.isEmpty ? nil : "new choices \(list(added))", gone.isEmpty ? nil : "without \(list(gone))",
            ]
            return parts.compactMap { $0 }.joined(separator: ", ")
        }
    }
}

extension CollectionSchema {
    /// The schema with what a person wrote into an older one that was sampled: records do not show what is required, read-only, or how
    /// long a text may be.
    func keeping(_ old: CollectionSchema) -> CollectionSchema {
        guard !isDeclared, !old.isDeclared else { return self }
        var kept = self
        kept.fields = SchemaFields(Self.keeping(old.fields, in: fields))
        return kept
    }

    private static func keeping(_ old: SchemaFields, in new: SchemaFields) -> [SchemaField] {
        new.list.map { field in
            guard let before = old[TextKey(field.name)] else { return field }
            var field = field
            field.isRequired = before.isRequired
            field.isReadOnly = before.isReadOnly
            field.maximumLength = before.maximumLength
            field.choices = before.choices
            field.format = before.format
            field.fields = SchemaFields(keeping(before.fields, in: field.fields))
            return field
        }
    }
}
