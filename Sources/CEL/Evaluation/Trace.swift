package import Diagnostics

/// What a part of an expression gave in one evaluation, and its own parts in the order in which they were evaluated.
///
/// The body of a macro stands there for the first elements that it was evaluated for, and for the last.
package struct TraceNode: Sendable {
    package enum Outcome: Sendable {
        case value(CELValue)
        case failed(EvaluationFailure)
        /// It was not evaluated, for what stands before it decided.
        case skipped
    }

    package let span: Span
    package let outcome: Outcome
    package let children: [TraceNode]
    /// Whether it is made of literals alone, so that its value says nothing new.
    package let isLiteral: Bool
    /// How many evaluations of the same part, between this one and the one shown before it, are left out.
    package let omitted: Int
    private let located: ExpressionSource

    fileprivate init(_ part: Recording.Part, _ located: ExpressionSource) {
        span = part.expression.span
        outcome = part.outcome
        children = part.children.map { TraceNode($0, located) }
        isLiteral = part.expression.isLiteral
        omitted = part.omitted
        self.located = located
    }

    /// The text of this part as it was written.
    package var source: String { located.excerpt(span) }

    package var place: Place { located.place(of: span) }

    /// Whether this part failed because one of its own parts did.
    package var isFailedWithin: Bool {
        guard case .failed(let failure) = outcome else { return false }
        return children.contains { child in
            if case .failed(let inner) = child.outcome { inner == failure } else { false }
        }
    }
}

extension Expr {
    /// The parts that have values: neither the front of a function's name, as in `math.abs(x)`, nor the record itself.
    fileprivate var valueParts: [Expr] {
        kind.children.filter { part in
            if case .name("record", _) = part.kind { return false }
            guard case .method(let receiver, let function, _) = kind, receiver.span == part.span,
                let name = receiver.qualifiedName
            else { return true }
            return Library.function(name + "." + function) == nil
        }
    }

    fileprivate var isLiteral: Bool {
        switch kind {
        case .literal: true
        case .list, .map: kind.children.allSatisfy(\.isLiteral)
        default: false
        }
    }
}

/// The trace of an evaluation while it grows.
final class Recording {
    fileprivate struct Part {
        var expression: Expr
        var outcome: TraceNode.Outcome
        var children: [Part]
        var omitted = 0
    }

    fileprivate struct Level {
        var parts: [Part] = []
        /// How often each part was evaluated, and where it stands last.
        var seen: [Span: (count: Int, last: Int)] = [:]
    }

    /// The finished parts of each part that is being evaluated; the outermost holds the root.
    private var levels = [Level()]
    /// How many evaluations of one part are kept beside the last: macros may visit any number of elements.
    fileprivate static let kept = 3

    func enter() { levels.append(Level()) }

    func leave(_ expression: Expr, _ outcome: TraceNode.Outcome, isLeaf: Bool) {
        let level = levels.removeLast()
        var part = Part(expression: expression, outcome: outcome, children: level.parts)
        if !isLeaf {
            for child in expression.valueParts where level.seen[child.span] == nil {
                part.children.append(Part(expression: child, outcome: .skipped, children: []))
            }
        }
        levels[levels.count - 1].add(part)
    }

    func finished(_ expression: Expr, in located: ExpressionSource) -> TraceNode {
        let root = levels[0].parts.first ?? Part(expression: expression, outcome: .skipped, children: [])
        return TraceNode(root, located)
    }
}

extension Recording.Level {
    fileprivate mutating func add(_ part: Recording.Part) {
        guard let (count, last) = seen[part.expression.span] else {
            seen[part.expression.span] = (1, parts.count)
            parts.append(part)
            return
        }
        guard count > Recording.kept else {
            seen[part.expression.span] = (count + 1, parts.count)
            parts.append(part)
            return
        }
        let omitted = parts[last].omitted + 1
        parts[last] = part
        parts[last].omitted = omitted
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
