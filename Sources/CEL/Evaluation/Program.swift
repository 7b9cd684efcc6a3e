package import Diagnostics
package import Values

/// A compiled expression. It never changes, and may be evaluated by many threads at once.
package struct Program: Sendable {
    package let expression: Expr
    /// The text with its place.
    package let located: ExpressionSource
    /// The type of its value, as far as it is known; `dyn` where it was not checked.
    package let type: CELType
    /// What it reads of its record.
    package let uses: FieldUses
    private let options: CompileOptions
    private let root: any Node

    init(_ expression: Expr, _ located: ExpressionSource, _ type: CELType, _ options: CompileOptions) {
        var compiler = Compiler(options, isTracing: false)
        root = compiler.compile(expression)
        uses = compiler.uses
        self.expression = expression
        self.located = located
        self.type = type
        self.options = options
    }

    package var source: String { located.text }

    /// The value, as a record can hold it.
    package func evaluate(_ scope: Scope) throws(EvaluationFailure) -> Value {
        var run = Run(options.limits)
        let value = try root.value(scope, &run)
        do { return try value.recordValue(&run.budget) } catch { throw EvaluationFailure(error, expression.span) }
    }

    /// The value of an expression that has to be a bool.
    package func evaluateBool(_ scope: Scope) throws(EvaluationFailure) -> Bool {
        var run = Run(options.limits)
        return try root.bool(scope, &run)
    }

    /// The value as the language has it, types and maps with any keys among them.
    package func evaluateCEL(_ scope: Scope) throws(EvaluationFailure) -> CELValue {
        var run = Run(options.limits)
        return try root.value(scope, &run)
    }

    /// Evaluates once more, and keeps what every part of the expression gave.
    package func trace(_ scope: Scope) -> TraceNode { trace(expression, scope) }

    /// The same for a part of it.
    func trace(_ expression: Expr, _ scope: Scope) -> TraceNode {
        var compiler = Compiler(options, isTracing: true)
        let recorded = compiler.compile(expression)
        let recording = Recording()
        var run = Run(options.limits, recording: recording)
        _ = try? recorded.value(scope, &run)
        return recording.finished(expression, in: located)
    }

    /// The field that the expression is, where it is nothing more than that.
    package var path: FieldPath? {
        options.names.isEmpty ? Expression.path(of: expression, spelled: source) : nil
    }

    /// A failure as a message that points into the file the expression came from.
    package func diagnostic(_ failure: EvaluationFailure) -> Diagnostic {
        located.diagnostic(failure.fault.code, failure.message, at: failure.span, hint: failure.fault.hint)
    }
}

extension Program: Hashable {
    /// Whether both mean the same: one text with the same names.
    package static func == (a: Program, b: Program) -> Bool {
        a.source.utf8.elementsEqual(b.source.utf8) && a.options.names == b.options.names
            && a.options.container == b.options.container
    }

    package func hash(into hasher: inout Hasher) { source.hashBytes(into: &hasher) }
}
