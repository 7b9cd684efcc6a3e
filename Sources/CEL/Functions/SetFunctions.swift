/// The extension library `sets`: lists taken as sets, by the language's equality.
enum SetFunctions {
    static let functions: [Function] = [
        compare("sets.contains") { all, part, budget throws(Fault) in try holds(all, part, &budget) },
        compare("sets.equivalent") { a, b, budget throws(Fault) in
            guard try holds(a, b, &budget) else { return false }
            return try holds(b, a, &budget)
        },
        compare("sets.intersects") { a, b, budget throws(Fault) in
            let set = try ElementSet(a, &budget)
            for position in 0..<b.count where try set.contains(b[position], &budget) { return true }
            return false
        },
    ]

    private typealias Comparison = @Sendable (CELList, CELList, inout Budget) throws(Fault) -> Bool

    private static func compare(_ name: String, _ comparison: @escaping Comparison) -> Function {
        Function(
            name, [.global(.list, .list, to: .bool)],
            .variadic { arguments, budget throws(Fault) in
                guard case .list(let a) = arguments[0], case .list(let b) = arguments[1] else {
                    throw .noOverload(name, arguments[0], arguments[1])
                }
                return .bool(try comparison(a, b, &budget))
            })
    }

    /// Whether every element of the part is one of all.
    private static func holds(_ all: CELList, _ part: CELList, _ budget: inout Budget) throws(Fault) -> Bool {
        let set = try ElementSet(all, &budget)
        for position in 0..<part.count where try !set.contains(part[position], &budget) { return false }
        return true
    }
}
