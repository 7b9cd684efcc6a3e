extension Value {
    /// Whether both mean the same: numbers by their size whatever their form, instants whatever their zone, objects
    /// whatever the order of their keys. Text and numbers never mean the same; a field's type converts first where it
    /// should.
    package func means(_ other: Value) -> Bool {
        switch (self, other) {
        case (.text(let a), .text(let b)): return a.hasSameBytes(as: b)
        case (.int(let a), .int(let b)): return a == b
        case (.int(let a), .decimal(let b)), (.decimal(let b), .int(let a)): return b.int64 == a
        case (.decimal(let a), .decimal(let b)): return a.text.hasSameBytes(as: b.text) || a.compare(b) == 0
        case (.list(let a), .list(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { $0.means($1) }
        case (.object(let a), .object(let b)): return a.means(b)
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
        case .double(let value): value.isFinite ? Decimal(verified: JSONWriter.number(value)) : nil
        case .decimal(let value): value
        default: nil
        }
    }
}

extension Object {
    fileprivate func means(_ other: Object) -> Bool {
        guard count == other.count else { return false }
        if sharesNames(with: other) { return zip(values, other.values).allSatisfy { $0.means($1) } }
        return allSatisfy { name, value in other[name].map { value.means($0) } ?? false }
    }
}
