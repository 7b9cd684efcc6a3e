/// What is known of the type variables of one expression, and the rules by which they become known.
///
/// Work and depth are bounded: an expression whose types outgrow both (a variable may stand in a type many times, and
/// its own type may do so again) is taken for right where it cannot be followed.
struct Inference {
    /// What happens where a variable is given a type that does not agree with what it has.
    enum Conflict {
        /// The two do not go together.
        case refuse
        /// They go together where values of both could be equal; the variable becomes `dyn`.
        case compare
        /// The variable becomes `dyn`.
        case merge
    }

    /// Whether to go by the language's own rules, which refuse more than what is certain to fail.
    let isStrict: Bool
    private var variables: [(type: CELType?, conflict: Conflict)] = []
    /// What variables were before, so that an attempt can be taken back.
    private var changes: [(variable: Int, before: CELType?)] = []
    private var steps = Inference.stepsAtFirst
    private var depth = 0

    /// Deeper than an expression can nest, so that no literal is cut.
    private static let depthLimit = 160
    private static let stepsAtFirst = 20_000
    private static let stepsPerNode = 1_000

    init(isStrict: Bool) { self.isStrict = isStrict }

    /// Allows for the work on one more node of the expression.
    mutating func enterNode() { steps = min(steps &+ Self.stepsPerNode, 1_000_000) }

    /// Goes one level down into a type, where that is not too deep or too much. Every yes is followed by ``leave()``.
    mutating func enter() -> Bool {
        guard depth < Self.depthLimit, steps > 0 else { return false }
        steps -= 1
        depth += 1
        return true
    }

    mutating func leave() { depth -= 1 }

    mutating func fresh(_ conflict: Conflict) -> CELType {
        variables.append((nil, conflict))
        return .variable(variables.count - 1)
    }

    func known(_ variable: Int) -> CELType? { variables[variable].type }

    func conflict(of variable: Int) -> Conflict { variables[variable].conflict }

    mutating func set(_ variable: Int, _ type: CELType) {
        changes.append((variable, variables[variable].type))
        variables[variable].type = type
    }

    /// Takes back what was learned, unless the answer is yes.
    mutating func attempt(_ body: (inout Inference) -> Bool) -> Bool {
        let start = changes.count
        if body(&self) { return true }
        while changes.count > start, let last = changes.popLast() { variables[last.variable].type = last.before }
        return false
    }

    /// The type itself, where a variable is known to stand for it.
    func head(_ type: CELType) -> CELType {
        var type = type
        // Variables stand for older and for younger ones, and never for themselves.
        while case .variable(let variable) = type, let known = variables[variable].type { type = known }
        return type
    }

    /// The type with all that is known put into it.
    mutating func resolved(_ type: CELType) -> CELType {
        switch head(type) {
        case .list(let element): return .list(inner(element))
        case .map(let key, let value): return .map(inner(key), inner(value))
        case .type(let type): return .type(inner(type))
        case .nullable(let type): return .nullable(inner(type))
        case .opaque(let name, let contents) where !contents.isEmpty:
            var known: [CELType] = []
            for content in contents { known.append(inner(content)) }
            return .opaque(name, known)
        case let simple: return simple
        }
    }

    private mutating func inner(_ type: CELType) -> CELType {
        guard enter() else { return .dyn }
        defer { leave() }
        return resolved(type)
    }

    /// Whether a variable stands somewhere in a type; nil where that cannot be followed.
    mutating func occurs(_ variable: Int, in type: CELType) -> Bool? {
        switch head(type) {
        case .variable(variable): return true
        case .list(let inner), .type(let inner), .nullable(let inner): return occurs(variable, inAny: [inner])
        case .map(let key, let value): return occurs(variable, inAny: [key, value])
        case .opaque(_, let contents): return occurs(variable, inAny: contents)
        default: return false
        }
    }

    private mutating func occurs(_ variable: Int, inAny types: [CELType]) -> Bool? {
        guard enter() else { return nil }
        defer { leave() }
        for type in types {
            guard let found = occurs(variable, in: type) else { return nil }
            if found { return true }
        }
        return false
    }
}
