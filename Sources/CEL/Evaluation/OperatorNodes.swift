import Values

final class ArithmeticNode: Node {
    let span: Span
    private let operation: BinaryOperator
    private let left: any Node
    private let right: any Node

    init(_ operation: BinaryOperator, _ left: any Node, _ right: any Node, _ span: Span) {
        self.operation = operation
        self.left = left
        self.right = right
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let left = try self.left.value(scope, &run)
        let right = try self.right.value(scope, &run)
        return try placed { () throws(Fault) in
            try run.budget.charge(left.weight &+ right.weight)
            return try Arithmetic.apply(operation, left, right)
        }
    }
}

/// A chain of `+`, joined in one go where all parts are text: `first + ' ' + last` makes one text, not two.
final class SumNode: Node {
    let span: Span
    private let terms: [any Node]
    /// For each term from the second on, the sum so far with it.
    private let spans: [Span]

    init(_ terms: [any Node], spans: [Span], _ span: Span) {
        self.terms = terms
        self.spans = spans
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        var sum = try terms[0].value(scope, &run)
        for (position, term) in terms.dropFirst().enumerated() {
            let next = try term.value(scope, &run)
            do throws(Fault) {
                try run.budget.charge(next.weight)
                if case .text(var text) = sum, case .text(let tail) = next {
                    sum = .null
                    text += tail
                    sum = .text(text)
                } else {
                    try run.budget.charge(sum.weight)
                    sum = try Arithmetic.apply(.add, sum, next)
                }
            } catch {
                throw EvaluationFailure(error, spans[position])
            }
        }
        return sum
    }
}

final class NegateNode: Node {
    let span: Span
    private let operand: any Node

    init(_ operand: any Node, _ span: Span) {
        self.operand = operand
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let value = try operand.value(scope, &run)
        return try placed { () throws(Fault) in try Arithmetic.negate(value) }
    }
}

final class ListNode: Node {
    let span: Span
    private let elements: [any Node]

    init(_ elements: [any Node], _ span: Span) {
        self.elements = elements
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        var values: [CELValue] = []
        values.reserveCapacity(elements.count)
        for element in elements { values.append(try element.value(scope, &run)) }
        return .list(CELList(values))
    }
}

final class MapNode: Node {
    let span: Span
    private let entries: [(key: any Node, value: any Node)]

    init(_ entries: [(key: any Node, value: any Node)], _ span: Span) {
        self.entries = entries
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        var pairs: [(key: CELValue, value: CELValue)] = []
        pairs.reserveCapacity(entries.count)
        for (key, value) in entries { pairs.append((try key.value(scope, &run), try value.value(scope, &run))) }
        return .map(try placed { () throws(Fault) in try CELMap(pairs) })
    }
}
