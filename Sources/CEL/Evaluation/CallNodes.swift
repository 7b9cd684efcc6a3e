import Values

/// A call of a function with one argument.
final class UnaryCallNode: Node {
    let span: Span
    private let body: Function.Unary
    private let argument: any Node

    init(_ body: @escaping Function.Unary, _ argument: any Node, _ span: Span) {
        self.body = body
        self.argument = argument
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let argument = try self.argument.value(scope, &run)
        return try placed { () throws(Fault) in
            try run.budget.charge(argument.weight)
            let made = try body(argument)
            try run.budget.take(made)
            return made
        }
    }
}

final class BinaryCallNode: Node {
    let span: Span
    private let body: Function.Binary
    private let first: any Node
    private let second: any Node

    init(_ body: @escaping Function.Binary, _ first: any Node, _ second: any Node, _ span: Span) {
        self.body = body
        self.first = first
        self.second = second
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let first = try self.first.value(scope, &run)
        let second = try self.second.value(scope, &run)
        return try placed { () throws(Fault) in
            try run.budget.charge(first.weight &+ second.weight)
            let made = try body(first, second)
            try run.budget.take(made)
            return made
        }
    }
}

/// A call of a function with any number of arguments, the receiver first.
final class CallNode: Node {
    let span: Span
    private let body: Function.Variadic
    private let arguments: [any Node]

    init(_ body: @escaping Function.Variadic, _ arguments: [any Node], _ span: Span) {
        self.body = body
        self.arguments = arguments
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        var values: [CELValue] = []
        values.reserveCapacity(arguments.count)
        var weight = 0
        for argument in arguments {
            let value = try argument.value(scope, &run)
            weight &+= value.weight
            values.append(value)
        }
        return try placed { () throws(Fault) in
            try run.budget.charge(weight)
            let made = try body(values, &run.budget)
            try run.budget.take(made)
            return made
        }
    }
}

/// `matches` with a pattern that was compiled beforehand.
final class MatchNode: BoolNode {
    let span: Span
    private let text: any Node
    private let pattern: Pattern

    init(_ text: any Node, _ pattern: Pattern, _ span: Span) {
        self.text = text
        self.pattern = pattern
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        let value = try text.value(scope, &run)
        guard case .text(let text) = value else {
            throw failure(.noOverload(function: "matches", kinds: [value.kind, "text"]))
        }
        return try placed { () throws(Fault) in try pattern.isFound(in: text, &run.budget) }
    }
}

/// What a clock shows at a point in time: `t.getHours('Europe/Berlin')`.
final class ClockNode: Node {
    enum Zone {
        case none
        case known(TimeZoneRules)
        case computed(any Node, TimeZones)
    }

    let span: Span
    private let body: Function.Clock
    private let operand: any Node
    private let zone: Zone

    init(_ body: @escaping Function.Clock, _ operand: any Node, _ zone: Zone, _ span: Span) {
        self.body = body
        self.operand = operand
        self.zone = zone
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let operand = try self.operand.value(scope, &run)
        let rules = try rules(scope, &run)
        return try placed { () throws(Fault) in try body(operand, rules) }
    }

    private func rules(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> TimeZoneRules? {
        switch zone {
        case .none: return nil
        case .known(let rules): return rules
        case .computed(let node, let zones):
            let name = try node.value(scope, &run)
            do throws(Fault) {
                guard case .text(let text) = name else { throw .unknownZone(name.brief) }
                return try zones.rules(text)
            } catch {
                throw EvaluationFailure(error, node.span)
            }
        }
    }
}
