extension Value {
    /// Whether both mean the same: numbers by their size whatever their form, instants whatever their zone, objects whatever the
    /// order of their keys. Text and numbers never mean the same; a field's type converts first where it should.
    package func means(_ other: Value) -> Bool {
        switch (self, other) {
        case (.text(let a), .text(let b)): return a.hasSameBytes(as: b)
        case (.list(let a), .list(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { $0.means($1) }
        case (.object(let a), .object(let b)):
            return a.count == b.count
                && a.allSatisfy { name, value in b[name].map { value.means($0) } ?? false }
        case (.double(let a), .double(let b)):
            return a == b || (a.isNaN && b.isNaN)
        default:
            if let a = exactNumber, let b = other.exactNumber { return a.compare(b) == 0 }
            return self == other
        }
    }

    /// The number as an exact decimal; nil for what is no finite number.
    package var exactNumber: Decimal? {
        switch self {
        case .int(let value): Decimal(verified: String(value))
        case .uint(let value): Decimal(verified: String(value))
        // The shortest digits that give the double back: what its writer meant.
        case .double(let value): value.isFinite ? Decimal(JSONWriter.number(value)) : nil
        case .decimal(let value): value
        default: nil
        }
    }
}
