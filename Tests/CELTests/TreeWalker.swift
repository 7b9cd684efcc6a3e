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
            return try Self.looked(into: try value(operand), isOptional) { holder throws(Fault) in
                try Self.field(field, of: holder)
            }
        case .index(let operand, let index, let isOptional):
            let (holder, key) = (try value(operand), try value(index))
            return try Self.looked(into: holder, isOptional) { holder throws(Fault) in
                try Indexing.element(of: holder, at: key)
            }
        case .call(let name, _, let arguments): return try call(name, arguments, asMethod: false)
        case .method(let target, let name, let arguments)
        where target.qualifiedName.map({ Library.function($0 + "." + name) != nil }) == true:
            return try call((target.qualifiedName ?? "") + "." + name, arguments, asMethod: false)
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
            for element in elements {
                if let part = try self.part(element.value, element.isOptional) { values.append(part) }
            }
            return .list(CELList(values))
        case .map(let entries):
            var pairs: [(key: CELValue, value: CELValue)] = []
            for entry in entries {
                let key = try value(entry.key)
                if let part = try self.part(entry.value, entry.isOptional) { pairs.append((key, part)) }
            }
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

    /// A look into a value, or into what an optional holds: what is not there is none then.
    private static func looked(
        into holder: CELValue, _ isOptional: Bool, _ look: (CELValue) throws(Fault) -> CELValue
    ) throws(Fault) -> CELValue {
        var inner = holder
        if case .optional(let content) = holder {
            guard let content else { return holder }
            inner = content
        } else if !isOptional {
            return try look(holder)
        }
        do throws(Fault) { return .optional(try look(inner)) } catch {
            switch error {
            case .noField, .noKey: return .optional(nil)
            case .outOfBounds(let index, _)
            where index.hasSuffix("u") || Double(index).flatMap(Int64.init(exactly:)) != nil:
                return .optional(nil)
            default: throw error
            }
        }
    }

    /// A part of a list or a map; nil for one whose optional is none.
    private func part(_ node: Expr, _ isOptional: Bool) throws(Fault) -> CELValue? {
        let made = try value(node)
        guard isOptional else { return made }
        guard case .optional(let content) = made else { throw .noOverload("?", made) }
        return content
    }

    private func has(_ operand: Expr) throws(Fault) -> Bool {
        guard case .select(let target, let field, false) = operand.kind else { throw .notBuilt("") }
        let found = try Self.looked(into: try value(target), true) { holder throws(Fault) in
            try Self.field(field, of: holder)
        }
        guard case .optional(let content) = found else { return true }
        return content != nil
    }

    private static func binary(_ operation: BinaryOperator, _ a: CELValue, _ b: CELValue) throws(Fault) -> CELValue {
        switch operation {
        case .equal: return .bool(a.equals(b))
        case .notEqual: return .bool(!a.equals(b))
        case .in:
            if case .list(let list) = b { return .bool(list.elements.contains { a.equals($0) }) }
            guard case .map(let map) = b else { throw .noOverload("in", a, b) }
            return .bool(map[a] != nil)
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
        if asMethod, name == "or" || name == "orValue", arguments.count == 2 {
            guard case .optional(let content) = try value(arguments[0]) else { throw .noOverload(name) }
            if let content { return name == "or" ? .optional(content) : content }
            let other = try value(arguments[1])
            if name == "or", other.kind != "optional" { throw .noOverload(name) }
            return other
        }
        var values: [CELValue] = []
        for argument in arguments { values.append(try value(argument)) }
        var budget = Budget(Limits())
        switch function.body {
        case .unary(let body): return try body(values[0])
        case .binary(let body): return try body(values[0], values[1])
        case .variadic(let body): return try body(values, &budget)
        case .clock(let body):
            guard values.count == 2 else { return try body(values[0], nil) }
            guard case .text(let zone) = values[1] else { throw .noOverload(name) }
            return try body(values[0], try TimeZones.none.rules(zone))
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

    private func insertionSorted(_ values: [CELValue], by keys: [CELValue]) throws(Fault) -> [CELValue] {
        var sorted: [(key: CELValue, value: CELValue)] = []
        for (value, key) in zip(values, keys) {
            guard try key.ordered(against: key, .less) == .equal else { throw .noOverload("sortBy") }
            var at = sorted.count
            for place in sorted.indices.reversed() {
                if try key.ordered(against: sorted[place].key, .less) == .less { at = place }
            }
            sorted.insert((key, value), at: at)
        }
        return sorted.map(\.value)
    }

    private func walk(_ it: Comprehension) throws(Fault) -> CELValue {
        if it.kind == .optMap || it.kind == .optFlatMap, let transform = it.transform {
            guard case .optional(let content) = try value(it.target) else { throw .noOverload("optMap") }
            guard let content else { return .optional(nil) }
            let made = try with([(it.variable, content)]).value(transform)
            if it.kind == .optMap { return .optional(made) }
            guard case .optional = made else { throw .noOverload("optFlatMap") }
            return made
        }
        var elements: [(key: CELValue, value: CELValue, single: CELValue)] = []
        switch try value(it.target) {
        case .list(let list):
            for at in 0..<list.count { elements.append((.int(Int64(at)), list[at], list[at])) }
        case .map(let map) where it.kind != .sortBy:
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
        case .sortBy: return .list(CELList(try insertionSorted(elements.map(\.single), by: kept.map(\.value))))
        case .existsOne: return .bool(kept.count == 1)
        case .transformMap: return .map(try CELMap(kept))
        case .transformMapEntry: return .map(try CELMap(merged))
        default: return .list(CELList(kept.map(\.value)))
        }
    }
}
