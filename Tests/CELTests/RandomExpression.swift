import Values

@testable import CEL

/// Makes random trees of every kind of node, over a record with the fields `a` to `e`.
struct RandomExpression {
    private var random: SplitMix64
    private var variables: [String] = []

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// Fields of several kinds; some names of the trees are missing here.
    static let record: Object = [
        "a": .int(3), "b": .text("vip"), "c": .list([.int(1), .text("x"), .null, .int(0)]),
        "d": .object(["e": .bool(true), "f": .double(0.5), "c": .list([.list([])])]), "e": .bool(false),
    ]

    mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    mutating func tree(depth: Int) -> Expr { Expr(kind(depth: depth), Span(0, 0)) }

    private mutating func trees(_ counts: ClosedRange<Int>, depth: Int) -> [Expr] {
        (0..<Int.random(in: counts, using: &random)).map { _ in tree(depth: depth) }
    }

    private mutating func kind(depth: Int) -> Expr.Kind {
        if depth == 0 || chance(10) { return leaf() }
        let next = depth - 1
        switch Int.random(in: 0..<15, using: &random) {
        case 0:
            return .select(
                tree(depth: next), field: pick(["e", "f", "c", "if", "content-type"]), isOptional: chance(20))
        case 1: return .index(tree(depth: next), tree(depth: next), isOptional: chance(20))
        case 2: return call(depth: next)
        case 3: return method(depth: next)
        case 4: return .unary(pick([.not, .negate]), negatable(depth: next))
        case 5, 6: return .binary(pick(BinaryOperator.allCases), tree(depth: next), tree(depth: next))
        case 7, 8: return .logic(pick([.and, .or]), trees(2...4, depth: next))
        case 9: return .conditional(tree(depth: next), tree(depth: next), tree(depth: next))
        case 10:
            let last = chance(20) ? [Expr.Element(value: optional(depth: next), isOptional: true)] : []
            return .list(trees(0...3, depth: next).map { Expr.Element(value: $0, isOptional: false) } + last)
        case 11:
            return .map(
                (0..<Int.random(in: 0...2, using: &random)).map { _ in
                    let isOptional = chance(20)
                    return Expr.Entry(
                        key: tree(depth: next), value: isOptional ? optional(depth: next) : tree(depth: next),
                        isOptional: isOptional)
                })
        case 12: return .has(Expr(.select(tree(depth: next), field: pick(["e", "zz"]), isOptional: false), Span(0, 0)))
        case 13: return bind(depth: next)
        default: return comprehension(depth: next)
        }
    }

    /// A minus before a number is part of it, so that no tree has a negation there.
    private mutating func negatable(depth: Int) -> Expr { tree(depth: depth) }

    private mutating func leaf() -> Expr.Kind {
        if chance(50) {
            return .name(
                pick(["a", "b", "c", "d", "e", "zz", "record", "int"] + variables + variables), isRooted: chance(3))
        }
        let literals: [Literal] = [
            .null, .bool(true), .bool(false), .int(0), .int(1), .int(-7), .int(.max), .int(.min), .uint(2), .uint(.max),
            .double(0.5), .double(-1e300), .double(-0.0), .double(.infinity), .text(""), .text("vip"),
            .text("it's \"\\\n\u{0}é\u{301}😀"),
            .bytes([]), .bytes([0x61, 0xFF, 0x27]), .text("e"), .text("10.1.0.0/8"), .text("10.2.3.4"), .text("::1"),
            .text("+05:30"),
        ]
        return .literal(pick(literals))
    }

    private mutating func call(depth: Int) -> Expr.Kind {
        let name = pick([
            "size", "int", "uint", "double", "string", "bytes", "bool", "type", "dyn", "timestamp", "duration", "nope",
            "matches",
            "ip", "cidr", "isIP",
        ])
        return .call(function: name, isRooted: chance(2), trees(name == "matches" ? 2...2 : 1...1, depth: depth))
    }

