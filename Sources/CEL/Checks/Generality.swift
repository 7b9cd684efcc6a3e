extension Inference {
    enum Generality {
        case less, same, more
        /// Each takes in more than the other in a part of it.
        case mixed
    }

    /// How one type stands to another that goes together with it: `dyn` takes in all others, and what may be null
    /// takes in what may not.
    mutating func generality(_ type: CELType, over other: CELType) -> Generality {
        guard enter() else { return .same }
        defer { leave() }
        return compared(head(type), head(other))
    }

    private mutating func compared(_ type: CELType, _ other: CELType) -> Generality {
        switch (type, other) {
        case (.dyn, .dyn): return .same
        case (.dyn, _): return .more
        case (.nullable(let inner), .nullable(let other)): return generality(inner, over: other)
        case (.nullable(let inner), _) where other == .null || other == inner: return .more
        case (_, .dyn), (_, .nullable): return .less
        case (.timestamp, .null), (.duration, .null), (.opaque, .null): return .more
        case (.double, .decimal): return .more
        case (.list(let element), .list(let other)): return generality(element, over: other)
        case (.map(let key, let value), .map(let otherKey, let otherValue)):
            return overall([(key, otherKey), (value, otherValue)])
        case (.opaque(let name, let contents), .opaque(let other, let others))
        where name == other && contents.count == others.count:
            return overall(Array(zip(contents, others)))
        default: return .same
        }
    }

    private mutating func overall(_ pairs: [(CELType, CELType)]) -> Generality {
        var overall = Generality.same
        for (type, other) in pairs {
            switch (overall, generality(type, over: other)) {
            case (_, .mixed), (.less, .more), (.more, .less): return .mixed
            case (_, .same): break
            case (_, let one): overall = one
            }
        }
        return overall
    }

    /// Whether values of a type are numbers, or null besides.
    func isNumber(_ type: CELType) -> Bool {
        switch head(type) {
        case .nullable(let inner): head(inner).isNumber
        case let known: known.isNumber
        }
    }

    /// Whether a value of one type can be equal to a value of the other. Lists may both be empty, optionals both be
    /// without a value.
    func mayEqual(_ type: CELType, _ other: CELType) -> Bool {
        switch (head(type), head(other)) {
        case (.dyn, _), (_, .dyn), (.variable, _), (_, .variable): true
        case (.nullable, .nullable): true
        case (.nullable(let inner), let other), (let other, .nullable(let inner)):
            other == .null || mayEqual(inner, other)
        case (.list, .list), (.type, .type): true
        case (.map, .map), (.map, .object), (.object, .map), (.object, .object): true
        case (.opaque(let name, _), .opaque(let other, _)): name == other
        case (let type, let other): type == other || (type.isNumber && other.isNumber)
        }
    }
}
