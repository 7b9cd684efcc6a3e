/// What a scalar means by the core schema of YAML 1.2 (chapter 10.3). Two are the same if kind and content are; text is
/// compared by its bytes.
package enum Resolved: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    /// A number with a fraction or an exponent, or an integer past 64 bits, spelled as JSON spells it: `.5` is `0.5`.
    case number(String)
    case infinity(negative: Bool)
    case nan
    case text(String)

    package static func == (a: Resolved, b: Resolved) -> Bool {
        switch (a, b) {
        case (.null, .null), (.nan, .nan): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.infinity(let a), .infinity(let b)): a == b
        case (.number(let a), .number(let b)), (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .nan: hasher.combine(1)
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .infinity(let negative): hasher.combine(negative)
        case .number(let text), .text(let text):
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }
}
