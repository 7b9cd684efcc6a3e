/// A field of a value that is no plain path: of a macro's variable, of a call's result.
final class SelectNode: Node {
    let span: Span
    private let operand: any Node
    private let field: String
    /// The field with what stands before it, for messages.
    private let path: String

    init(_ operand: any Node, _ field: String, path: String?, _ span: Span) {
        self.operand = operand
        self.field = field
        self.path = path ?? field
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let holder = try operand.value(scope, &run)
        return try placed { () throws(Fault) in try Indexing.field(field, of: holder, path: path) }
    }
}

final class HasNode: BoolNode {
    let span: Span
    private let operand: any Node
    private let field: String

    init(_ operand: any Node, _ field: String, _ span: Span) {
        self.operand = operand
        self.field = field
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        let holder = try operand.value(scope, &run)
        return try placed { () throws(Fault) in try Indexing.hasField(field, in: holder) }
    }
}

final class IndexNode: Node {
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
        return try placed { () throws(Fault) in try Indexing.element(of: holder, at: index) }
    }
}

/// Looking into values. An optional is looked into as what it holds, and gives optionals again.
enum Indexing {
    /// The value of a field; `path` is what messages call it.
    static func field(_ field: String, of holder: CELValue, path: String) throws(Fault) -> CELValue {
        if case .optional = holder { return try optional(field: field, of: holder) }
        guard let value = try find(field, in: holder) else { throw .noField(path) }
        return value
    }

    static func optional(field: String, of holder: CELValue) throws(Fault) -> CELValue {
        guard case .optional(let content) = holder else { return .optional(try find(field, in: holder)) }
        guard let content else { return holder }
        return .optional(try find(field, in: content))
    }

    static func hasField(_ field: String, in holder: CELValue) throws(Fault) -> Bool {
        guard case .optional(let content) = holder else { return try find(field, in: holder) != nil }
        guard let content else { return false }
        return try find(field, in: content) != nil
    }

    /// An element of a list by a whole number of any kind, or the value of a map's key.
    static func element(of holder: CELValue, at index: CELValue) throws(Fault) -> CELValue {
        if case .optional = holder { return try optional(of: holder, at: index) }
        if let value = try find(index, in: holder) { return value }
        if case .list(let list) = holder { throw .outOfBounds(index: index.brief, count: list.count) }
        if case .text(let name) = index { throw .noField(name) }
        throw .noKey(index.brief)
    }

    static func optional(of holder: CELValue, at index: CELValue) throws(Fault) -> CELValue {
        guard case .optional(let content) = holder else { return .optional(try find(index, in: holder)) }
        guard let content else { return holder }
        return .optional(try find(index, in: content))
    }

    private static func find(_ field: String, in holder: CELValue) throws(Fault) -> CELValue? {
        guard case .map(let map) = holder else { throw .fieldOf(kind: holder.kind, field: field) }
        return map[field: field]
    }

    /// nil for a key or a position that is not there; a fault for what can be neither.
    private static func find(_ index: CELValue, in holder: CELValue) throws(Fault) -> CELValue? {
        switch holder {
        case .map(let map):
            if let value = map[index] { return value }
            if MapKey(index) != nil || index.isNumber { return nil }
        case .list(let list):
            switch MapKey(index) {
            case .int(let position): return position >= 0 && position < list.count ? list[Int(position)] : nil
            case .uint: return nil
            default: break
            }
            if index.isNumber { throw .outOfBounds(index: index.brief, count: list.count) }
        default: break
        }
        throw .noOverload(function: "[]", kinds: [holder.kind, index.kind])
    }
}
