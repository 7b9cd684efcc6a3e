package import Values

/// A value while an expression is evaluated: what a record can hold, and what only expressions make, such as types
/// and maps whose keys are no text. Lists and objects of a record are held as they are, and read element by element.
package enum CELValue: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    /// Compares as the exact number, and counts as a double in arithmetic.
    case decimal(Decimal)
    case text(String)
    case bytes([UInt8])
    case timestamp(Timestamp)
    case date(CalendarDate)
    case duration(Duration)
    case list(CELList)
    case map(CELMap)
    case type(TypeName)
    /// `optional.of(…)`; nil for `optional.none()`.
    indirect case optional(CELValue?)
    case ip(IPAddress)
    case cidr(IPNetwork)
}

extension CELValue {
    @inline(__always)
    package init(_ value: Value) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = .uint(value)
        case .double(let value): self = .double(value)
        case .decimal(let value): self = .decimal(value)
        case .text(let value): self = .text(value)
        case .bytes(let value): self = .bytes(value)
        case .timestamp(let value): self = .timestamp(value)
        case .date(let value): self = .date(value)
        case .duration(let value): self = .duration(value)
        case .list(let value): self = .list(CELList(value))
        case .object(let value): self = .map(CELMap(value))
        }
    }

    package init(_ literal: Literal) {
        switch literal {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = .uint(value)
        case .double(let value): self = .double(value)
        case .text(let value): self = .text(value)
        case .bytes(let value): self = .bytes(value)
        }
    }

    /// The value as a record can hold it. A type, an optional, and a map with a key that is no text, cannot.
    ///
    /// - Throws: a fault, also for a value that is larger than ``Limits`` allow one to be.
    package func recordValue() throws(Fault) -> Value {
        var budget = Budget(Limits())
        return try recordValue(&budget)
    }

    /// Parts that a value has more than once are made as often, so that this counts them.
    func recordValue(_ budget: inout Budget) throws(Fault) -> Value {
        switch self {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .uint(let value): return .uint(value)
        case .double(let value): return .double(value)
        case .decimal(let value): return .decimal(value)
        case .text(let value): return .text(value)
        case .bytes(let value): return .bytes(value)
        case .timestamp(let value): return .timestamp(value)
        case .date(let value): return .date(value)
        case .duration(let value): return .duration(value)
        case .list(let list): return .list(try list.recordValues(&budget))
        case .map(let map): return .object(try map.recordObject(&budget))
        case .type: throw .notForRecords("a type")
        // What spells an address is one wherever an address is asked for.
        case .ip(let address): return .text(address.description)
        case .cidr(let network): return .text(network.description)
        case .optional: throw .notForRecords("an optional")
        }
    }

    /// The word for this value's kind in messages, as ``Value/kind`` has it.
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
        case .map: "object"
        case .type: "type"
        case .optional: "optional"
        case .ip: "ip"
        case .cidr: "cidr"
        }
    }

    /// What `type()` answers. A decimal counts as a double; `date` is a type of ours.
    package var typeName: TypeName {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double, .decimal: .double
        case .text: .string
        case .bytes: .bytes
        case .timestamp: .timestamp
        case .date: .date
        case .duration: .duration
        case .list: .list
        case .map: .map
        case .type: .type
        case .optional: .optional
        case .ip: .ip
        case .cidr: .cidr
        }
    }

    /// How many elements or entries it has; nil for a value without parts.
    package var partCount: Int? {
        switch self {
        case .list(let list): list.count
        case .map(let map): map.count
        default: nil
        }
    }

    /// What a function that looks at the whole value costs, in the steps of ``Limits``.
    var weight: Int {
        switch self {
        case .text(let text): text.utf8.count >> 6
        case .bytes(let bytes): bytes.count >> 6
        case .list(let list): list.count >> 3
        case .map(let map): map.count >> 3
        case .optional(let value?): value.weight
        default: 0
        }
    }
}

/// The name of a type, which is a value of the language: `type(1) == int`.
package struct TypeName: Sendable, Hashable {
    package let name: String

    package init(_ name: String) { self.name = name }

    static let null = TypeName("null_type")
    static let bool = TypeName("bool")
    static let int = TypeName("int")
    static let uint = TypeName("uint")
    static let double = TypeName("double")
    static let string = TypeName("string")
    static let bytes = TypeName("bytes")
    static let timestamp = TypeName("google.protobuf.Timestamp")
    static let date = TypeName("date")
    static let duration = TypeName("google.protobuf.Duration")
    static let list = TypeName("list")
    static let map = TypeName("map")
    static let type = TypeName("type")
    static let optional = TypeName("optional_type")
    static let ip = TypeName("net.IP")
    static let cidr = TypeName("net.CIDR")

    /// The type that a name of an expression stands for; nil for every other name.
    static func named(_ name: String) -> TypeName? {
        all.contains(name) ? TypeName(name) : nil
    }

    private static let all: Set<String> = [
        "null_type", "bool", "int", "uint", "double", "string", "bytes", "google.protobuf.Timestamp",
        "google.protobuf.Duration", "list", "map", "type", "optional_type", "net.IP",
        "net.CIDR",
    ]
}
