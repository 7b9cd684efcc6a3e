package import Values

/// What is known of the records of a collection without reading them: which fields there are, and what each can hold.
///
/// It holds nothing of what stands in records: choices are those that a system declares, never values that were met.
package struct CollectionSchema: Sendable {
    package enum Origin: Sendable, Hashable {
        /// The system says so of itself.
        case declared
        /// Found by looking at so many records, spread over the collection.
        case sampled(records: Int)
    }

    package var origin: Origin
    /// Which values its records can hold: where that is text alone, a field's type is what its text spells.
    package var values: ValueForm
    /// Whether there are no fields but these: the head of a CSV file, the columns of a table.
    package var isClosed: Bool
    package var fields: SchemaFields

    package init(origin: Origin, values: ValueForm, isClosed: Bool, fields: SchemaFields) {
        self.origin = origin
        self.values = values
        self.isClosed = isClosed
        self.fields = fields
    }

    package var isDeclared: Bool { origin == .declared }
}

/// What a field can hold. Of a collection of text, what its texts spell.
package enum FieldType: String, Sendable, CaseIterable {
    case text, int, decimal, bool, date, timestamp, list, object
    /// Nothing is known, or values of several kinds were met.
    case any
}

/// One field of a collection, or of an object within its records.
package struct SchemaField: Sendable {
    package var name: String
    package var type: FieldType
    /// Whether a new record must have it.
    package var isRequired: Bool
    /// Whether only the system sets it.
    package var isReadOnly: Bool
    /// How many Unicode scalars a text may have.
    package var maximumLength: Int?
    /// What it may hold, where that is declared; empty where it may hold anything of its type.
    package var choices: [Value]
    /// What its text looks like, in the words of JSON Schema: `email`, `uuid`.
    package var format: String?
    /// The fields of an object; none where they are not known.
    package var fields: SchemaFields

    package init(
        _ name: String, _ type: FieldType, isRequired: Bool = false, isReadOnly: Bool = false,
        maximumLength: Int? = nil, choices: [Value] = [], format: String? = nil,
        fields: SchemaFields = SchemaFields([])
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.isReadOnly = isReadOnly
        self.maximumLength = maximumLength
        self.choices = choices
        self.format = format
        self.fields = fields
    }
}

/// Fields in their order, found by their names; of a name that stands twice the first counts.
package struct SchemaFields: Sendable {
    package let list: [SchemaField]
    private let positions: [TextKey: Int]

    package init(_ list: [SchemaField]) {
        self.list = list
        positions = Dictionary(
            list.enumerated().map { (TextKey($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    }

    package var names: [String] { list.map(\.name) }
    package var isEmpty: Bool { list.isEmpty }

    package subscript(name: TextKey) -> SchemaField? { positions[name].map { list[$0] } }
}

extension CollectionSchema {
    /// What a schema knows of a path.
    package enum Found: Sendable {
        case field(SchemaField)
        /// Nothing speaks against it: it lies inside something whose fields are not known.
        case open
        /// There is no such field; `steps` is how many steps of the path lead up to the one that is missing.
        case unknown(steps: Int, among: SchemaFields)
        /// A step leads through a field that holds no object.
        case through(SchemaField)
    }

    package func find(_ path: FieldPath) -> Found {
        var fields = self.fields
        for (number, step) in path.steps.enumerated() {
            guard let field = fields[step] else { return .unknown(steps: number, among: fields) }
            if number == path.steps.count - 1 { return .field(field) }
            switch field.type {
            case .object, .any:
                if field.fields.isEmpty { return .open }
                fields = field.fields
            default: return .through(field)
            }
        }
        return .open
    }

    /// The field at a path; nil where it is not known.
    package func field(at path: FieldPath) -> SchemaField? {
        if case .field(let field) = find(path) { field } else { nil }
    }
}
