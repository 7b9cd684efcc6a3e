@testable import CEL

/// Makes random trees of a type that is asked for: what the language's own checker must take, and find that type for.
struct TypedExpression {
    private var random: SplitMix64
    private var variables: [(name: String, type: CELType)] = TypedExpression.given

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// The names that a tree may use, with a value for each.
    static let given: [(name: String, type: CELType)] = [
        ("i", .int), ("u", .uint), ("f", .double), ("s", .text), ("y", .bytes), ("b", .bool), ("t", .timestamp),
        ("d", .duration), ("li", .list(.int)), ("ls", .list(.text)), ("m", .map(.text, .int)),
        ("mm", .map(.int, .list(.text))), ("o", .optional(.int)), ("no", .optional(.text)),
    ]

    mutating func type(depth: Int = 2) -> CELType {
        let simple: [CELType] = [.int, .uint, .double, .text, .bytes, .bool, .timestamp, .duration]
        guard depth > 0, chance(40) else { return pick(simple) }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .list(type(depth: depth - 1))
        case 1: return .map(pick([.int, .uint, .text, .bool]), type(depth: depth - 1))
        default: return .optional(type(depth: depth - 1))
        }
    }

    mutating func text(_ type: CELType, depth: Int) -> String {
        if depth == 0 || chance(15) { return leaf(type) }
        let next = depth - 1
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return "(\(text(.bool, depth: next)) ? \(text(type, depth: next)) : \(text(type, depth: next)))"
        case 1: return "[\(text(type, depth: next)), \(text(type, depth: next))][\(text(.int, depth: next))]"
        case 2:
            let key = pick([CELType.int, .uint, .text, .bool])
            return "{\(text(key, depth: next)): \(text(type, depth: next))}[\(text(key, depth: next))]"
        case 3:
            let bound = self.type()
            let value = text(bound, depth: next)
            return "cel.bind(v\(depth), \(value), \(inside("v\(depth)", bound) { $0.text(type, depth: next) }))"
        case 4: return "\(text(.optional(type), depth: next)).orValue(\(text(type, depth: next)))"
        case 5: return "\(text(.optional(type), depth: next)).value()"
        case 6: return "{'k': \(text(type, depth: next))}.k"
        default: return made(type, depth: next)
        }
    }

    private mutating func leaf(_ type: CELType) -> String {
        let fitting = variables.filter { $0.type == type }
        if !fitting.isEmpty, chance(60) { return pick(fitting.map(\.name)) }
        switch type {
        case .int: return pick(["0", "1", "-7", "9223372036854775807"])
        case .uint: return pick(["0u", "3u"])
        case .double: return pick(["0.5", "-1e300", "0.0"])
        case .text: return pick(["''", "'vip'", "'é'"])
        case .bytes: return pick(["b''", "b'a'"])
        case .bool: return pick(["true", "false"])
        case .timestamp: return "timestamp('2026-01-01T00:00:00Z')"
        case .duration: return "duration('1h')"
        case .list(let element): return "[\(leaf(element))]"
        case .map(let key, let value): return "{\(leaf(key)): \(leaf(value))}"
        default: return type.optionalContent.map { "optional.of(\(leaf($0)))" } ?? "null"
        }
    }

    /// By the functions and operators that give the type.
    private mutating func made(_ type: CELType, depth: Int) -> String {
        switch type {
        case .bool: return bool(depth: depth)
        case .int, .uint, .double: return number(type, depth: depth)
        case .text:
            return pick([
                "(\(text(.text, depth: depth)) + \(text(.text, depth: depth)))", "string(\(text(.int, depth: depth)))",
                "\(text(.text, depth: depth)).replace('a', \(text(.text, depth: depth)))",
                "\(text(.list(.text), depth: depth)).join(',')", "'%s'.format([\(text(.bytes, depth: depth)), 1])",
            ])
        case .bytes: return "bytes(\(text(.text, depth: depth)))"
        case .timestamp: return "(\(text(.timestamp, depth: depth)) + \(text(.duration, depth: depth)))"
        case .duration: return "(\(text(.timestamp, depth: depth)) - \(text(.timestamp, depth: depth)))"
        case .list(let element): return list(element, depth: depth)
        case .map(let key, let value): return map(key, value, depth: depth)
        default: return type.optionalContent.map { optional($0, depth: depth) } ?? leaf(type)
        }
    }

    private mutating func bool(depth: Int) -> String {
        let type = self.type()
        let ordered = pick([CELType.int, .uint, .double, .text, .bool, .timestamp, .duration])
        let (a, b) = (text(type, depth: depth), text(type, depth: depth))
        let (low, high) = (text(ordered, depth: depth), text(ordered, depth: depth))
        let walked = text(.list(type), depth: depth)
        let test = inside("x\(depth)", type) { $0.text(.bool, depth: depth) }
        return pick([
            "(\(a) == \(b))", "(\(a) != [\(b)][0])", "(\(low) <= \(high))", "(\(a) in [\(b)])", "!(\(a) == \(b))",
            "\(walked).\(pick(["all", "exists", "exists_one"]))(x\(depth), \(test))", "has({'k': \(a)}.k)",
            "(\(text(.bool, depth: depth)) && \(text(.bool, depth: depth)) || \(test.contains("x") ? "b" : test))",
            "\(text(.optional(type), depth: depth)).hasValue()",
            "\(text(.text, depth: depth)).startsWith(\(text(.text, depth: depth)))",
        ])
    }

    private mutating func number(_ type: CELType, depth: Int) -> String {
        let (a, b) = (text(type, depth: depth), text(type, depth: depth))
        let operation = pick(["+", "-", "*", "/"] + (type == .double ? [] : ["%"]))
        let converted = "\(type)(\(text(pick([.int, .uint, .double, .text]), depth: depth)))"
        let extreme = "math.greatest(\(a), \(b), \(leaf(type)))"
        guard type == .int else { return pick(["(\(a) \(operation) \(b))", converted, extreme]) }
        return pick([
            "(\(a) \(operation) \(b))", converted, extreme, "size(\(text(.list(self.type()), depth: depth)))",
            "\(text(.timestamp, depth: depth)).getHours()", "\(text(.text, depth: depth)).indexOf('a')",
        ])
    }

    private mutating func list(_ element: CELType, depth: Int) -> String {
        let walked = type(depth: 1)
        let source = text(.list(walked), depth: depth)
        let mapped = inside("x\(depth)", walked) { $0.text(element, depth: depth) }
        let same = text(.list(element), depth: depth)
        let test = inside("x\(depth)", element) { $0.text(.bool, depth: depth) }
        let pairs = inside("k\(depth)", .int) { $0.inside("x\(depth)", walked) { $0.text(element, depth: depth) } }
        return pick([
            "\(source).map(x\(depth), \(mapped))", "\(same).filter(x\(depth), \(test))",
            "(\(same) + \(text(.list(element), depth: depth)))", "([] + \(same))",
            "[?optional.none(), \(leaf(element))]",
            "\(source).transformList(k\(depth), x\(depth), \(pairs))", "[?\(text(.optional(element), depth: depth))]",
        ])
    }

    private mutating func map(_ key: CELType, _ value: CELType, depth: Int) -> String {
        let walked = type(depth: 1)
        let source = text(.map(key, walked), depth: depth)
        let made = inside("k\(depth)", key) { $0.inside("x\(depth)", walked) { $0.text(value, depth: depth) } }
        let entry = inside("x\(depth)", walked) { maker in
            "{\(maker.text(key, depth: depth)): \(maker.text(value, depth: depth))}"
        }
        return pick([
            "\(source).transformMap(k\(depth), x\(depth), \(made))",
            "[\(leaf(walked))].transformMapEntry(k\(depth), x\(depth), \(entry))",
            "{\(text(key, depth: depth)): \(text(value, depth: depth))}",
            "{?\(leaf(key)): \(text(.optional(value), depth: depth))}",
        ])
    }

    private mutating func optional(_ content: CELType, depth: Int) -> String {
        let walked = type(depth: 1)
        let mapped = inside("x\(depth)", walked) { $0.text(content, depth: depth) }
        return pick([
            "optional.of(\(text(content, depth: depth)))", "{'k': \(text(content, depth: depth))}.?k",
            "[\(text(content, depth: depth))][?\(text(.int, depth: depth))]",
            "optional.none().or(\(text(.optional(content), depth: depth)))",
            "\(text(.optional(walked), depth: depth)).optMap(x\(depth), \(mapped))",
            "optional.of({'k': \(text(content, depth: depth))}).k", "\(text(.list(content), depth: depth)).first()",
        ])
    }

    private mutating func inside(
        _ name: String, _ type: CELType, _ body: (inout TypedExpression) -> String
    ) -> String {
        variables.append((name, type))
        defer { variables.removeLast() }
        return body(&self)
    }

    private mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
}
