package import Model
package import Values

/// A collection under test, and what is needed to make records in it.
package struct ConnectorSubject: Sendable {
    package var endpoint: any Endpoint
    package var schema: CollectionSchema
    /// Values of fields: of those that a new record must have, where the schema does not tell what they may hold, and of any others.
    package var given: [TextKey: Value]
    /// The same collection, read in pages of so many records; nil where the system alone decides how many a page has.
    package var smallPages: (endpoint: any Endpoint, size: Int)?
    /// The same collection, asked with credentials that nobody has; nil where none are needed.
    package var stranger: (any Endpoint)?
    /// The collection that these records belong to, and the field that has the other's id.
    package var parent: Parent?
    /// How far a reading by changes goes back behind what was read.
    package var overlap = Duration.zero
    /// Whether a reading by changes tells what was removed.
    package var tellsOfDeletes = false
    /// Whether each record stands for a file: systems have names of files as their disks can have them.
    package var hasFiles = false
    /// Lets time pass.
    package var wait: @Sendable (Duration) async -> Void
    /// Begins the names of what is made, so that people see where it comes from.
    package var mark: String

    package struct Parent: Sendable {
        package var field: String
        /// Makes what the records under test belong to.
        package var subject: @Sendable () -> ConnectorSubject

        package init(field: String, subject: @escaping @Sendable () -> ConnectorSubject) {
            self.field = field
            self.subject = subject
        }
    }

    package init(
        _ endpoint: any Endpoint, _ schema: CollectionSchema, given: [TextKey: Value] = [:], mark: String,
        wait: @escaping @Sendable (Duration) async -> Void
    ) {
        self.endpoint = endpoint
        self.schema = schema
        self.given = given
        self.mark = mark
        self.wait = wait
    }
}

extension ConnectorSubject {
    /// Begins the keys of creates: letters and digits.
    var keyMark: String { mark.filter { $0.isLetter || $0.isNumber } }

    /// Whether tests may set a field as they like.
    func isFree(_ field: SchemaField) -> Bool {
        !field.isReadOnly && given[TextKey(field.name)] == nil && field.name != parent?.field
            && !endpoint.capabilities.idFields.contains(FieldPath(field.name))
    }

    /// The text that tells records apart: of those that may hold any, the first that a record must have.
    var nameField: SchemaField? {
        let texts = schema.fields.list.filter {
            isFree($0) && ($0.type == .text || $0.type == .any) && $0.choices.isEmpty && $0.format == nil
        }
        return texts.first(where: \.isRequired) ?? texts.first
    }

    /// What a new record must have beside its name.
    ///
    /// - Parameter samples: records that are there: what theirs hold may be held again.
    /// - Throws: where it cannot be known what a field may hold.
    func required(_ samples: [Object]) throws -> [(path: FieldPath, value: Value)] {
        let name = nameField?.name
        return try schema.fields.list.compactMap { field in
            let path = FieldPath(field.name)
            if let value = given[TextKey(field.name)] { return (path, value) }
            guard field.isRequired, !field.isReadOnly, field.name != name, field.name != parent?.field else {
                return nil
            }
            if let choice = field.choices.first { return (path, choice) }
            if let value = samples.lazy.compactMap({ $0[field.name] }).first(where: { !$0.isEmpty }) {
                return (path, value)
            }
            guard field.type == .text else {
                throw ConnectorClause.Breach(
                    "'\(field.name)' is required: give it a value with --set \(field.name)=VALUE")
            }
            return (path, .text(mark))
        }
    }
}
