import Values

/// How two numbers stand to each other; `unordered` where one is no number (NaN).
enum NumberOrder {
    case less, equal, greater, unordered

    init<T: Comparable>(_ a: T, _ b: T) {
        self = a < b ? .less : a == b ? .equal : a > b ? .greater : .unordered
    }

    var reversed: NumberOrder {
        switch self {
        case .less: .greater
        case .greater: .less
        default: self
        }
    }

    /// Compares numbers of any kinds; nil where one of the two is no number.
    ///
    /// An int against a double is range-checked and then compared as doubles, which the conformance tests ask for: so
    /// 9223372036854775807 equals 9223372036854775808.0. A decimal is compared exactly.
    @inline(__always)
    static func of(_ a: CELValue, _ b: CELValue) -> NumberOrder? {
        switch (a, b) {
        case (.int(let a), .int(let b)): NumberOrder(a, b)
        case (.double(let a), .double(let b)): NumberOrder(a, b)
        case (.uint(let a), .uint(let b)): NumberOrder(a, b)
        default: mixed(a, b)
        }
    }

    private static func mixed(_ a: CELValue, _ b: CELValue) -> NumberOrder? {
        switch (a, b) {
        case (.int(let a), .uint(let b)): a < 0 ? .less : NumberOrder(UInt64(a), b)
        case (.uint, .int), (.double, .int), (.double, .uint): mixed(b, a)?.reversed
        case (.int(let a), .double(let b)): of(Double(a), b, from: -0x1p63, through: 0x1p63)
        case (.uint(let a), .double(let b)): of(Double(a), b, from: 0, through: 0x1p64)
        case (.decimal(let a), _): exact(a, b)
        case (_, .decimal(let b)): exact(b, a)?.reversed
        default: nil
        }
    }

    private static func of(_ a: Double, _ b: Double, from least: Double, through most: Double) -> NumberOrder {
        if b.isNaN { return .unordered }
        if b < least { return .greater }
        if b > most { return .less }
        return NumberOrder(a, b)
    }

    private static func exact(_ a: Decimal, _ b: CELValue) -> NumberOrder? {
        if case .double(let b) = b, !b.isFinite { return b.isNaN ? .unordered : b > 0 ? .less : .greater }
        guard let near = b.nearestDouble else { return nil }
        // Rounding keeps the order, so that only numbers which round to the same double need all their digits.
        let rounded = NumberOrder(a.double, near)
        guard rounded == .equal, let b = b.exact else { return rounded }
        return NumberOrder(a.compare(b), 0)
    }
}

extension CELValue {
    /// A finite number as an exact decimal.
    fileprivate var exact: Decimal? {
        switch self {
        case .int(let value): Value.int(value).exactNumber
        case .uint(let value): Value.uint(value).exactNumber
        case .double(let value): Value.double(value).exactNumber
        case .decimal(let value): value
        default: nil
        }
    }

    fileprivate var nearestDouble: Double? {
        switch self {
        case .int(let value): Double(value)
        case .uint(let value): Double(value)
        case .double(let value): value
        case .decimal(let value): value.double
        default: nil
        }
    }

    var isNumber: Bool {
        switch self {
        case .int, .uint, .double, .decimal: true
        default: false
        }
    }
}
