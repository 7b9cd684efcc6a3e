import Values

/// The extension library `math`. Rounding takes doubles alone; bits are those of two's complement.
enum MathFunctions {
    static let functions: [Function] =
        [extreme("math.greatest", .greater), extreme("math.least", .less)]
        + [
            rounding("math.ceil") { $0.rounded(.up) }, rounding("math.floor") { $0.rounded(.down) },
            rounding("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
            rounding("math.trunc") { $0.rounded(.towardZero) },
            question("math.isNaN") { $0.isNaN }, question("math.isInf") { $0.isInfinite },
            question("math.isFinite") { $0.isFinite },
            Function("math.abs", same([.int, .uint, .double]), .unary(abs)),
            Function("math.sign", same([.int, .uint, .double]), .unary(sign)),
            Function("math.sqrt", numbers.map { .global($0, to: .double) }, .unary(sqrt)),
            bits("math.bitAnd", { $0 & $1 }, { $0 & $1 }), bits("math.bitOr", { $0 | $1 }, { $0 | $1 }),
            bits("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
            Function("math.bitNot", same([.int, .uint]), .unary(bitNot)),
            shift("math.bitShiftLeft") { $0 << $1 }, shift("math.bitShiftRight") { $0 >> $1 },
        ]

    private static let numbers: [StaticType] = [.int, .uint, .double]

    private static func same(_ types: [StaticType]) -> [Overload] { types.map { .global($0, to: $0) } }

    /// The first of those that no other goes beyond, of its own kind; the arguments may also come as one list.
    private static func extreme(_ name: String, _ wanted: NumberOrder) -> Function {
        Function(
            name, [.variadic(.dyn, to: .dyn)],
            .variadic { arguments, _ throws(Fault) in
                var candidates = arguments
                if arguments.count == 1, case .list(let list) = arguments[0] { candidates = list.elements }
                guard var best = candidates.first, candidates.allSatisfy(\.isNumber) else {
                    throw .noOverload(function: name, kinds: candidates.map(\.kind))
                }
                for candidate in candidates where NumberOrder.of(candidate, best) == wanted { best = candidate }
                return best
            })
    }

    private static func rounding(_ name: String, _ round: @escaping @Sendable (Double) -> Double) -> Function {
        Function(
            name, [.global(.double, to: .double)],
            .unary { value throws(Fault) in
                guard let number = value.fraction else { throw .noOverload(name, value) }
                return .double(round(number))
            })
    }

    private static func question(_ name: String, _ answer: @escaping @Sendable (Double) -> Bool) -> Function {
        Function(
            name, [.global(.double, to: .bool)],
            .unary { value throws(Fault) in
                guard let number = value.fraction else { throw .noOverload(name, value) }
                return .bool(answer(number))
            })
    }

    @Sendable private static func abs(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .uint: return value
        case .int(let number):
            guard number != .min else { throw .overflow(operation: "math.abs") }
            return .int(number < 0 ? -number : number)
        default:
            guard let number = value.fraction else { throw .noOverload("math.abs", value) }
            return .double(number.magnitude)
        }
    }

    @Sendable private static func sign(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .uint(let number): return .uint(min(number, 1))
        case .int(let number): return .int(number.signum())
        default:
            guard let number = value.fraction else { throw .noOverload("math.sign", value) }
            return .double(number > 0 ? 1 : number < 0 ? -1 : number)
        }
    }

    @Sendable private static func sqrt(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .uint(let number): return .double(Double(number).squareRoot())
        case .int(let number): return .double(Double(number).squareRoot())
        default:
            guard let number = value.fraction else { throw .noOverload("math.sqrt", value) }
            return .double(number.squareRoot())
        }
    }

    private static func bits(
        _ name: String, _ ints: @escaping @Sendable (Int64, Int64) -> Int64,
        _ uints: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> Function {
        Function(
            name, [.global(.int, .int, to: .int), .global(.uint, .uint, to: .uint)],
            .binary { a, b throws(Fault) in
                switch (a, b) {
                case (.int(let a), .int(let b)): return .int(ints(a, b))
                case (.uint(let a), .uint(let b)): return .uint(uints(a, b))
                default: throw .noOverload(name, a, b)
                }
            })
    }

    @Sendable private static func bitNot(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .int(let number): return .int(~number)
        case .uint(let number): return .uint(~number)
        default: throw .noOverload("math.bitNot", value)
        }
    }

    /// Bits fall out at either end and zeros come in, to the right of an int too.
    private static func shift(_ name: String, _ shift: @escaping @Sendable (UInt64, Int64) -> UInt64) -> Function {
        Function(
            name, [.global(.int, .int, to: .int), .global(.uint, .int, to: .uint)],
            .binary { value, offset throws(Fault) in
                guard case .int(let places) = offset else { throw .noOverload(name, value, offset) }
                guard places >= 0 else { throw .outOfRange("the offset of '\(name)'") }
                switch value {
                case .int(let number): return .int(Int64(bitPattern: shift(UInt64(bitPattern: number), places)))
                case .uint(let number): return .uint(shift(number, places))
                default: throw .noOverload(name, value, offset)
                }
            })
    }
}

extension CELValue {
    /// The number, where it is a double or counts as one.
    fileprivate var fraction: Double? {
        switch self {
        case .double(let number): number
        case .decimal(let number): number.double
        default: nil
        }
    }
}
