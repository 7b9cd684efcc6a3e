// What operators take, and what literals hold.
extension Checker {
    mutating func unary(_ operation: UnaryOperator, _ operand: Expr) -> CELType {
        switch operation {
        case .not:
            expectBool(operand, of: "'!'")
            return .bool
        case .negate:
            let type = type(operand)
            if let result = resolve(SignatureTable.negation, [type]) { return result }
            report(.typeMismatch, "'-' takes int or double, and this is \(word(type))", operand.span)
            return .dyn
        }
    }

    mutating func binary(_ operation: BinaryOperator, _ a: CELType, _ b: CELType, _ span: Span) -> CELType {
        let signatures = SignatureTable.signatures(operation)
        if operation.isOrder, !isStrict, inference.isNumber(a), inference.isNumber(b) { return .bool }
        if let type = resolve(signatures, [a, b]) { return type }
        switch operation {
        case .equal, .notEqual: neverEqual(operation, a, b, span)
        default: mismatch(operation.rawValue, [a, b], signatures, span)
        }
        return operation.isArithmetic ? .dyn : .bool
    }

    private mutating func neverEqual(_ operation: BinaryOperator, _ a: CELType, _ b: CELType, _ span: Span) {
        let (first, second) = words(a, b)
        let isNever = !inference.mayEqual(a, b)
        report(
            .typeMismatch,
            isNever
                ? "\(first) and \(second) are never equal"
                : "'\(operation.rawValue)' takes two values of one type, and these are \(first) and \(second)", span,
            hint: isNever ? nil : "hide the type of one side: dyn(x)")
    }

    /// The result of `? :`, whose sides are of one type.
    mutating func either(_ yes: CELType, _ no: CELType, _ span: Span) -> CELType {
        let type = inference.fresh(isStrict ? .refuse : .merge)
        if inference.areAssignable([yes, no], to: [type, type]) { return inference.resolved(type) }
        let (first, second) = words(yes, no)
        report(
            .typeMismatch, "the two sides of '? :' are of one type, and these are \(first) and \(second)", span,
            hint: "hide the type of one side: dyn(x)")
        return .dyn
    }

    /// The words of two types; where they are the same, with what the types hold.
    private mutating func words(_ a: CELType, _ b: CELType) -> (String, String) {
        let (a, b) = (inference.resolved(a), inference.resolved(b))
        return a.word == b.word ? (a.phrase, b.phrase) : (a.word, b.word)
    }

    mutating func list(_ elements: [Expr.Element]) -> CELType {
        guard !elements.isEmpty else { return .list(inference.fresh(isStrict ? .refuse : .merge)) }
        var types: [CELType] = []
        for element in elements {
            let type = type(element.value)
            types.append(element.isOptional ? content(type, element.value.span) : type)
        }
        return .list(inference.common(types))
    }

    mutating func map(_ entries: [Expr.Entry]) -> CELType {
        guard !entries.isEmpty else {
            let conflict: Inference.Conflict = isStrict ? .refuse : .merge
            return .map(inference.fresh(conflict), inference.fresh(conflict))
        }
        var keys: [CELType] = []
        var values: [CELType] = []
        for entry in entries {
            let key = type(entry.key)
            // The language's own checker leaves this to the evaluation.
            if !isStrict, !inference.head(key).isKey {
                report(.typeMismatch, "\(word(key)) cannot be a key", entry.key.span)
            }
            keys.append(key)
            let value = type(entry.value)
            values.append(entry.isOptional ? content(value, entry.value.span) : value)
        }
        return .map(inference.common(keys), inference.common(values))
    }

    /// What an optional adds to a literal.
    private mutating func content(_ type: CELType, _ span: Span) -> CELType {
        let known = inference.head(type)
        if let content = known.optionalContent { return content }
        let mayBeOptional = known == .dyn && !isStrict
        if !mayBeOptional {
            report(.typeMismatch, "'?' takes an optional, and this is \(known.word)", span)
        }
        return .dyn
    }
}

extension BinaryOperator {
    fileprivate var isOrder: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }

    fileprivate var isArithmetic: Bool {
        switch self {
        case .add, .subtract, .multiply, .divide, .remainder: true
        default: false
        }
    }
}
