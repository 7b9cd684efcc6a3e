import Diagnostics

/// Finds the type of an expression, and what is wrong in it, before anything is evaluated.
///
/// Of fields without a schema nothing is known, and what may be right passes: numbers of different kinds compare, and
/// types that differ become `dyn` together. With ``CompileOptions/isStrict`` the same rules refuse both, as the
/// language's own checker does.
struct Checker {
    var names: Names
    var inference: Inference
    let environment: TypeEnvironment
    /// The types of the macros' variables, in step with those of `names`.
    private var variables: [CELType] = []
    private let source: ExpressionSource
    private(set) var mistakes: [Diagnostic] = []

    static func check(
        _ expression: Expr, in source: ExpressionSource, _ options: CompileOptions
    ) -> (type: CELType, mistakes: [Diagnostic]) {
        var checker = Checker(source, options)
        let type = checker.type(expression)
        if options.isFilter, !checker.inference.isAssignable(type, to: .bool) {
            let word = checker.word(type)
            checker.report(.filterNotBool, "a filter answers with a bool, and this is \(word)", expression.span)
        }
        return (checker.inference.resolved(type).withoutVariables, checker.mistakes)
    }

    private init(_ source: ExpressionSource, _ options: CompileOptions) {
        environment = options.types
        let declared = environment.variables.map(\.name).filter { !options.names.contains($0) }
        names = Names(given: options.names + declared, container: options.container)
        inference = Inference(isStrict: options.isStrict)
        self.source = source
    }

    var isStrict: Bool { inference.isStrict }

    mutating func report(_ code: ExpressionCode, _ message: String, _ span: Span, hint: String? = nil) {
        mistakes.append(source.diagnostic(code, message, at: span, hint: hint))
    }

    func word(_ type: CELType) -> String { inference.head(type).word }

    /// The type of an expression as far as it is known; mistakes inside it are reported on the way.
    mutating func type(_ expression: Expr) -> CELType {
        inference.enterNode()
        if let type = named(expression) { return type }
        switch expression.kind {
        case .literal(let literal): return CELType(literal)
        case .name: return .dyn
        case .select(let operand, let field, let isOptional):
            let holder = type(operand)
            return looked(into: holder, isOptional) { checker, holder in
                checker.member(field, of: holder, expression.span)
            }
        case .index(let operand, let index, let isOptional):
            let (holder, position) = (type(operand), type(index))
            return looked(into: holder, isOptional) { checker, holder in
                checker.element(of: holder, at: position, index, expression.span)
            }
        case .call(let function, let isRooted, let arguments):
            return call(function, arguments, isRooted: isRooted, expression)
        case .method(let receiver, let function, let arguments):
            return method(receiver, function, arguments, expression)
        case .unary(let operation, let operand): return unary(operation, operand)
        case .binary(let operation, let left, let right):
            return binary(operation, type(left), type(right), expression.span)
        case .logic(let operation, let terms):
            for term in terms { expectBool(term, of: "'\(operation.rawValue)'") }
            return .bool
        case .conditional(let condition, let yes, let no):
            expectBool(condition, of: "'?'")
            return either(type(yes), type(no), expression.span)
        case .list(let elements): return list(elements)
        case .map(let entries): return map(entries)
        case .message(let type, let fields):
            for field in fields { _ = self.type(field.value) }
            notBuilt("messages such as '\(type)' are", expression.span)
            return .dyn
        case .has(let operand): return has(operand)
        case .bind(let variable, let value, let body):
            var bound = type(value)
            // Values of a block stand for themselves: what is made of one says nothing of the others.
            if variable.utf8.first == UInt8(ascii: "@") { bound = inference.resolved(bound).withoutVariables }
            return inside([(variable, bound)]) { checker in checker.type(body) }
        case .comprehension(let comprehension): return self.comprehension(comprehension)
        }
    }

    mutating func types(_ expressions: [Expr]) -> [CELType] {
        var types: [CELType] = []
        for expression in expressions { types.append(type(expression)) }
        return types
    }

    mutating func notBuilt(_ part: String, _ span: Span) {
        report(.notBuilt, "\(part) not built yet", span)
    }

    mutating func inside<R>(_ added: [(name: String, type: CELType)], _ body: (inout Checker) -> R) -> R {
        names.push(added.map(\.name))
        variables += added.map(\.type)
        defer {
            names.pop(added.count)
            variables.removeLast(added.count)
        }
        return body(&self)
    }

    func type(ofVariable slot: Int) -> CELType { variables[slot] }

    mutating func expectBool(_ expression: Expr, of what: String) {
        let type = type(expression)
        guard !inference.isAssignable(type, to: .bool) else { return }
        report(.typeMismatch, "\(what) takes bool, and this is \(word(type))", expression.span)
    }
}

extension CELType {
    /// What is still not known is `dyn`.
    var withoutVariables: CELType {
        switch self {
        case .variable: .dyn
        case .list(let element): .list(element.withoutVariables)
        case .map(let key, let value): .map(key.withoutVariables, value.withoutVariables)
        case .type(let type): .type(type.withoutVariables)
        case .nullable(let type): .nullable(type.withoutVariables)
        case .opaque(let name, let contents): .opaque(name, contents.map(\.withoutVariables))
        default: self
        }
    }
}
