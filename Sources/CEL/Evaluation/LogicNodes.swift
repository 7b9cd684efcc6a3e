/// `a && b && …`, or with `||`: a term that decides wins over terms that fail, wherever they stand.
final class LogicNode: BoolNode {
    let span: Span
    private let terms: [any Node]
    /// The answer of a term that settles the whole: false for `&&`.
    private let decisive: Bool

    init(_ operation: LogicOperator, _ terms: [any Node], _ span: Span) {
        self.terms = terms
        decisive = operation == .or
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        var failure: EvaluationFailure?
        for term in terms {
            do {
                if try term.bool(scope, &run) == decisive { return decisive }
            } catch {
                guard error.fault.isAbsorbable else { throw error }
                if failure == nil { failure = error }
            }
        }
        if let failure { throw failure }
        return !decisive
    }
}

final class NotNode: BoolNode {
    let span: Span
    private let operand: any Node

    init(_ operand: any Node, _ span: Span) {
        self.operand = operand
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool { try !operand.bool(scope, &run) }
}

final class ConditionalNode: Node {
    let span: Span
    private let condition: any Node
    private let yes: any Node
    private let no: any Node

    init(_ condition: any Node, _ yes: any Node, _ no: any Node, _ span: Span) {
        self.condition = condition
        self.yes = yes
        self.no = no
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        try condition.bool(scope, &run) ? try yes.value(scope, &run) : try no.value(scope, &run)
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        try condition.bool(scope, &run) ? try yes.bool(scope, &run) : try no.bool(scope, &run)
    }
}
