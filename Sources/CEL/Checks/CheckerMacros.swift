// Macros with variables.
extension Checker {
    mutating func comprehension(_ comprehension: Comprehension) -> CELType {
        let target = type(comprehension.target)
        switch comprehension.kind {
        case .optMap, .optFlatMap: return overOptional(comprehension, target)
        default: break
        }
        let walk = walk(over: target, comprehension)
        let second = comprehension.second
        let variables = [(comprehension.variable, second == nil ? walk.element : walk.key)]
        return inside(variables + (second.map { [($0, walk.value)] } ?? [])) { checker in
            checker.result(of: comprehension, walk)
        }
    }

    /// What the variables of a macro stand for.
    private struct Walk {
        /// Of a macro with one variable.
        var element = CELType.dyn
        var key = CELType.dyn
        var value = CELType.dyn
    }

    private mutating func walk(over target: CELType, _ comprehension: Comprehension) -> Walk {
        switch inference.head(target) {
        case .list(let element): return Walk(element: element, key: .int, value: element)
        case .map(let key, let value): return Walk(element: key, key: key, value: value)
        case .object: return Walk(element: .text, key: .text, value: .dyn)
        case .nullable(let inner): return walk(over: inner, comprehension)
        case .dyn: break
        case .variable: _ = inference.isAssignable(.dyn, to: target)
        case let other:
            report(
                .typeMismatch,
                "'\(comprehension.kind.rawValue)' walks over a list or an object, and this is \(other.word)",
                comprehension.target.span)
        }
        return Walk()
    }

    private mutating func result(of comprehension: Comprehension, _ walk: Walk) -> CELType {
        if let predicate = comprehension.predicate { expectBool(predicate, of: "'\(comprehension.kind.rawValue)'") }
        let made = comprehension.transform.map { type($0) } ?? walk.element
        switch comprehension.kind {
        case .all, .exists, .existsOne: return .bool
        case .map, .filter, .transformList: return .list(made)
        case .transformMap: return .map(walk.key, made)
        case .transformMapEntry: return entries(made, comprehension)
        case .optMap, .optFlatMap: return .optional(made)
        case .sortBy: return .list(walk.element)
        }
    }

    private mutating func entries(_ made: CELType, _ comprehension: Comprehension) -> CELType {
        switch inference.head(made) {
        case .map(let key, let value): return .map(key, value)
        case .object: return .map(.text, .dyn)
        case .dyn, .variable: break
        case let other:
            report(
                .typeMismatch, "'transformMapEntry' makes an object of each entry, and this is \(other.word)",
                comprehension.transform?.span ?? comprehension.target.span)
        }
        return .map(.dyn, .dyn)
    }

    private mutating func overOptional(_ comprehension: Comprehension, _ target: CELType) -> CELType {
        let content = inference.fresh(isStrict ? .refuse : .merge)
        let name = "'\(comprehension.kind.rawValue)'"
        if !inference.isAssignable(target, to: .optional(content)) {
            report(
                .typeMismatch, "\(name) takes an optional, and this is \(word(target))", comprehension.target.span)
        }
        let variable = inference.head(target) == .dyn ? CELType.dyn : content
        return inside([(comprehension.variable, variable)]) { checker in
            guard let transform = comprehension.transform else { return .optional(.dyn) }
            let made = checker.type(transform)
            guard comprehension.kind == .optFlatMap else { return .optional(made) }
            switch checker.inference.head(made) {
            case .dyn, .variable: return .optional(.dyn)
            case let known:
                if known.optionalContent != nil { return known }
                checker.report(
                    .typeMismatch, "\(name) makes an optional, and this is \(known.word)", transform.span)
                return .optional(.dyn)
            }
        }
    }
}
