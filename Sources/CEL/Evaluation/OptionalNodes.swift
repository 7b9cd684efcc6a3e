/// `a.?b`: the field as an optional, none where it is not there.
final class OptionalSelectNode: Node {
    let span: Span
    private let operand: any Node
    private let field: String

    init(_ operand: any Node, _ field: String, _ span: Span) {
        self.operand = operand
        self.field = field
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let holder = try operand.value(scope, &run)
        return try placed { () throws(Fault) in try Indexing.optional(field: field, of: holder) }
    }
}

/// `a[?b]`: the element as an optional, none where it is not there.
final class OptionalIndexNode: Node {
    let span: Span
    private let operand: any Node
    private let index: any Node

    init(_ operand: any Node, _ index: any Node, _ span: Span) {
        self.operand = operand
        self.index = index
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let holder = try operand.value(scope, &run)
        let index = try self.index.value(scope, &run)
        return try placed { () throws(Fault) in try Indexing.optional(of: holder, at: index) }
    }
}

/// `a.or(b)` and `a.orValue(b)`: the other side is evaluated only where the first holds nothing.
final class OptionalElseNode: Node {
    let span: Span
    private let optional: any Node
    private let other: any Node
    /// Whether it gives what is held, and not the optional that holds it.
    private let takesValue: Bool

    init(_ optional: any Node, _ other: any Node, takesValue: Bool, _ span: Span) {
        self.optional = optional
        self.other = other
        self.takesValue = takesValue
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let name = takesValue ? "orValue" : "or"
        let optional = try self.optional.value(scope, &run)
        if let content = try placed({ () throws(Fault) in try optional.content(for: name) }) {
            return takesValue ? content : optional
        }
        let other = try self.other.value(scope, &run)
        if !takesValue { _ = try placed { () throws(Fault) in try other.content(for: name) } }
        return other
    }
}

/// `a.optMap(x, …)` and `a.optFlatMap(x, …)`: an expression over what an optional holds.
final class OptionalMapNode: Node {
    let span: Span
    private let optional: any Node
    private let body: any Node
    /// Whether the body gives an optional by itself.
    private let isFlat: Bool

    init(_ optional: any Node, _ body: any Node, isFlat: Bool, _ span: Span) {
        self.optional = optional
        self.body = body
        self.isFlat = isFlat
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let name = isFlat ? "optFlatMap" : "optMap"
        let optional = try self.optional.value(scope, &run)
        guard let content = try placed({ () throws(Fault) in try optional.content(for: name) }) else {
            return .optional(nil)
        }
        run.variables.append(content)
        defer { run.variables.removeLast() }
        let result = try body.value(scope, &run)
        guard isFlat else { return .optional(result) }
        _ = try placed { () throws(Fault) in try result.content(for: name) }
        return result
    }
}

/// An element of a list, or an entry of a map, that stands there only where its optional holds something.
struct OptionalPart {
    let node: any Node
    let isOptional: Bool

    /// nil where the part is left out.
    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue? {
        let value = try node.value(scope, &run)
        guard isOptional else { return value }
        do { return try value.content(for: "?") } catch { throw EvaluationFailure(error, node.span) }
    }
}
