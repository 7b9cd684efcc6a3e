// Whether a value of one type can stand where another is asked for, and what that says of the variables in both.
extension Inference {
    /// Learns from a yes, and from a no nothing.
    mutating func isAssignable(_ given: CELType, to wanted: CELType) -> Bool {
        attempt { inference in inference.accepts(given, as: wanted) }
    }

    mutating func areAssignable(_ given: [CELType], to wanted: [CELType]) -> Bool {
        attempt { inference in
            for (given, wanted) in zip(given, wanted) where !inference.accepts(given, as: wanted) { return false }
            return true
        }
    }

    private mutating func accepts(_ given: CELType, as wanted: CELType) -> Bool {
        guard enter() else { return true }
        defer { leave() }
        if case .variable(let variable) = last(wanted) {
            if let known = known(variable) { return widen(variable, known, by: head(given)) }
            return bind(variable, to: head(given))
        }
        let given = head(given)
        if case .variable(let variable) = given { return bind(variable, to: wanted) }
        if given == .dyn, !isStrict { return loosen(wanted) }
        return fits(given, wanted)
    }

    /// What is taken from a value of which nothing is known, nothing is known of either.
    private mutating func loosen(_ wanted: CELType) -> Bool {
        switch wanted {
        case .list(let element): return accepts(.dyn, as: element)
        case .map(let key, let value): return accepts(.dyn, as: key) && accepts(.dyn, as: value)
        case .opaque(_, let contents):
            for content in contents where !accepts(.dyn, as: content) { return false }
            return true
        default: return true
        }
    }

    /// The last variable on the way to a type, or the type itself where none is on the way.
    private func last(_ type: CELType) -> CELType {
        var type = type
        while case .variable(let variable) = type, case .variable? = known(variable) {
            if let next = known(variable) { type = next }
        }
        return type
    }

    private mutating func bind(_ variable: Int, to type: CELType) -> Bool {
        if case .variable(variable) = type { return true }
        switch occurs(variable, in: type) {
        case true?: return type == .dyn
        case false?: set(variable, type)
        case nil: break
        }
        return true
    }

    /// Gives one more type to a variable that has one. The more general of both stays.
    private mutating func widen(_ variable: Int, _ known: CELType, by given: CELType) -> Bool {
        let generality = generality(given, over: known)
        if generality == .more, occurs(variable, in: given) == false,
            attempt({ inference in inference.accepts(known, as: given) })
        {
            set(variable, given)
            return true
        }
        // By the language's own rules the first of two that are each the more general in a part stays.
        if generality != .mixed || isStrict, attempt({ inference in inference.accepts(given, as: known) }) {
            return true
        }
        switch conflict(of: variable) {
        case .refuse: return false
        case .compare: guard mayEqual(known, given) else { return false }
        case .merge: break
        }
        set(variable, .dyn)
        return true
    }

    private mutating func fits(_ given: CELType, _ wanted: CELType) -> Bool {
        switch (given, wanted) {
        case (.dyn, _), (_, .dyn), (.type, .type): return true
        case (.nullable(let inner), .nullable(let other)): return accepts(inner, as: other)
        case (.null, .nullable): return true
        case (_, .nullable(let inner)): return accepts(given, as: inner)
        case (.nullable(let inner), _): return accepts(inner, as: wanted)
        case (.null, let other), (let other, .null): return other == .null || (isStrict && other.isMessage)
        case (.list(let element), .list(let other)): return accepts(element, as: other)
        case (.map(let key, let value), .map(let otherKey, let otherValue)):
            return accepts(key, as: otherKey) && accepts(value, as: otherValue)
        case (.opaque(let name, let contents), .opaque(let other, let others)):
            guard name == other, contents.count == others.count else { return false }
            for (content, other) in zip(contents, others) where !accepts(content, as: other) { return false }
            return true
        case (.object, .map(let key, let value)):
            return accepts(.text, as: key) && (isStrict || value.isOpen) && accepts(.dyn, as: value)
        case (.decimal, .double): return true
        default: return given == wanted
        }
    }

    /// What the elements of a literal have in common: the most general of them, else `dyn`.
    mutating func common(_ types: [CELType]) -> CELType {
        let common = fresh(.refuse)
        var before: CELType?
        for type in types where type != before {
            guard isAssignable(type, to: common) else { return .dyn }
            before = type.isSimple ? type : nil
        }
        return resolved(common)
    }
}

extension CELType {
    /// What the language's checker lets be null, for it once was a message.
    fileprivate var isMessage: Bool {
        switch self {
        case .timestamp, .duration, .opaque: true
        default: false
        }
    }

    /// Whether it can become, or is, anything.
    fileprivate var isOpen: Bool {
        switch self {
        case .dyn, .variable: true
        default: false
        }
    }

    /// Whether there is nothing in it.
    fileprivate var isSimple: Bool {
        switch self {
        case .list, .map, .object, .type, .opaque, .nullable, .parameter, .variable: false
        default: true
        }
    }
}
