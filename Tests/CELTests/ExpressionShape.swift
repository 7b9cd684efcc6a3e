@testable import CEL

extension Expr {
    /// The tree without its places, as one text: equal where two trees are.
    var shape: String {
        let parts = kind.children.map(\.shape).joined(separator: " ")
        return parts.isEmpty ? "(\(label))" : "(\(label) \(parts))"
    }

    private var label: String {
        switch kind {
        case .literal(let literal): literal.label
        case .name(let name, let isRooted): "name \(name) \(isRooted)"
        case .select(_, let field, let isOptional): "select \(field) \(isOptional)"
        case .index(_, _, let isOptional): "index \(isOptional)"
        case .call(let function, let isRooted, _): "call \(function) \(isRooted)"
        case .method(_, let function, _): "method \(function)"
        case .unary(let operation, _): "unary \(operation)"
        case .binary(let operation, _, _): "binary \(operation)"
        case .logic(let operation, _): "logic \(operation)"
        case .conditional: "conditional"
        case .list(let elements): "list \(elements.map(\.isOptional))"
        case .map(let entries): "map \(entries.map(\.isOptional))"
        case .message(let type, let fields): "message \(type) \(fields.map(\.name)) \(fields.map(\.isOptional))"
        case .has: "has"
        case .bind(let variable, _, _): "bind \(variable)"
        case .comprehension(let it):
            "\(it.kind) \(it.variable) \(it.second ?? "-") \(it.predicate != nil) \(it.transform != nil)"
        }
    }
}

extension Literal {
    fileprivate var label: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "int \(value)"
        case .uint(let value): "uint \(value)"
        case .double(let value): "double \(value.bitPattern)"
        case .text(let value): "text \(Array(value.utf8))"
        case .bytes(let value): "bytes \(value)"
        }
    }
}