    private mutating func method(depth: Int) -> Expr.Kind {
        if chance(15) {
            let library = Expr(.name("sets", isRooted: false), Span(0, 0))
            return .method(
                library, function: pick(["contains", "equivalent", "intersects"]), trees(2...2, depth: depth))
        }
        if chance(25) {
            let name = pick(["or", "orValue", "value", "hasValue"])
            return .method(optional(depth: depth), function: name, trees(0...1, depth: depth))
        }
        if chance(10) { return address(depth: depth) }
        let name = pick([
            "size", "contains", "startsWith", "endsWith", "matches", "charAt", "indexOf", "replace", "split", "join",
            "substring", "trim", "reverse", "sort", "distinct", "flatten", "slice", "first", "last", "unwrapOpt",
            "format",
            "getHours", "nope",
        ])
        return .method(tree(depth: depth), function: name, trees(0...2, depth: depth))
    }

    /// What gives an optional, most of the time.
    private mutating func optional(depth: Int) -> Expr {
        let library = Expr(.name("optional", isRooted: false), Span(0, 0))
        let kind: Expr.Kind
        switch Int.random(in: 0..<5, using: &random) {
        case 0: kind = .method(library, function: "none", [])
        case 1: kind = .method(library, function: "of", [tree(depth: max(0, depth - 1))])
        case 2: kind = .method(library, function: "ofNonZeroValue", [tree(depth: max(0, depth - 1))])
        case 3: kind = .index(tree(depth: max(0, depth - 1)), tree(depth: 0), isOptional: true)
        default: kind = .select(tree(depth: max(0, depth - 1)), field: pick(["e", "c", "zz"]), isOptional: true)
        }
        return Expr(kind, Span(0, 0))
    }

    private mutating func address(depth: Int) -> Expr.Kind {
        let text = Expr(
            .literal(.text(pick(["10.1.0.0/8", "10.2.3.4", "::1", "2001:db8::/33", "fe80::1/x"]))), Span(0, 0))
        let made = Expr(.call(function: pick(["ip", "cidr"]), isRooted: false, [text]), Span(0, 0))
        let name = pick([
            "family", "isLoopback", "isGlobalUnicast", "masked", "isMask", "prefixLength", "ip", "containsIP",
            "containsCIDR",
        ])
        return .method(made, function: name, name.hasPrefix("contains") ? trees(1...1, depth: depth) : [])
    }

    private mutating func bind(depth: Int) -> Expr.Kind {
        let value = tree(depth: depth)
        return scoped(["v"]) { maker in .bind(variable: "v", value, in: maker.tree(depth: depth)) }
    }

    private mutating func comprehension(depth: Int) -> Expr.Kind {
        let kind = pick(Comprehension.Kind.allCases)
        if kind == .optMap || kind == .optFlatMap {
            let target = optional(depth: depth)
            return scoped(["x"]) { maker in
                let isFlat = kind == .optFlatMap && maker.chance(70)
                let body = isFlat ? maker.optional(depth: depth) : maker.tree(depth: depth)
                return .comprehension(
                    Comprehension(
                        kind: kind, target: target, variable: "x", second: nil, predicate: nil, transform: body))
            }
        }
        let target = chance(60) ? Expr(.name("c", isRooted: false), Span(0, 0)) : tree(depth: depth)
        let isTransform = [.transformList, .transformMap, .transformMapEntry].contains(kind)
        let isTwo = isTransform || ([.all, .exists, .existsOne].contains(kind) && chance(40))
        return scoped(isTwo ? ["x", "y"] : ["x"]) { maker in
            let hasPredicate =
                !(isTransform || kind == .map || kind == .sortBy) || (kind != .sortBy && maker.chance(40))
            return .comprehension(
                Comprehension(
                    kind: kind, target: target, variable: "x", second: isTwo ? "y" : nil,
                    predicate: hasPredicate ? maker.tree(depth: depth) : nil,
                    transform: isTransform || kind == .map || kind == .sortBy ? maker.tree(depth: depth) : nil))
        }
    }

    private mutating func scoped(_ names: [String], _ body: (inout RandomExpression) -> Expr.Kind) -> Expr.Kind {
        variables += names
        defer { variables.removeLast(names.count) }
        return body(&self)
    }
}
