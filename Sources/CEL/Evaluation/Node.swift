import Values

/// A compiled part of an expression. Nodes never change, so that a program can be run by many threads at once.
protocol Node: AnyObject, Sendable {
    var span: Span { get }
    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue
    /// The value of a part that has to be a bool. Nodes that make bools do so without a ``CELValue`` on the way.
    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool
}

extension Node {
    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        let value = try value(scope, &run)
        if case .bool(let bool) = value { return bool }
        throw failure(.notBool(kind: value.kind))
    }

    func failure(_ fault: Fault) -> EvaluationFailure { EvaluationFailure(fault, span) }

    /// Runs what knows no places, and gives its fault this node's.
    @inline(__always)
    func placed<R>(_ body: () throws(Fault) -> R) throws(EvaluationFailure) -> R {
        do { return try body() } catch { throw EvaluationFailure(error, span) }
    }
}

/// A node whose value is a bool.
protocol BoolNode: Node {}

extension BoolNode {
    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        .bool(try bool(scope, &run))
    }
}

final class ConstantNode: Node {
    let span: Span
    let constant: CELValue

    init(_ constant: CELValue, _ span: Span) {
        self.constant = constant
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue { constant }
}

/// A part that can only fail, found out when it was compiled; it fails when it is reached, for `&&` or `?:` may pass
/// it by.
final class FailingNode: Node {
    let known: EvaluationFailure
    var span: Span { known.span }

    init(_ known: EvaluationFailure) { self.known = known }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue { throw known }
}

/// A value that the caller gives beside the record, such as `value`.
final class GivenNode: Node {
    let span: Span
    private let name: String
    private let position: Int

    init(_ name: String, at position: Int, _ span: Span) {
        self.name = name
        self.position = position
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let extras = scope.extras
        if position < extras.count, extras[position].name.hasSameBytes(as: name) { return extras[position].value }
        for extra in extras where extra.name.hasSameBytes(as: name) { return extra.value }
        throw failure(.noValue(of: name))
    }
}

/// The variable of a macro.
final class VariableNode: Node {
    let span: Span
    private let slot: Int

    init(slot: Int, _ span: Span) {
        self.slot = slot
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue { run.variables[slot] }
}
