import CEL
import Values

/// What filters ask of a record: the fields that are compared with constants, and conditions of other kinds, by their text.
struct FilterConditions {
    struct Field {
        let path: FieldPath
        /// What it is tried with; nil for a record without it.
        var values: [Value?]
    }

    /// The names that stand for conditions of other kinds.
    private(set) var unknowns: [String] = []
    private var names: [String: String] = [:]
    private var constants: [FieldPath: [Literal]] = [:]
    private var order: [FieldPath] = []
    /// Fields that are compared with each other: each is tried with the constants of all.
    private var compared: [(FieldPath, FieldPath)] = []

    /// The same expression with each condition of another kind as a name.
    mutating func simplified(_ expression: Expr) -> Expr {
        switch expression.kind {
        case .literal(.bool): return expression
        case .logic(let joined, let terms):
            return Expr(.logic(joined, terms.map { simplified($0) }), expression.span)
        case .unary(.not, let operand): return Expr(.unary(.not, simplified(operand)), expression.span)
        case .conditional(let a, let b, let c):
            return Expr(.conditional(simplified(a), simplified(b), simplified(c)), expression.span)
        default: return note(expression) ? expression : unknown(expression)
        }
    }

    private mutating func unknown(_ expression: Expr) -> Expr {
        let text = expression.source
        let name = names[text] ?? "unknown_\(unknowns.count)"
        if names[text] == nil {
            names[text] = name
            unknowns.append(name)
        }
        return Expr(.name(name, isRooted: false), expression.span)
    }

    /// Whether it is a condition whose every outcome the constants in it lead to.
    private mutating func note(_ condition: Expr) -> Bool {
        if let path = path(condition) {
            add(path, [.bool(true), .bool(false)])
            return true
        }
        switch condition.kind {
        case .has(let operand):
            guard let path = path(operand) else { return false }
            add(path, [])
            return true
        case .binary(let operation, let a, let b) where Self.comparisons.contains(operation):
            return note(a, b)
        default: return false
        }
    }

    private static let comparisons: Set<BinaryOperator> = [
        .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in,
    ]

    private mutating func note(_ a: Expr, _ b: Expr) -> Bool {
        switch (path(a), path(b)) {
        case (let first?, let second?):
            add(first, [])
            add(second, [])
            compared.append((first, second))
            return true
        case (let path?, nil):
            guard let literals = literals(b) else { return false }
            add(path, literals)
            return true
        case (nil, let path?):
            guard let literals = literals(a) else { return false }
            add(path, literals)
            return true
        case (nil, nil): return literals(a) != nil && literals(b) != nil
        }
    }

    private mutating func add(_ path: FieldPath, _ literals: [Literal]) {
        if constants[path] == nil { order.append(path) }
        constants[path, default: []] += literals
    }

    private func path(_ expression: Expr) -> FieldPath? {
        switch expression.kind {
        case .name, .select(_, _, isOptional: false), .index(_, _, isOptional: false):
            try? Expression.path(expression.source)
        default: nil
        }
    }

    /// The constants of a constant, or of a list of them.
    private func literals(_ expression: Expr) -> [Literal]? {
        switch expression.kind {
        case .literal(let literal): return [literal]
        case .unary(.negate, let operand):
            switch operand.kind {
            case .literal(.int(let number)): return [.int(0 &- number)]
            case .literal(.double(let number)): return [.double(-number)]
            default: return nil
            }
        case .list(let elements):
            var all: [Literal] = []
            for element in elements {
                guard !element.isOptional, let literal = literals(element.value), literal.count == 1 else { return nil }
                all += literal
            }
            return all
        default: return nil
        }
    }

    /// The fields with their values; nil where one lies inside another.
    var fields: [Field]? {
        for (at, path) in order.enumerated() where order[..<at].contains(where: { $0.overlaps(path) }) { return nil }
        return order.map { path in
            let group = group(of: path)
            let literals = group.flatMap { constants[$0] ?? [] }
            return Field(path: path, values: TrialValues(literals, ofFields: group.count).all)
        }
    }

    /// The fields that are compared with one, with each other or along a chain, itself among them: they take the same values.
    private func group(of path: FieldPath) -> Set<FieldPath> {
        var group: Set = [path]
        while true {
            let wider = compared.reduce(into: group) { group, pair in
                if group.contains(pair.0) || group.contains(pair.1) { group.formUnion([pair.0, pair.1]) }
            }
            if wider.count == group.count { return group }
            group = wider
        }
    }
}
