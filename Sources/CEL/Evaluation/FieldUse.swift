package import Values

/// A field of the record that an expression reads.
package struct FieldUse: Sendable, Hashable {
    package let path: FieldPath
    package let span: Span
    /// Whether the name stands for a type where the record has no such field: `type(x) == int`.
    package let mayBeType: Bool
}

/// All that an expression reads of its record.
package struct FieldUses: Sendable {
    /// In source order; a path that is read twice stands twice.
    package internal(set) var fields: [FieldUse] = []
    /// Whether it reads the record as a whole, or a field whose name is computed: then it may depend on any field.
    package internal(set) var readsWholeRecord = false

    /// The paths, each once, in the order of their first use.
    package var paths: [FieldPath] {
        var seen: Set<FieldPath> = []
        return fields.filter { !$0.mayBeType && seen.insert($0.path).inserted }.map(\.path)
    }

    mutating func note(_ steps: [PathStep], _ span: Span, mayBeType: Bool = false) {
        // `record` stands for the record itself, as long as the record has no field of that name.
        let names = steps.first?.name == "record" ? steps.dropFirst().map(\.name) : steps.map(\.name)
        guard !names.isEmpty else {
            readsWholeRecord = true
            return
        }
        let path = FieldPath(steps: names, text: FieldName.path(names))
        fields.append(
            FieldUse(path: path, span: span, mayBeType: mayBeType || (steps.count == 1 && steps[0].type != nil)))
    }
}
