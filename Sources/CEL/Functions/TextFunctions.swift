import Values

/// The standard tests of texts, and the extension library `strings`; positions count code points.
enum TextFunctions {
    static let functions: [Function] = [
        test("contains") { text, part in TextSearch.first(part, in: text, from: 0) != nil },
        test("startsWith") { text, part in text.starts(with: part) },
        test("endsWith") { text, part in text.reversed().starts(with: part.reversed()) },
        Function(
            "matches", [.global(.text, .text, to: .bool), .method(.text, .text, to: .bool)], .variadic(matches)),
        Function("charAt", [.method(.text, .int, to: .text)], .binary(charAt)),
        Function(
            "indexOf", [.method(.text, .text, to: .int), .method(.text, .text, .int, to: .int)], .variadic(indexOf)),
        Function(
            "lastIndexOf", [.method(.text, .text, to: .int), .method(.text, .text, .int, to: .int)],
            .variadic(lastIndexOf)),
        Function(
            "substring", [.method(.text, .int, to: .text), .method(.text, .int, .int, to: .text)], .variadic(substring)
        ),
        Function(
            "replace", [.method(.text, .text, .text, to: .text), .method(.text, .text, .text, .int, to: .text)],
            .variadic(replace)),
        Function(
            "split", [.method(.text, .text, to: .list), .method(.text, .text, .int, to: .list)], .variadic(split)),
        Function("join", [.method(.list, to: .text), .method(.list, .text, to: .text)], .variadic(join)),
        change("trim") { text in
            let start = text.firstIndex { !$0.properties.isWhitespace } ?? text.endIndex
            let end = text.lastIndex { !$0.properties.isWhitespace }.map { text.index(after: $0) } ?? text.endIndex
            return start < end ? String(text[start..<end]) : ""
        },
        change("lowerAscii") { text in String(String.UnicodeScalarView(text.map(\.lowerASCII))) },
        change("upperAscii") { text in String(String.UnicodeScalarView(text.map(\.upperASCII))) },
        Function("reverse", [.method(.text, to: .text), .method(.list, to: .list)], .unary(reverse)),
    ]

    private static func test(
        _ name: String, _ answer: @escaping @Sendable (String.UTF8View, String.UTF8View) -> Bool
    ) -> Function {
        Function(
            name, [.method(.text, .text, to: .bool)],
            .binary { text, part throws(Fault) in
                guard case .text(let text) = text, case .text(let part) = part else {
                    throw .noOverload(name, text, part)
                }
                return .bool(answer(text.utf8, part.utf8))
            })
    }

    private static func change(
        _ name: String, _ change: @escaping @Sendable (String.UnicodeScalarView) -> String
    ) -> Function {
        Function(
            name, [.method(.text, to: .text)],
            .unary { text throws(Fault) in
                guard case .text(let content) = text else { throw .noOverload(name, text) }
                return .text(change(content.unicodeScalars))
            })
    }

    @Sendable private static func reverse(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .text(let text): return .text(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        case .list(let list): return .list(CELList(Array(list.elements.reversed())))
        default: throw .noOverload("reverse", value)
        }
    }

    @Sendable private static func matches(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .text(let text) = arguments[0], case .text(let pattern) = arguments[1] else {
            throw .noOverload("matches", arguments[0], arguments[1])
        }
        try budget.charge(pattern.utf8.count >> 2)
        let made = try Pattern(pattern)
        try budget.charge(made.size >> 3)
        return .bool(try made.isFound(in: text, &budget))
    }

    @Sendable private static func charAt(_ text: CELValue, _ index: CELValue) throws(Fault) -> CELValue {
        guard case .text(let content) = text, case .int(let position) = index else {
            throw .noOverload("charAt", text, index)
        }
        let scalars = Array(content.unicodeScalars)
        guard position >= 0, position <= scalars.count else {
            throw .outOfBounds(index: String(position), count: scalars.count)
        }
        return .text(position < scalars.count ? String(scalars[Int(position)]) : "")
    }

    @Sendable private static func substring(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .text(let text) = arguments[0], let start = arguments[1].position,
            let end = arguments.count == 2 ? Int64.max : arguments[2].position
        else { throw .noOverload(function: "substring", kinds: arguments.map(\.kind)) }
        let scalars = Array(text.unicodeScalars)
        let stop = arguments.count == 2 ? Int64(scalars.count) : end
        guard start >= 0, start <= stop, stop <= scalars.count else {
            throw .outOfBounds(index: "\(start) to \(stop)", count: scalars.count)
        }
        return .text(String(String.UnicodeScalarView(scalars[Int(start)..<Int(stop)])))
    }
}

extension CELValue {
    /// The number, where it is an int.
    var position: Int64? {
        if case .int(let number) = self { number } else { nil }
    }
}

extension Unicode.Scalar {
    fileprivate var lowerASCII: Unicode.Scalar {
        (0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value) | 0x20) : self
    }
    fileprivate var upperASCII: Unicode.Scalar {
        (0x61...0x7A).contains(value) ? Unicode.Scalar(UInt8(value) & ~0x20) : self
    }
}
