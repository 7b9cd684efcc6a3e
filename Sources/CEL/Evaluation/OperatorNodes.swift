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
            if operation == .add { try run.budget.take(left, right) }
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
        let first = try terms[0].value(scope, &run)
        guard case .text(var text) = first else { return try sum(first, from: 1, scope, &run) }
        for position in 1..<terms.count {
            let next = try terms[position].value(scope, &run)
            guard case .text(let tail) = next else {
                return try sum(try added(.text(text), next, at: position, &run), from: position + 1, scope, &run)
            }
            if tail.utf8.count >= 64 { try charge(tail.utf8.count, at: position, &run) }
            text += tail
        }
        if text.utf8.count > 15 { try placed { () throws(Fault) in try run.budget.take(bytes: text.utf8.count) } }
        return .text(text)
    }

    private func sum(
        _ first: CELValue, from start: Int, _ scope: Scope, _ run: inout Run
    ) throws(EvaluationFailure) -> CELValue {
        var sum = first
        for position in start..<terms.count {
            sum = try added(sum, try terms[position].value(scope, &run), at: position, &run)
        }
        return sum
    }

    private func added(
        _ sum: CELValue, _ next: CELValue, at position: Int, _ run: inout Run
    ) throws(EvaluationFailure) -> CELValue {
        do throws(Fault) {
            try run.budget.charge(sum.weight &+ next.weight)
            try run.budget.take(sum, next)
            return try Arithmetic.apply(.add, sum, next)
        } catch {
            throw EvaluationFailure(error, spans[position - 1])
        }
    }

    private func charge(_ bytes: Int, at position: Int, _ run: inout Run) throws(EvaluationFailure) {
        do throws(Fault) {
            try run.budget.charge(bytes >> 6)
            try run.budget.take(bytes: bytes)
        } catch {
            throw EvaluationFailure(error, spans[position - 1])
        }
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
    private let elements: [OptionalPart]

    init(_ elements: [OptionalPart], _ span: Span) {
        self.elements = elements
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        var values: [CELValue] = []
        try placed { () throws(Fault) in
            try run.budget.charge(elements.count >> 3)
            try run.budget.take(elements: elements.count)
        }
        values.reserveCapacity(elements.count)
        for element in elements {
            if let value = try element.value(scope, &run) { values.append(value) }
        }
        return .list(CELList(values))
    }
}

final class MapNode: Node {
    let span: Span
    private let entries: [(key: any Node, value: OptionalPart)]

    init(_ entries: [(key: any Node, value: OptionalPart)], _ span: Span) {
        self.entries = entries
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        var pairs: [(key: CELValue, value: CELValue)] = []
        try placed { () throws(Fault) in
            try run.budget.charge(entries.count)
            try run.budget.take(entries: entries.count)
        }
        pairs.reserveCapacity(entries.count)
        for (key, value) in entries {
            let key = try key.value(scope, &run)
            if let value = try value.value(scope, &run) { pairs.append((key, value)) }
        }
        return .map(try placed { () throws(Fault) in try CELMap(pairs) })
    }
}
