package import Diagnostics

/// What a part of an expression gave in one evaluation, and its own parts in the order in which they were evaluated.
///
/// The body of a macro stands there once for every element it was evaluated for.
package struct TraceNode: Sendable {
    package enum Outcome: Sendable {
        case value(CELValue)
        case failed(EvaluationFailure)
        /// It was not evaluated, for what stands before it decided.
        case skipped
    }

    /// The text of this part as it was written.
    package let source: String
    package let span: Span
    package let place: Place
    package let outcome: Outcome
    package let children: [TraceNode]
    /// Whether it is a literal, whose value says nothing new.
    package let isLiteral: Bool
}

/// The trace of an evaluation while it grows.
final class Recording {
    private let source: ExpressionSource
    /// The finished parts of each part that is being evaluated; the outermost holds the root.
    private var levels: [[TraceNode]] = [[]]

    init(_ source: ExpressionSource) { self.source = source }

    func enter() { levels.append([]) }

    func leave(_ expression: Expr, _ outcome: TraceNode.Outcome, isLeaf: Bool) {
        var children = levels.removeLast()
        if !isLeaf {
            let seen = Set(children.map(\.span))
            for part in expression.kind.children where !seen.contains(part.span) {
                children.append(node(part, .skipped, []))
            }
        }
        levels[levels.count - 1].append(node(expression, outcome, children))
    }

    func finished(_ expression: Expr) -> TraceNode { levels[0].first ?? node(expression, .skipped, []) }

    private func node(_ expression: Expr, _ outcome: TraceNode.Outcome, _ children: [TraceNode]) -> TraceNode {
        let isLiteral = if case .literal = expression.kind { true } else { false }
        return TraceNode(
            source: source.excerpt(expression.span), span: expression.span, place: source.place(of: expression.span),
            outcome: outcome, children: children, isLiteral: isLiteral)
    }
}

/// Evaluates another node and records what it gave.
final class RecordingNode: Node {
    let span: Span
    private let inner: any Node
    private let expression: Expr
    /// Whether its parts count as one with it, so that none of them is called skipped.
    private let isLeaf: Bool

    init(_ inner: any Node, _ expression: Expr, isLeaf: Bool) {
        self.inner = inner
        self.expression = expression
        self.isLeaf = isLeaf
        span = inner.span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        run.recording?.enter()
        do {
            let value = try inner.value(scope, &run)
            run.recording?.leave(expression, .value(value), isLeaf: isLeaf)
            return value
        } catch {
            run.recording?.leave(expression, .failed(error), isLeaf: isLeaf)
            throw error
        }
    }
}
