// What operators take.
extension Checker {
    mutating func unary(_ operation: UnaryOperator, _ operand: Expr) -> StaticType {
        let type = type(operand)
        switch operation {
        case .not:
            if !type.mayBe(.bool) { report("type-mismatch", "'!' takes bool, and this is \(type.word)", operand.span) }
            return .bool
        case .negate:
            let fits = type == .dyn || type == .int || type == .double
            if !fits { report("type-mismatch", "'-' takes int or double, and this is \(type.word)", operand.span) }
            return fits ? type : .dyn
        }
    }

    mutating func binary(_ operation: BinaryOperator, _ a: StaticType, _ b: StaticType, _ span: Span) -> StaticType {
        switch operation {
        case .equal, .notEqual:
            if !(a.mayBe(b) || (a.isNumber && b.isNumber)) {
                report("type-mismatch", "\(a.word) and \(b.word) are never equal", span)
            }
            return .bool
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let fits = a.isOrdered && b.isOrdered && (a.mayBe(b) || (a.isNumber && b.isNumber))
            if !fits { mismatch(operation, a, b, span) }
            return .bool
        case .in:
            if !b.mayBe(.list), !b.mayBe(.map) { mismatch(operation, a, b, span) }
            return .bool
        default: return arithmetic(operation, a, b, span)
        }
    }

    private mutating func arithmetic(
        _ operation: BinaryOperator, _ a: StaticType, _ b: StaticType, _ span: Span
    ) -> StaticType {
        let results = StaticType.arithmetic.filter {
            $0.operations.contains(operation) && $0.left.mayBe(a) && $0.right.mayBe(b)
        }.map(\.result)
        guard let first = results.first else {
            mismatch(operation, a, b, span)
            return .dyn
        }
        return results.allSatisfy { $0 == first } ? first : .dyn
    }

    private mutating func mismatch(_ operation: BinaryOperator, _ a: StaticType, _ b: StaticType, _ span: Span) {
        let fault = Fault.noOverload(function: operation.rawValue, kinds: [a.word, b.word])
        report("type-mismatch", fault.message, span, hint: fault.hint)
    }
}

extension StaticType {
    fileprivate struct Arithmetic {
        var operations: Set<BinaryOperator>
        var left: StaticType
        var right: StaticType
        var result: StaticType
    }

    /// langdef.md, "List of standard definitions".
    fileprivate static let arithmetic: [Arithmetic] = [
        Arithmetic(
            operations: [.add, .subtract, .multiply, .divide, .remainder], left: .int, right: .int, result: .int),
        Arithmetic(
            operations: [.add, .subtract, .multiply, .divide, .remainder], left: .uint, right: .uint, result: .uint),
        Arithmetic(operations: [.add, .subtract, .multiply, .divide], left: .double, right: .double, result: .double),
        Arithmetic(operations: [.add], left: .text, right: .text, result: .text),
        Arithmetic(operations: [.add], left: .bytes, right: .bytes, result: .bytes),
        Arithmetic(operations: [.add], left: .list, right: .list, result: .list),
        Arithmetic(operations: [.add, .subtract], left: .timestamp, right: .duration, result: .timestamp),
        Arithmetic(operations: [.add], left: .duration, right: .timestamp, result: .timestamp),
        Arithmetic(operations: [.subtract], left: .timestamp, right: .timestamp, result: .duration),
        Arithmetic(operations: [.add, .subtract], left: .duration, right: .duration, result: .duration),
    ]

    fileprivate var isOrdered: Bool {
        switch self {
        case .null, .list, .map, .type: false
        default: true
        }
    }
}
