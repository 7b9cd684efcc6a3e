import Values

extension CollectionDefinition {
    /// What a definition says of the fields of the collection.
    ///
    /// - Parameter names: those that a look-up has; none where it was not asked for.
    package func schema(names: (String) -> [String] = { _ in [] }) -> CollectionSchema {
        let fields = fields.map { field in
            SchemaField(
                field.name, field.lookup != nil && field.type == .int ? .text : field.type,
                isRequired: field.isRequired, isReadOnly: field.isReadOnly, maximumLength: field.maximumLength,
                choices: field.choices.isEmpty ? (field.lookup.map(names) ?? []).map(Value.text) : field.choices)
        }
        return CollectionSchema(origin: .declared, values: .any, isClosed: isClosed, fields: SchemaFields(fields))
    }
}
