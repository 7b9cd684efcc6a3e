import Values

/// What is known of a value before it is computed: a type of the language, or one of ours.
package indirect enum CELType: Sendable, Hashable {
    /// Nothing is known: everything that comes from a record without a schema.
    case dyn
    case null, bool, int, uint, double, text, bytes, timestamp, duration
    /// Ours: an exact number. It compares as one, and counts as a double elsewhere.
    case decimal
    /// Ours: a day without a time.
    case date
    case list(CELType)
    case map(CELType, CELType)
    /// An object of which fields are known by name; everywhere else it counts as a map from text.
    case object(ObjectType)
    /// A type as a value, such as `int`.
    case type(CELType)
    /// A type known by its name alone, such as `net.IP`, or `optional_type` with what it holds.
    case opaque(String, [CELType])
    /// A bool, a number, a text or bytes that may also be null; the language's "wrapper".
    case nullable(CELType)
    /// Stands in signatures for what a call decides.
    case parameter(String)
    /// Not known yet: what an empty list holds.
    case variable(Int)

    static func optional(_ content: CELType) -> CELType { .opaque(TypeName.optional.name, [content]) }

    /// What an optional holds; nil for every other type.
    var optionalContent: CELType? {
        if case .opaque(TypeName.optional.name, let contents) = self { contents.first } else { nil }
    }

    var isNumber: Bool {
        switch self {
        case .int, .uint, .double, .decimal: true
        default: false
        }
    }

    /// Whether a value of it can be a key of a map.
    var isKey: Bool {
        switch self {
        case .dyn, .bool, .int, .uint, .text, .variable: true
        default: false
        }
    }
}

/// An object's fields, by their names. Two object types are one only where they are the same thing.
package final class ObjectType: Sendable, Hashable {
    /// In the order given.
    package let names: [String]
    /// Whether there are no fields but these.
    package let isClosed: Bool
    private let types: [TextKey: CELType]

    /// An open object of which no field is known.
    package static let unknown = ObjectType([], isClosed: false)

    package init(_ fields: [(name: String, type: CELType)], isClosed: Bool) {
        names = fields.map(\.name)
        types = Dictionary(fields.map { (TextKey($0.name), $0.type) }, uniquingKeysWith: { first, _ in first })
        self.isClosed = isClosed
    }

    /// nil for a field that is not known.
    package subscript(name: String) -> CELType? { types[TextKey(name)] }

    package static func == (a: ObjectType, b: ObjectType) -> Bool { a === b }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension CELType {
    init(_ literal: Literal) {
        switch literal {
        case .null: self = .null
        case .bool: self = .bool
        case .int: self = .int
        case .uint: self = .uint
        case .double: self = .double
        case .text: self = .text
        case .bytes: self = .bytes
        }
    }

    /// The type that the name of a type stands for.
    init(_ name: TypeName) {
        switch name {
        case .null: self = .null
        case .bool: self = .bool
        case .int: self = .int
        case .uint: self = .uint
        case .double: self = .double
        case .string: self = .text
        case .bytes: self = .bytes
        case .timestamp: self = .timestamp
        case .date: self = .date
        case .duration: self = .duration
        case .list: self = .list(.dyn)
        case .map: self = .map(.dyn, .dyn)
        case .type: self = .type(.dyn)
        case .optional: self = .optional(.dyn)
        default: self = .opaque(name.name, [])
        }
    }

    /// What a library's overload says of its values.
    init(_ type: StaticType) {
        switch type {
        case .dyn: self = .dyn
        case .null: self = .null
        case .bool: self = .bool
        case .int: self = .int
        case .uint: self = .uint
        case .double: self = .double
        case .text: self = .text
        case .bytes: self = .bytes
        case .timestamp: self = .timestamp
        case .date: self = .date
        case .duration: self = .duration
        case .list: self = .list(.dyn)
        case .map: self = .map(.dyn, .dyn)
        case .type: self = .type(.dyn)
        case .optional: self = .optional(.dyn)
        case .ip: self = CELType(TypeName.ip)
        case .cidr: self = CELType(TypeName.cidr)
        }
    }
}
