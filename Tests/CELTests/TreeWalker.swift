import Values

@testable import CEL

/// A second evaluator, as plain as can be: it walks the tree, folds nothing and prepares nothing. What the compiled one
/// gives must be the same.
struct TreeWalker {
    var record: Object
    private var variables: [(name: String, value: CELValue)] = []

    init(_ record: Object) { self.record = record }

    func value(_ node: Expr) throws(Fault) -> CELValue {
        switch node.kind {
        case .literal(let literal): return CELValue(literal)
        case .name(let name, let isRooted): return try named(name, isRooted)
        case .select(let operand, let field, let isOptional):
            let holder = try value(operand)
            if isOptional { throw .notBuilt("") }
            return try Self.field(field, of: holder)
        case .index(let operand, let index, let isOptional):
            let (holder, key) = (try value(operand), try value(index))
            if isOptional { throw .notBuilt("") }
            return try Indexing.element(of: holder, at: key)
        case .call(let name, _, let arguments): return try call(name, arguments, asMethod: false)
        case .method(let target, let name, let arguments): return try call(name, [target] + arguments, asMethod: true)
        case .unary(.not, let operand): return .bool(try !bool(operand))
        case .unary(.negate, let operand): return try Arithmetic.negate(try value(operand))
        case .binary(let operation, let left, let right):
            return try Self.binary(operation, try value(left), try value(right))
        case .logic(let operation, let terms):
            return .bool(try decided(operation == .or, terms.count) { at throws(Fault) in try bool(terms[at]) })
        case .conditional(let condition, let yes, let no): return try bool(condition) ? value(yes) : value(no)
        case .list(let elements):
            var values: [CELValue] = []
            for element in elements { values.append(try value(element.value)) }
            return .list(CELList(values))
        case .map(let entries):
            var pairs: [(key: CELValue, value: CELValue)] = []
            for entry in entries { pairs.append((try value(entry.key), try value(entry.value))) }
            return .map(try CELMap(pairs))
        case .message: throw .notBuilt("")
        case .has(let operand): return .bool(try has(operand))
        case .bind(let name, let bound, let body): return try with([(name, try value(bound))]).value(body)
        case .comprehension(let comprehension): return try walk(comprehension)
        }
    }

    private func bool(_ node: Expr) throws(Fault) -> Bool {
        let value = try value(node)
        guard case .bool(let bool) = value else { throw .notBool(kind: value.kind) }
        return bool
    }

    private func with(_ added: [(name: String, value: CELValue)]) -> TreeWalker {
        var inner = self
        inner.variables += added
        return inner
    }

    private func named(_ name: String, _ isRooted: Bool) throws(Fault) -> CELValue {
        if !isRooted, let found = variables.last(where: { $0.name == name }) { return found.value }
        if let value = record[name] { return CELValue(value) }
        if name == "record" { return .map(CELMap(record)) }
        if let type = TypeName.named(name) { return .type(type) }
        throw .noField(name)
    }

    private static func field(_ name: String, of holder: CELValue) throws(Fault) -> CELValue {
        guard case .map(let map) = holder else { throw .fieldOf(kind: holder.kind, field: name) }
        guard let value = map[.text(name)] else { throw .noField(name) }
        return value
    }

    private func has(_ operand: Expr) throws(Fault) -> Bool {
        guard case .select(let target, let field, false) = operand.kind else { throw .notBuilt("") }
        let holder = try value(target)
        guard case .map(let map) = holder else { throw .fieldOf(kind: holder.kind, field: field) }
        return map[.text(field)] != nil
    }

    private static func binary(_ operation: BinaryOperator, _ a: CELValue, _ b: CELValue) throws(Fault) -> CELValue {
        switch operation {
        case .equal: return .bool(a.equals(b))
        case .notEqual: return .bool(!a.equals(b))
        case .in: return .bool(try a.isMember(of: b))
        case .less: return .bool(try a.ordered(against: b, operation) == .less)
        case .greater: return .bool(try a.ordered(against: b, operation) == .greater)
        case .lessOrEqual: return .bool([.less, .equal].contains(try a.ordered(against: b, operation)))
        case .greaterOrEqual: return .bool([.greater, .equal].contains(try a.ordered(against: b, operation)))
        default: return try Arithmetic.apply(operation, a, b)
        }
    }

    private func call(_ name: String, _ arguments: [Expr], asMethod: Bool) throws(Fault) -> CELValue {
        guard let function = Library.function(name) else { throw .unknownFunction(name) }
        guard function.overloads(asMethod: asMethod).contains(where: { $0.parameters.count == arguments.count }) else {
            throw .noOverload(function: name, kinds: [])
        }
        var values: [CELValue] = []
        for argument in arguments { values.append(try value(argument)) }
        var budget = Budget(limit: 1_000_000)
        switch function.body {
        case .unary(let body): return try body(values[0])
        case .binary(let body): return try body(values[0], values[1])
        case .variadic(let body): return try body(values, &budget)
        }
    }

    /// Whether one of so many answers is the deciding one; a failure counts only where none decides.
    private func decided(
        _ decisive: Bool, _ count: Int, _ answer: (Int) throws(Fault) -> Bool
    ) throws(Fault) -> Bool {
        var fault: Fault?
        for at in 0..<count {
            do throws(Fault) {
                if try answer(at) == decisive { return decisive }
            } catch { fault = fault ?? error }
        }
        if let fault { throw fault }
        return !decisive
    }

    private func walk(_ it: Comprehension) throws(Fault) -> CELValue {
        var elements: [(key: CELValue, value: CELValue, single: CELValue)] = []
        switch try value(it.target) {
        case .list(let list):
            for at in 0..<list.count { elements.append((.int(Int64(at)), list[at], list[at])) }
        case .map(let map):
            for at in 0..<map.count { elements.append((map.key(at: at), map.value(at: at), map.key(at: at))) }
        case let other: throw .noOverload(function: it.kind.rawValue, kinds: [other.kind])
        }
        let scopes = elements.map { element in
            it.second.map { with([(it.variable, element.key), ($0, element.value)]) }
                ?? with([(it.variable, element.single)])
        }
        let accepts = { (at: Int) throws(Fault) -> Bool in
            guard let predicate = it.predicate else { return true }
            return try scopes[at].bool(predicate)
        }
        switch it.kind {
        case .all: return .bool(try decided(false, scopes.count, accepts))
        case .exists: return .bool(try decided(true, scopes.count, accepts))
        default: break
        }
        var kept: [(key: CELValue, value: CELValue)] = []
        var merged: [(key: CELValue, value: CELValue)] = []
        for at in scopes.indices where try accepts(at) {
            guard let transform = it.transform else {
                kept.append((elements[at].key, elements[at].single))
                continue
            }
            let made = try scopes[at].value(transform)
            kept.append((elements[at].key, made))
            guard it.kind == .transformMapEntry else { continue }
            guard case .map(let map) = made else { throw .noOverload(function: "", kinds: [made.kind]) }
            for position in 0..<map.count { merged.append((map.key(at: position), map.value(at: position))) }
        }
        switch it.kind {
        case .existsOne: return .bool(kept.count == 1)
        case .transformMap: return .map(try CELMap(kept))
        case .transformMapEntry: return .map(try CELMap(merged))
        default: return .list(CELList(kept.map(\.value)))
        }
    }
}
