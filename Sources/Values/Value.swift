/// A value of a record, of an expression, or of the state: the one value type of Lockstep.
///
/// Nothing is rounded or coerced behind the user's back: a number keeps the form in which it came, and what does not
/// fit into 64 bits or a binary fraction is a ``Decimal``, exact to the last digit. `==` is identity of kind and
/// content (text by its bytes, never by Unicode equivalence); ``means(_:)`` is equality of meaning.
package enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    /// An unsigned integer; only expressions make them.
    case uint(UInt64)
    case double(Double)
    /// A number that is no 64-bit integer, with its digits as they were written: `0.10`, `12345678901234567890`.
    case decimal(Decimal)
    case text(String)
    case bytes([UInt8])
    case timestamp(Timestamp)
    case date(CalendarDate)
    case duration(Duration)
    case list([Value])
    case object(Object)
}

extension Value {
    /// The word for this value's kind in messages: `text`, `int`, `list` …
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .decimal: "decimal"
        case .text: "text"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .date: "date"
        case .duration: "duration"
        case .list: "list"
        case .object: "object"
        }
    }

    /// Whether a person would call it empty: null, the empty text, the empty list.
    package var isEmpty: Bool {
        switch self {
        case .null: true
        case .text(let text): text.isEmpty
        case .list(let list): list.isEmpty
        default: false
        }
    }

    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    package var object: Object? {
        if case .object(let object) = self { object } else { nil }
    }

    package var list: [Value]? {
        if case .list(let list) = self { list } else { nil }
    }
}

extension Value: Hashable {
    package static func == (a: Value, b: Value) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.uint(let a), .uint(let b)): a == b
        case (.double(let a), .double(let b)): a.bitPattern == b.bitPattern
        case (.decimal(let a), .decimal(let b)): a == b
        case (.text(let a), .text(let b)): a.hasSameBytes(as: b)
        case (.bytes(let a), .bytes(let b)): a == b
        case (.timestamp(let a), .timestamp(let b)): a == b
        case (.date(let a), .date(let b)): a == b
        case (.duration(let a), .duration(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .uint(let value): hasher.combine(value)
        case .double(let value): hasher.combine(value.bitPattern)
        case .decimal(let value): hasher.combine(value)
        case .text(let value): value.hashBytes(into: &hasher)
        case .bytes(let value): hasher.combine(value)
        case .timestamp(let value): hasher.combine(value)
        case .date(let value): hasher.combine(value)
        case .duration(let value): hasher.combine(value)
        case .list(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}
