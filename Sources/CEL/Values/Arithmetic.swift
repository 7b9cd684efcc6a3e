import Values

/// The arithmetic of the language: both sides of one kind, whole numbers checked against overflow, division cut
/// towards zero.
enum Arithmetic {
    static func apply(_ operation: BinaryOperator, _ a: CELValue, _ b: CELValue) throws(Fault) -> CELValue {
        switch (a, b) {
        case (.int(let a), .int(let b)): return .int(try whole(operation, a, b))
        case (.uint(let a), .uint(let b)): return .uint(try whole(operation, a, b))
        case (.double(let a), .double(let b)):
            if let result = fraction(operation, a, b) { return .double(result) }
        case (.decimal(let a), .decimal(let b)):
            if let result = fraction(operation, a.double, b.double) { return .double(result) }
        case (.decimal(let a), .double(let b)):
            if let result = fraction(operation, a.double, b) { return .double(result) }
        case (.double(let a), .decimal(let b)):
            if let result = fraction(operation, a, b.double) { return .double(result) }
        default:
            if let result = try time(operation, a, b) { return result }
            if operation == .add, let result = joined(a, b) { return result }
        }
        throw .noOverload(function: operation.rawValue, kinds: [a.kind, b.kind])
    }

    static func negate(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .int(let number):
            guard number != .min else { throw .overflow(operation: "-") }
            return .int(-number)
        case .double(let number): return .double(-number)
        case .decimal(let number): return .double(-number.double)
        default: throw .noOverload(function: "-", kinds: [value.kind])
        }
    }

    private static func whole<T: FixedWidthInteger>(
        _ operation: BinaryOperator, _ a: T, _ b: T
    ) throws(Fault) -> T {
        let result: (partialValue: T, overflow: Bool)
        switch operation {
        case .add: result = a.addingReportingOverflow(b)
        case .subtract: result = a.subtractingReportingOverflow(b)
        case .multiply: result = a.multipliedReportingOverflow(by: b)
        case .divide, .remainder:
            if b == 0 { throw .divisionByZero }
            result =
                operation == .divide ? a.dividedReportingOverflow(by: b) : a.remainderReportingOverflow(dividingBy: b)
        default: throw .noOverload(function: operation.rawValue, kinds: [])
        }
        guard !result.overflow else { throw .overflow(operation: operation.rawValue) }
        return result.partialValue
    }

    private static func fraction(_ operation: BinaryOperator, _ a: Double, _ b: Double) -> Double? {
        switch operation {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        default: nil
        }
    }

    private static func time(_ operation: BinaryOperator, _ a: CELValue, _ b: CELValue) throws(Fault) -> CELValue? {
        switch (operation, a, b) {
        case (.add, .timestamp(let instant), .duration(let span)), (.add, .duration(let span), .timestamp(let instant)):
            return try shifted(instant, span)
        case (.subtract, .timestamp(let instant), .duration(let span)): return try shifted(instant, .zero - span)
        case (.subtract, .timestamp(let a), .timestamp(let b)): return try DurationRange.checked(a.since(b))
        case (.add, .duration(let a), .duration(let b)): return try DurationRange.checked(a + b)
        case (.subtract, .duration(let a), .duration(let b)): return try DurationRange.checked(a - b)
        default: return nil
        }
    }

    private static func shifted(_ instant: Timestamp, _ span: Duration) throws(Fault) -> CELValue {
        guard let result = instant.adding(span) else { throw .outOfRange("the timestamp") }
        return .timestamp(result)
    }

    private static func joined(_ a: CELValue, _ b: CELValue) -> CELValue? {
        switch (a, b) {
        case (.text(let a), .text(let b)): .text(a + b)
        case (.bytes(let a), .bytes(let b)): .bytes(a + b)
        case (.list(let a), .list(let b)): .list(CELList(a.elements + b.elements))
        default: nil
        }
    }
}

/// Durations of the language are 64 bits of nanoseconds: about 292 years either way.
enum DurationRange {
    private static let most = Duration.nanoseconds(Int64.max)
    private static let least = Duration.nanoseconds(Int64.min)

    static func checked(_ duration: Duration) throws(Fault) -> CELValue {
        guard duration >= least, duration <= most else { throw .outOfRange("the duration") }
        return .duration(duration)
    }

    /// Whole nanoseconds; nil for a duration past the range, which only a record can hold.
    static func nanoseconds(_ duration: Duration) -> Int64? {
        guard duration >= least, duration <= most else { return nil }
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || carry ? nil : sum
    }
}
