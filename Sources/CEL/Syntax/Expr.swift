/// An expression as it was written: a tree whose nodes know where they stand.
///
/// Macros are nodes of their own kind (``Comprehension``, `has`, `bind`), made by the parser; `&&` and `||` hold all
/// terms of a chain, so that a filter of a thousand terms is no deeper than one of two.
package struct Expr: Sendable {
    package let kind: Kind
    package let span: Span
    /// Levels from here down to the deepest leaf, this one included.
    package let height: Int
    /// How many nodes there are from here down.
    let size: Int

    package indirect enum Kind: Sendable {
        case literal(Literal)
        /// A name; `isRooted` where a dot stands before it, which skips the variables of macros and the container.
        case name(String, isRooted: Bool)
        case select(Expr, field: String, isOptional: Bool)
        case index(Expr, Expr, isOptional: Bool)
        case call(function: String, isRooted: Bool, [Expr])
        case method(Expr, function: String, [Expr])
        case unary(UnaryOperator, Expr)
        case binary(BinaryOperator, Expr, Expr)
        case logic(LogicOperator, [Expr])
        case conditional(Expr, Expr, Expr)
        case list([Element])
        case map([Entry])
        case message(type: String, [MessageField])
        /// `has(a.b)`, where the operand is `a.b`; of ours also `has(a)`, for a field of the record.
        case has(Expr)
        case bind(variable: String, Expr, in: Expr)
        case comprehension(Comprehension)
    }

    package struct Element: Sendable {
        package let value: Expr
        package let isOptional: Bool
    }

    package struct Entry: Sendable {
        package let key: Expr
        package let value: Expr
        package let isOptional: Bool
    }

    package struct MessageField: Sendable {
        package let name: String
        package let value: Expr
        package let isOptional: Bool
    }

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
        var (height, size) = (0, 1)
        for child in kind.children {
            height = max(height, child.height)
            size &+= child.size
        }
        self.height = height + 1
        self.size = size
    }
}

package enum Literal: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case text(String)
    case bytes([UInt8])
}

package enum UnaryOperator: String, Sendable, CaseIterable {
    case not = "!"
    case negate = "-"
}

package enum LogicOperator: String, Sendable, CaseIterable {
    case and = "&&"
    case or = "||"
}

package enum BinaryOperator: String, Sendable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case `in` = "in"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
}

/// A macro with a variable: it walks over a list, over the keys of a map, or into an optional.
package struct Comprehension: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case all, exists, existsOne = "exists_one", map, filter, transformList, transformMap, transformMapEntry
        /// Over what an optional holds, as if over a list of none or one.
        case optMap, optFlatMap
        case sortBy
    }

    package let kind: Kind
    package let target: Expr
    package let variable: String
    /// Of the forms with two variables: the value, where the first is the index or the key.
    package let second: String?
    /// What decides whether an element counts; `map` and the transforms can do without.
    package let predicate: Expr?
    package let transform: Expr?
}

extension Expr.Kind {
    /// The parts, in the order in which they are evaluated.
    package var children: [Expr] {
        switch self {
        case .literal, .name: []
        case .select(let operand, _, _), .unary(_, let operand), .has(let operand): [operand]
        case .index(let a, let b, _), .binary(_, let a, let b), .bind(_, let a, let b): [a, b]
        case .call(_, _, let arguments): arguments
        case .method(let target, _, let arguments): [target] + arguments
        case .logic(_, let terms): terms
        case .conditional(let a, let b, let c): [a, b, c]
        case .list(let elements): elements.map(\.value)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .message(_, let fields): fields.map(\.value)
        case .comprehension(let it): [it.target] + [it.predicate, it.transform].compactMap { $0 }
        }
    }
}
