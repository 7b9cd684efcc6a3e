/// The extension library `lists`. `first` and `last` are in ``OptionalFunctions``, and `reverse` is in
/// ``TextFunctions``, for texts have it too.
enum ListFunctions {
    static let functions: [Function] = [
        Function("slice", [.method(.list, .int, .int, to: .list)], .variadic(slice)),
        Function("flatten", [.method(.list, to: .list), .method(.list, .int, to: .list)], .variadic(flatten)),
        Function("distinct", [.method(.list, to: .list)], .variadic(distinct)),
        Function(
            "sort", [.method(.list, to: .list)],
            .variadic { arguments, budget throws(Fault) in
                guard case .list(let list) = arguments[0] else { throw .noOverload("sort", arguments[0]) }
                let elements = list.elements
                return .list(CELList(try Sorting.sorted(elements, by: elements, "sort", &budget)))
            }),
        Function("lists.range", [.global(.int, to: .list)], .variadic(range)),
    ]

    @Sendable private static func slice(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .list(let list) = arguments[0], let start = arguments[1].position, let end = arguments[2].position
        else { throw .noOverload(function: "slice", kinds: arguments.map(\.kind)) }
        guard start >= 0, start <= end, end <= list.count else {
            throw .outOfBounds(index: "\(start) to \(end)", count: list.count)
        }
        try budget.charge(Int(end - start) >> 3)
        return .list(CELList((Int(start)..<Int(end)).map { list[$0] }))
    }

    /// Lists within the list give way to their elements, one level down or as many as asked for.
    @Sendable private static func flatten(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        let asked = arguments.count == 2 ? arguments[1].position : 1
        guard case .list(let list) = arguments[0], let depth = asked else {
            throw .noOverload(function: "flatten", kinds: arguments.map(\.kind))
        }
        guard depth >= 0 else { throw .outOfRange("the depth of 'flatten'") }
        var flat: [CELValue] = []
        // The lists that are being walked, the outermost first, each with the position that comes next.
        var open = [(list: list, next: 0)]
        while let (list, next) = open.last {
            guard next < list.count else {
                open.removeLast()
                continue
            }
            open[open.count - 1].next += 1
            try budget.charge(1)
            if case .list(let inner) = list[next], open.count <= depth {
                open.append((inner, 0))
            } else {
                try budget.take(elements: 1)
                flat.append(list[next])
            }
        }
        return .list(CELList(flat))
    }

    @Sendable private static func distinct(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .list(let list) = arguments[0] else { throw .noOverload("distinct", arguments[0]) }
        var seen = ElementSet()
        var kept: [CELValue] = []
        for position in 0..<list.count where try seen.insert(list[position], &budget) { kept.append(list[position]) }
        return .list(CELList(kept))
    }

    @Sendable private static func range(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .int(let count) = arguments[0] else { throw .noOverload("lists.range", arguments[0]) }
        let end = Int(max(0, count))
        try budget.charge(end >> 3)
        try budget.take(elements: end)
        return .list(CELList((0..<end).map { CELValue.int(Int64($0)) }))
    }
}
