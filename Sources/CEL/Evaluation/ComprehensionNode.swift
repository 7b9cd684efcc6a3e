/// A macro at work: it walks over a list, or over the keys of a map, with its variables in their slots.
final class ComprehensionNode: Node {
    let span: Span
    private let kind: Comprehension.Kind
    private let target: any Node
    private let slot: Int
    /// Whether there are two variables: index and element, or key and value.
    private let hasSecond: Bool
    private let predicate: (any Node)?
    private let transform: (any Node)?
    /// What a visit of an element costs in steps, whatever its body does.
    private let cost: Int

    init(
        _ comprehension: Comprehension, target: any Node, slot: Int, predicate: (any Node)?, transform: (any Node)?,
        _ span: Span
    ) {
        kind = comprehension.kind
        hasSecond = comprehension.second != nil
        let bodies = [comprehension.predicate, comprehension.transform].compactMap { $0?.size }
        cost = 1 + bodies.reduce(0, +) / 16
        self.target = target
        self.slot = slot
        self.predicate = predicate
        self.transform = transform
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        let target = try self.target.value(scope, &run)
        let range = try placed { () throws(Fault) in try ComprehensionRange(target, kind) }
        let added = hasSecond ? 2 : 1
        for _ in 0..<added { run.variables.append(.null) }
        defer { run.variables.removeLast(added) }
        switch kind {
        case .optMap, .optFlatMap: throw failure(.noOverload(function: kind.rawValue, kinds: [target.kind]))
        case .all: return .bool(try !decides(false, range, scope, &run))
        case .exists: return .bool(try decides(true, range, scope, &run))
        case .existsOne: return .bool(try count(range, scope, &run) == 1)
        case .sortBy:
            let keys = try elements(range, scope, &run)
            let values = (0..<range.count).map(range.element)
            let sorted = try placed { () throws(Fault) in
                try Sorting.sorted(values, by: keys, kind.rawValue, &run.budget)
            }
            return .list(CELList(sorted))
        case .map, .filter, .transformList: return .list(CELList(try elements(range, scope, &run)))
        case .transformMap, .transformMapEntry:
            let pairs = try entries(range, scope, &run)
            return .map(try placed { () throws(Fault) in try CELMap(pairs) })
        }
    }

    private func enter(
        _ position: Int, _ range: ComprehensionRange, _ run: inout Run
    ) throws(EvaluationFailure) {
        try placed { () throws(Fault) in try run.budget.charge(cost) }
        if hasSecond {
            run.variables[slot] = range.key(position)
            run.variables[slot + 1] = range.value(position)
        } else {
            run.variables[slot] = range.element(position)
        }
    }

    /// Whether an element answers with the deciding bool. One that does wins over others that fail.
    private func decides(
        _ decisive: Bool, _ range: ComprehensionRange, _ scope: Scope, _ run: inout Run
    ) throws(EvaluationFailure) -> Bool {
        var failure: EvaluationFailure?
        for position in 0..<range.count {
            try enter(position, range, &run)
            do {
                if try accepts(scope, &run) == decisive { return true }
            } catch {
                guard error.fault.isAbsorbable else { throw error }
                if failure == nil { failure = error }
            }
        }
        if let failure { throw failure }
        return false
    }

    private func accepts(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool {
        guard let predicate else { return true }
        return try predicate.bool(scope, &run)
    }

    private func count(
        _ range: ComprehensionRange, _ scope: Scope, _ run: inout Run
    ) throws(EvaluationFailure) -> Int {
        var count = 0
        for position in 0..<range.count {
            try enter(position, range, &run)
            if try accepts(scope, &run) { count += 1 }
        }
        return count
    }

    private func elements(
        _ range: ComprehensionRange, _ scope: Scope, _ run: inout Run
    ) throws(EvaluationFailure) -> [CELValue] {
        var elements: [CELValue] = []
        for position in 0..<range.count {
            try enter(position, range, &run)
            guard try accepts(scope, &run) else { continue }
            try placed { () throws(Fault) in try run.budget.take(elements: 1) }
            elements.append(try transform?.value(scope, &run) ?? range.element(position))
        }
        return elements
    }

    private func entries(
        _ range: ComprehensionRange, _ scope: Scope, _ run: inout Run
    ) throws(EvaluationFailure) -> [(key: CELValue, value: CELValue)] {
        var entries: [(key: CELValue, value: CELValue)] = []
        for position in 0..<range.count {
            try enter(position, range, &run)
            guard try accepts(scope, &run), let value = try transform?.value(scope, &run) else { continue }
            try placed { () throws(Fault) in try run.budget.take(entries: 1) }
            guard kind == .transformMapEntry else {
                entries.append((range.key(position), value))
                continue
            }
            guard case .map(let map) = value else {
                throw failure(.noOverload(function: kind.rawValue, kinds: [value.kind]))
            }
            try placed { () throws(Fault) in
                try run.budget.charge(map.count)
                try run.budget.take(entries: map.count)
            }
            for at in 0..<map.count { entries.append((map.key(at: at), map.value(at: at))) }
        }
        return entries
    }
}

/// What a macro walks over.
private enum ComprehensionRange {
    case list(CELList)
    case map(CELMap)

    init(_ value: CELValue, _ kind: Comprehension.Kind) throws(Fault) {
        switch value {
        case .list(let list): self = .list(list)
        case .map(let map) where kind != .sortBy: self = .map(map)
        default: throw .noOverload(function: kind.rawValue, kinds: [value.kind])
        }
    }

    var count: Int {
        switch self {
        case .list(let list): list.count
        case .map(let map): map.count
        }
    }

    /// What a single variable stands for: the element, or the key.
    func element(_ position: Int) -> CELValue {
        switch self {
        case .list(let list): list[position]
        case .map(let map): map.key(at: position)
        }
    }

    func key(_ position: Int) -> CELValue {
        switch self {
        case .list: .int(Int64(position))
        case .map(let map): map.key(at: position)
        }
    }

    func value(_ position: Int) -> CELValue {
        switch self {
        case .list(let list): list[position]
        case .map(let map): map.value(at: position)
        }
    }
}

/// `cel.bind(name, value, body)`.
final class BindNode: Node {
    let span: Span
    private let bound: any Node
    private let body: any Node

    init(_ bound: any Node, in body: any Node, _ span: Span) {
        self.bound = bound
        self.body = body
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        run.variables.append(try bound.value(scope, &run))
        defer { run.variables.removeLast() }
        return try body.value(scope, &run)
    }
}
