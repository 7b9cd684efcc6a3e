package import Values

/// A part of a condition that made it false.
package struct FalsePart: Sendable {
    /// The part, with what its own parts gave.
    package let trace: TraceNode
    /// A field, and a value of it for which this part would be true; nil where that cannot be told from how it is written.
    package let wish: Wish?

    package struct Wish: Sendable {
        package let field: FieldPath
        package let value: Value
    }
}

extension Program {
    /// The parts that make a condition false: of parts joined by `&&` those that are, of parts joined by `||` all.
    ///
    /// - Returns: nothing where the condition holds, or fails.
    package func falseParts(_ scope: Scope) -> [FalsePart] {
        var found: [FalsePart] = []
        collect(expression, scope, &found)
        return found
    }

    /// Each part is evaluated by itself: what stands behind the first that is false would not be otherwise.
    private func collect(_ expression: Expr, _ scope: Scope, _ found: inout [FalsePart]) {
        let node = trace(expression, scope)
        guard node.isFalse else { return }
        guard case .logic(_, let terms) = expression.kind else {
            return found.append(FalsePart(trace: node, wish: wish(expression)))
        }
        for term in terms { collect(term, scope, &found) }
    }

    private func wish(_ expression: Expr) -> FalsePart.Wish? {
        switch expression.kind {
        case .unary(.not, let operand): return field(operand).map { FalsePart.Wish(field: $0, value: .bool(false)) }
        case .binary(.equal, let left, let right):
            if let field = field(left), let value = right.literal { return FalsePart.Wish(field: field, value: value) }
            if let field = field(right), let value = left.literal { return FalsePart.Wish(field: field, value: value) }
            return nil
        case .binary(.in, let left, let right):
            guard let field = field(left), case .list(let members) = right.kind,
                let value = members.first?.value.literal
            else { return nil }
            return FalsePart.Wish(field: field, value: value)
        default: return field(expression).map { FalsePart.Wish(field: $0, value: .bool(true)) }
        }
    }

    private func field(_ expression: Expr) -> FieldPath? {
        Expression.path(of: expression, spelled: located.excerpt(expression.span))
    }
}

extension TraceNode {
    fileprivate var isFalse: Bool {
        if case .value(.bool(false)) = outcome { true } else { false }
    }
}

extension Expr {
    fileprivate var literal: Value? {
        guard case .literal(let literal) = kind else { return nil }
        return switch literal {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .int(let number): .int(number)
        case .uint(let number): .uint(number)
        case .double(let number): .double(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .bytes(bytes)
        }
    }
}
