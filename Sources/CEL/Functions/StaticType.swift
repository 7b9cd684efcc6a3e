/// What is known of a part's value before it is evaluated. `dyn` is everything that comes from a record without a
/// schema.
package enum StaticType: String, Sendable {
    case dyn, null, bool, int, uint, double, text, bytes, timestamp, date, duration, list, map, type, optional, ip, cidr

    /// The word for it in messages.
    package var word: String { self == .map ? "object" : rawValue }

    var isNumber: Bool { self == .int || self == .uint || self == .double }

    /// Whether a value of this type may turn out to be of the other.
    func mayBe(_ other: StaticType) -> Bool { self == .dyn || other == .dyn || self == other }
}

extension StaticType {
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
}
