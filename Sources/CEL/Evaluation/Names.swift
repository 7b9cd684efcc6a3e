import Values

/// What the names of an expression stand for, at the point that is being compiled.
struct Names {
    /// The variables of the macros around this point, outermost first; their positions are their slots.
    private(set) var variables: [String] = []
    private let given: [String]
    /// The prefixes to try before a name, the longest first and the empty one last.
    private let prefixes: [String]

    enum Reference {
        case variable(slot: Int)
        case given(name: String, position: Int)
        case type(TypeName)
        /// A field of the record; `type` where the name also stands for a type, should the record lack the field.
        case field(type: TypeName?)
    }

    init(given: [String], container: String) {
        self.given = given
        var prefixes = [""]
        for part in container.split(separator: ".") { prefixes.insert(prefixes[0] + part + ".", at: 0) }
        self.prefixes = prefixes
    }

    mutating func push(_ names: [String]) { variables += names }
    mutating func pop(_ count: Int) { variables.removeLast(count) }

    /// What a whole expression refers to; nil where it is no name, or where only the front of it is one.
    func reference(_ expression: Expr) -> Reference? {
        switch expression.kind {
        case .name(let name, let isRooted):
            if !isRooted, let slot = variables.lastIndex(of: name) { return .variable(slot: slot) }
            return declared(name, isRooted) ?? .field(type: TypeName.named(name))
        case .select(_, _, false):
            guard let name = expression.qualifiedName, let root = expression.rootName else { return nil }
            let isRooted = name.utf8.first == UInt8(ascii: ".")
            if !isRooted, variables.contains(root) { return nil }
            return declared(isRooted ? String(name.dropFirst()) : name, isRooted)
        default: return nil
        }
    }

    private func declared(_ name: String, _ isRooted: Bool) -> Reference? {
        if !given.isEmpty {
            for prefix in isRooted ? [""] : prefixes {
                let full = prefix + name
                if let position = given.firstIndex(of: full) { return .given(name: full, position: position) }
            }
        }
        return name.utf8.contains(UInt8(ascii: ".")) ? TypeName.named(name).map(Reference.type) : nil
    }

    /// The field of the record that an expression selects, step by step; nil for everything else.
    func path(_ expression: Expr) -> [PathStep]? {
        if let reference = reference(expression) {
            guard case .field(let type) = reference, case .name(let name, _) = expression.kind else { return nil }
            return [PathStep(name: name, span: expression.span, type: type)]
        }
        switch expression.kind {
        case .select(let operand, let field, false):
            let start = max(Int(operand.span.end), Int(expression.span.end) - field.utf8.count)
            let step = PathStep(name: field, span: Span(start, Int(expression.span.end)))
            return path(operand).map { $0 + [step] }
        case .index(let operand, let index, false):
            guard case .literal(.text(let name)) = index.kind else { return nil }
            return path(operand).map { $0 + [PathStep(name: name, span: index.span)] }
        default: return nil
        }
    }

    /// The full names that a name may be short for, in the order in which they are tried.
    func candidates(_ name: String, isRooted: Bool) -> [String] { isRooted ? [name] : prefixes.map { $0 + name } }

    /// Whether a receiver is the front of a function's name, as in `math.abs(x)`, and not a value.
    func isNamespace(_ receiver: Expr) -> Bool {
        guard let root = receiver.rootName, receiver.qualifiedName != nil else { return false }
        return !variables.contains(root) && !given.contains(root)
    }
}

struct PathStep {
    var name: String
    var span: Span
    /// Set on a first step that also names a type.
    var type: TypeName?
}

extension Expr {
    /// `a.b.c` as the steps of a path, whatever its names stand for; nil for anything but names and selections.
    var steps: [PathStep]? {
        switch kind {
        case .name(let name, _): return [PathStep(name: name, span: span)]
        case .select(let operand, let field, false):
            let start = max(Int(operand.span.end), Int(span.end) - field.utf8.count)
            return operand.steps.map { $0 + [PathStep(name: field, span: Span(start, Int(span.end)))] }
        default: return nil
        }
    }

    /// The name at the front of a chain of selections.
    fileprivate var rootName: String? {
        switch kind {
        case .name(let name, _): name
        case .select(let operand, _, _): operand.rootName
        default: nil
        }
    }
}
