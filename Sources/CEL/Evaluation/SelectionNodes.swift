/// A field of a value that is no plain path: of a macro's variable, of a call's result.
final class SelectNode: Node {
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
        guard case .map(let map) = holder else { throw failure(.fieldOf(kind: holder.kind, field: field)) }
        guard let value = map[field: field] else { throw failure(.noField(field)) }
        return value
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
        guard case .map(let map) = holder else { throw failure(.fieldOf(kind: holder.kind, field: field)) }
        return map[field: field] != nil
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

enum Indexing {
    /// An element of a list by a whole number of any kind, or the value of a map's key.
    static func element(of holder: CELValue, at index: CELValue) throws(Fault) -> CELValue {
        switch holder {
        case .map(let map):
            if let value = map[index] { return value }
            if case .text(let name) = index { throw .noField(name) }
            throw MapKey(index) == nil && !index.isNumber
                ? .noOverload(function: "[]", kinds: [holder.kind, index.kind]) : .noKey(index.description)
        case .list(let list):
            guard case .int(let position)? = MapKey(index) else {
                if index.isNumber { throw .outOfBounds(index: index.description, count: list.count) }
                throw .noOverload(function: "[]", kinds: [holder.kind, index.kind])
            }
            guard position >= 0, position < list.count else {
                throw .outOfBounds(index: String(position), count: list.count)
            }
            return list[Int(position)]
        default: throw .noOverload(function: "[]", kinds: [holder.kind, index.kind])
        }
    }
}
