import Diagnostics

/// An expression in which the checks found nothing wrong.
package struct CheckedExpression: Sendable {
    package let expression: Expr
    package let source: ExpressionSource
    /// The type of its value, as far as it is known.
    package let type: CELType
}

extension Expression {
    /// Reads and checks a text, whether or not ``CompileOptions/isChecked`` is set. Throws all mistakes.
    package static func check(
        _ text: String, at origin: SourceOrigin = .standalone, _ options: CompileOptions = CompileOptions()
    ) throws(ExpressionError) -> CheckedExpression {
        let expression = try parse(text, at: origin, limits: options.limits, hasBlocks: options.hasBlocks)
        let source = ExpressionSource(text, at: origin)
        var (type, mistakes) = Checker.check(expression, in: source, options)
        // The language's own rules leave zones to the evaluation.
        if !options.isStrict { mistakes += options.timeZones.mistakes(in: expression, source) }
        if !mistakes.isEmpty { throw ExpressionError(diagnostics: Diagnostic.inSourceOrder(mistakes)) }
        return CheckedExpression(expression: expression, source: source, type: type)
    }
}
