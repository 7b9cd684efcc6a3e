package import Diagnostics
package import Values

/// What an expression is compiled for.
package struct CompileOptions: Sendable {
    /// Names of values that are given beside the record, such as `value`. They hide fields of the same name; a name
    /// may have dots in it.
    package var names: [String] = []
    /// The namespace in which names are looked up first; the language's "container".
    package var container = ""
    /// Whether the result has to be a bool.
    package var isFilter = false
    /// Whether to refuse what is certain to fail: unknown functions, wrong numbers of arguments, constants of wrong
    /// kinds.
    package var isChecked = true
    /// What the checks know of the names.
    package var types = TypeEnvironment()
    /// Whether the checks go by the language's own rules: types of one kind on both sides of `==`, `<` and `? :`, and
    /// no `has()` of a bare name. Job files are checked without: there only what is certain to fail is a mistake.
    package var isStrict = false
    package var limits = Limits()
    /// Where the names of time zones are looked up: `t.getHours('Europe/Berlin')`.
    package var timeZones = TimeZones.none
    /// Whether `cel.block`, `cel.index` and `cel.iterVar` are macros. The language's suite writes with them what
    /// optimizers make; in an expression of a person they are no functions.
    package var hasBlocks = false

    package init() {}

    /// For an expression that says which records count.
    package static let filter: CompileOptions = {
        var options = CompileOptions()
        options.isFilter = true
        return options
    }()
}

/// Why a text cannot be compiled: all mistakes that were found, in source order, at least one.
package struct ExpressionError: Error, Sendable, Hashable {
    package let diagnostics: [Diagnostic]
}

/// The way from a text to a program.
package enum Expression {
    /// Reads a text. Throws the first mistake.
    package static func parse(
        _ text: String, at origin: SourceOrigin = .standalone, limits: Limits = Limits(), hasBlocks: Bool = false
    ) throws(ExpressionError) -> Expr {
        do throws(SyntaxError) {
            return try Parser.parse(text, limits: limits, hasBlocks: hasBlocks)
        } catch {
            throw ExpressionError(diagnostics: [error.diagnostic(in: ExpressionSource(text, at: origin))])
        }
    }

    /// Reads, checks and compiles a text.
    package static func compile(
        _ text: String, at origin: SourceOrigin = .standalone, _ options: CompileOptions = CompileOptions()
    ) throws(ExpressionError) -> Program {
        guard options.isChecked else {
            let expression = try parse(text, at: origin, limits: options.limits, hasBlocks: options.hasBlocks)
            return Program(expression, ExpressionSource(text, at: origin), .dyn, options)
        }
        let checked = try check(text, at: origin, options)
        return Program(checked.expression, checked.source, checked.type, options)
    }

    /// Reads a field of a record, such as `user.email` or `record['Due Date']`, and nothing more than that.
    package static func path(
        _ text: String, at origin: SourceOrigin = .standalone
    ) throws(ExpressionError) -> FieldPath {
        let expression = try parse(text, at: origin)
        guard let path = path(of: expression, spelled: text) else {
            let source = ExpressionSource(text, at: origin)
            throw ExpressionError(diagnostics: [
                source.diagnostic(
                    .notAField, "'\(text)' is an expression, and a field was expected", at: expression.span)
            ])
        }
        return path
    }

    static func path(of expression: Expr, spelled text: String) -> FieldPath? {
        guard let steps = Names(given: [], container: "").path(expression)?.map(\.name) else { return nil }
        let names = steps[0] == "record" && steps.count > 1 ? Array(steps.dropFirst()) : steps
        return FieldPath(steps: names, text: text)
    }
}
