import Diagnostics

/// Finds what is certain to fail before anything is evaluated. Fields of records may be anything, so only constants,
/// calls and operators are judged.
struct Checker {
    var names: Names
    private let source: ExpressionSource
    private(set) var mistakes: [Diagnostic] = []

    static func check(_ expression: Expr, in source: ExpressionSource, _ options: CompileOptions) -> [Diagnostic] {
        var checker = Checker(source, options)
        let type = checker.type(expression)
        if options.isFilter, !type.mayBe(.bool) {
            checker.report("filter-not-bool", "a filter answers with a bool, and this is \(type.word)", expression.span)
        }
        return checker.mistakes
    }

    private init(_ source: ExpressionSource, _ options: CompileOptions) {
        names = Names(given: options.names, container: options.container)
        self.source = source
    }

    mutating func report(_ code: String, _ message: String, _ span: Span, hint: String? = nil) {
        mistakes.append(source.diagnostic(code, message, at: span, hint: hint))
    }

    /// The type of an expression as far as it is certain; mistakes inside it are reported on the way.
    mutating func type(_ expression: Expr) -> StaticType {
        if names.path(expression) != nil || names.reference(expression) != nil { return .dyn }
        switch expression.kind {
        case .literal(let literal): return StaticType(literal)
        case .name: return .dyn
        case .select(let operand, let field, let isOptional): return select(operand, field, isOptional, expression.span)
        case .index(let operand, let index, let isOptional):
            _ = (type(operand), type(index))
            return isOptional ? .optional : .dyn
        case .call(let function, _, let arguments): return call(function, arguments, asMethod: false, expression)
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
            let (a, b) = (type(yes), type(no))
            return a == b ? a : .dyn
        case .list(let elements):
            for element in elements { _ = type(element.value) }
            return .list
        case .map(let entries): return map(entries, expression.span)
        case .message(let type, let fields):
            for field in fields { _ = self.type(field.value) }
            notBuilt("messages such as '\(type)' are", expression.span)
            return .dyn
        case .has(let operand): return has(operand)
        case .bind(let variable, let value, let body):
            _ = type(value)
            return inside([variable]) { checker in checker.type(body) }
        case .comprehension(let comprehension): return self.comprehension(comprehension)
        }
    }

    mutating func notBuilt(_ part: String, _ span: Span) {
        report("not-built-yet", "\(part) not built yet", span)
    }

    private mutating func inside<R>(_ variables: [String], _ body: (inout Checker) -> R) -> R {
        names.push(variables)
        defer { names.pop(variables.count) }
        return body(&self)
    }

    private mutating func expectBool(_ expression: Expr, of what: String) {
        let type = type(expression)
        guard !type.mayBe(.bool) else { return }
        report("type-mismatch", "\(what) takes bool, and this is \(type.word)", expression.span)
    }

    private mutating func select(_ operand: Expr, _ field: String, _ isOptional: Bool, _ span: Span) -> StaticType {
        let type = type(operand)
        if type == .optional { return .optional }
        if !type.mayBe(.map) {
            report("type-mismatch", "'\(field)' is asked of \(type.word), which has no fields", span)
        }
        return isOptional ? .optional : .dyn
    }

    private mutating func has(_ operand: Expr) -> StaticType {
        if names.path(operand) == nil { _ = type(operand) }
        return .bool
    }

    private mutating func map(_ entries: [Expr.Entry], _ span: Span) -> StaticType {
        for entry in entries {
            let key = type(entry.key)
            if ![.dyn, .bool, .int, .uint, .text].contains(key) {
                report("type-mismatch", "\(key.word) cannot be a key", entry.key.span)
            }
            _ = type(entry.value)
        }
        return .map
    }

    private mutating func comprehension(_ comprehension: Comprehension) -> StaticType {
        let target = type(comprehension.target)
        let name = "'\(comprehension.kind.rawValue)'"
        let isOptional = comprehension.kind == .optMap || comprehension.kind == .optFlatMap
        if isOptional, !target.mayBe(.optional) {
            report(
                "type-mismatch", "\(name) takes an optional, and this is \(target.word)", comprehension.target.span)
        } else if !isOptional, !target.mayBe(.list), !target.mayBe(.map) {
            report(
                "type-mismatch", "\(name) walks over a list or an object, and this is \(target.word)",
                comprehension.target.span)
        }
        inside([comprehension.variable] + [comprehension.second].compactMap { $0 }) { checker in
            if let predicate = comprehension.predicate { checker.expectBool(predicate, of: name) }
            if let transform = comprehension.transform { _ = checker.type(transform) }
        }
        switch comprehension.kind {
        case .all, .exists, .existsOne: return .bool
        case .map, .filter, .transformList, .sortBy: return .list
        case .transformMap, .transformMapEntry: return .map
        case .optMap, .optFlatMap: return .optional
        }
    }
}
