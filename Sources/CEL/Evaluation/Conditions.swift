package import Diagnostics
import Values

/// A condition within an expression that is true or false: what `&&`, `||`, `!` and `?:` join.
package struct ConditionPart: Sendable {
    /// The text as it was written.
    package let source: String
    package let place: Place
    fileprivate let expression: Expr
}

extension Program {
    /// The conditions of an expression that gives true or false, in source order.
    package var conditions: [ConditionPart] {
        var parts: [ConditionPart] = []
        collect(expression, &parts)
        return parts
    }

    private func collect(_ expression: Expr, _ parts: inout [ConditionPart]) {
        switch expression.kind {
        case .logic(_, let terms): for term in terms { collect(term, &parts) }
        case .unary(.not, let operand): collect(operand, &parts)
        case .conditional(let condition, let yes, let no):
            for part in [condition, yes, no] { collect(part, &parts) }
        case .literal: break
        default:
            parts.append(
                ConditionPart(
                    source: located.excerpt(expression.span), place: located.place(of: expression.span),
                    expression: expression))
        }
    }

    /// What each of the conditions comes to, in the order of ``conditions``; nil for one that is not asked, for what stands before it
    /// decides, and for one that fails.
    package func decisions(_ scope: Scope) -> [Bool?] {
        var made: [Bool?] = []
        _ = decide(expression, scope, isAsked: true, &made)
        return made
    }

    private func decide(_ expression: Expr, _ scope: Scope, isAsked: Bool, _ made: inout [Bool?]) -> Bool? {
        switch expression.kind {
        case .logic(let joined, let terms):
            var decided: Bool?
            for term in terms {
                let value = decide(term, scope, isAsked: isAsked && decided == nil, &made)
                if value == (joined == .or) { decided = value }
            }
            return isAsked ? decided ?? (joined == .and) : nil
        case .unary(.not, let operand): return decide(operand, scope, isAsked: isAsked, &made).map { !$0 }
        case .conditional(let condition, let yes, let no):
            let isTrue = decide(condition, scope, isAsked: isAsked, &made)
            let first = decide(yes, scope, isAsked: isAsked && isTrue == true, &made)
            let second = decide(no, scope, isAsked: isAsked && isTrue == false, &made)
            return first ?? second
        case .literal: return value(of: expression, scope)
        default:
            made.append(isAsked ? value(of: expression, scope) : nil)
            return made[made.count - 1]
        }
    }

    private func value(of expression: Expr, _ scope: Scope) -> Bool? {
        if case .value(.bool(let bool)) = trace(expression, scope).outcome { bool } else { nil }
    }
}
