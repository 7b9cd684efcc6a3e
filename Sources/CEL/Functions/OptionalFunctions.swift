import Values

/// Optional values: a value that may be missing, as a thing of its own (cel-go, `OptionalTypes`). What looks into them,
/// `.?` and `[?]`, is in ``OptionalSelectNode`` and ``OptionalIndexNode``.
enum OptionalFunctions {
    static let functions: [Function] = [
        Function("optional.of", [.global(.dyn, to: .optional)], .unary { value in .optional(value) }),
        Function(
            "optional.ofNonZeroValue", [.global(.dyn, to: .optional)],
            .unary { value in .optional(value.isZero ? nil : value) }),
        Function("optional.none", [.global(to: .optional)], .variadic { _, _ in .optional(nil) }),
        Function("optional.unwrap", [.global(.list, to: .list)], .unary(unwrap)),
        Function("unwrapOpt", [.method(.list, to: .list)], .unary(unwrap)),
        Function(
            "hasValue", [.method(.optional, to: .bool)],
            .unary { value throws(Fault) in .bool(try value.content(for: "hasValue") != nil) }),
        Function(
            "value", [.method(.optional, to: .dyn)],
            .unary { value throws(Fault) in
                guard let content = try value.content(for: "value") else { throw .emptyOptional }
                return content
            }),
        Function(
            "or", [.method(.optional, .optional, to: .optional)],
            .binary { value, other throws(Fault) in
                let isFull = try value.content(for: "or") != nil
                _ = try other.content(for: "or")
                return isFull ? value : other
            }),
        Function(
            "orValue", [.method(.optional, .dyn, to: .dyn)],
            .binary { value, other throws(Fault) in try value.content(for: "orValue") ?? other }),
        end("first") { _ in 0 },
        end("last") { $0 - 1 },
    ]

    /// What is in the optionals of a list; those without a value are left out.
    @Sendable private static func unwrap(_ value: CELValue) throws(Fault) -> CELValue {
        guard case .list(let list) = value else { throw .noOverload("optional.unwrap", value) }
        var values: [CELValue] = []
        for position in 0..<list.count {
            if let content = try list[position].content(for: "optional.unwrap") { values.append(content) }
        }
        return .list(CELList(values))
    }

    private static func end(_ name: String, _ position: @escaping @Sendable (Int) -> Int) -> Function {
        Function(
            name, [.method(.list, to: .optional)],
            .unary { value throws(Fault) in
                guard case .list(let list) = value else { throw .noOverload(name, value) }
                return .optional(list.count == 0 ? nil : list[position(list.count)])
            })
    }
}

extension CELValue {
    /// What an optional holds; a fault for a value that is none.
    func content(for function: String) throws(Fault) -> CELValue? {
        guard case .optional(let content) = self else { throw .noOverload(function, self) }
        return content
    }

    /// Whether this is the value that its kind begins with: 0, false, the empty text. Types and optionals have none.
    fileprivate var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .decimal(let value): value.double == 0
        case .text(let value): value.isEmpty
        case .bytes(let value): value.isEmpty
        case .timestamp(let value): value.seconds == 0 && value.nanoseconds == 0
        case .duration(let value): value == .zero
        case .list(let list): list.count == 0
        case .map(let map): map.count == 0
        case .date, .type, .optional, .ip, .cidr: false
        }
    }
}
