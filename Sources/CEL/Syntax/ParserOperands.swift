extension Parser {
    /// An operand with the selections, indexes and calls that follow it.
    mutating func member() throws(SyntaxError) -> Expr {
        let start = token.span.start
        var operand = try primary()
        while true {
            if try accept(.dot) {
                operand = try selection(from: operand, start)
            } else if try accept(.openBracket) {
                let isOptional = try accept(.question)
                let index = try expression()
                try expect(.closeBracket)
                operand = try node(.index(operand, index, isOptional: isOptional), from: start)
            } else if token.is(.openBrace), let type = operand.qualifiedName {
                operand = try message(type, start)
            } else {
                return operand
            }
        }
    }

    private mutating func selection(from operand: Expr, _ start: Int32) throws(SyntaxError) -> Expr {
        let isOptional = try accept(.question)
        switch token.kind {
        case .identifier(let name):
            try advance()
            guard !isOptional, try accept(.openParenthesis) else {
                return try node(.select(operand, field: name, isOptional: isOptional), from: start)
            }
            let arguments = try list(until: .closeParenthesis)
            return try macro(on: operand, name, arguments, start)
        case .quotedName(let name):
            try advance()
            return try node(.select(operand, field: name, isOptional: isOptional), from: start)
        default: throw unexpected("the name of a field")
        }
    }

    private mutating func primary() throws(SyntaxError) -> Expr {
        let start = token.span.start
        switch token.kind {
        case .symbol(.openParenthesis):
            try advance()
            let inner = try expression()
            try expect(.closeParenthesis)
            return inner
        case .symbol(.openBracket):
            try advance()
            return try list(start)
        case .symbol(.openBrace):
            try advance()
            return try map(start)
        case .symbol(.dot):
            try advance()
            return try name(start, isRooted: true)
        case .identifier: return try name(start, isRooted: false)
        case .symbol(.minus):
            guard try isNumberNext() else { throw unexpected("an operand") }
            try advance()
            return try literal(start, isNegative: true)
        default: return try literal(start, isNegative: false)
        }
    }

    private mutating func name(_ start: Int32, isRooted: Bool) throws(SyntaxError) -> Expr {
        guard case .identifier(let name) = token.kind else { throw unexpected("a name") }
        if reservedWords.contains(name) { throw SyntaxError(.reservedWord(name), token.span) }
        try advance()
        guard try accept(.openParenthesis) else { return try node(.name(name, isRooted: isRooted), from: start) }
        let arguments = try list(until: .closeParenthesis)
        if name == "has", !isRooted, arguments.count == 1 { return try has(arguments[0], start) }
        return try node(.call(function: name, isRooted: isRooted, arguments), from: start)
    }

    private mutating func literal(_ start: Int32, isNegative: Bool) throws(SyntaxError) -> Expr {
        let literal: Literal
        switch token.kind {
        case .int(let magnitude): literal = .int(try signed(magnitude, isNegative))
        case .uint(let number): literal = .uint(number)
        case .double(let number): literal = .double(isNegative ? -number : number)
        case .text(let text): literal = .text(text)
        case .bytes(let bytes): literal = .bytes(bytes)
        case .symbol(.true): literal = .bool(true)
        case .symbol(.false): literal = .bool(false)
        case .symbol(.null): literal = .null
        default: throw unexpected("an operand")
        }
        try advance()
        if isNegative, case .uint = literal {
            let number = Expr(.literal(literal), Span(Int(start) + 1, lastEnd))
            return try node(.unary(.negate, number), from: start)
        }
        return try node(.literal(literal), from: start)
    }

    /// A whole number reaches one further below zero than above.
    private func signed(_ magnitude: UInt64, _ isNegative: Bool) throws(SyntaxError) -> Int64 {
        let limit: UInt64 = 1 << 63
        if isNegative, magnitude == limit { return .min }
        guard magnitude < limit else { throw SyntaxError(.numberOutOfRange(String(magnitude)), token.span) }
        return isNegative ? -Int64(magnitude) : Int64(magnitude)
    }

    /// The arguments of a call; the opening bracket is taken, and no comma may trail.
    private mutating func list(until closing: Symbol) throws(SyntaxError) -> [Expr] {
        var arguments: [Expr] = []
        if try accept(closing) { return arguments }
        repeat { arguments.append(try expression()) } while try accept(.comma)
        try expect(closing, "',' or '\(closing.rawValue)'")
        return arguments
    }

    private mutating func list(_ start: Int32) throws(SyntaxError) -> Expr {
        var elements: [Expr.Element] = []
        // `[,]` is the empty list: the grammar allows the trailing comma by itself.
        if try accept(.comma) {
            try expect(.closeBracket)
            return try node(.list([]), from: start)
        }
        while !token.is(.closeBracket) {
            let isOptional = try accept(.question)
            elements.append(.init(value: try expression(), isOptional: isOptional))
            guard try accept(.comma) else { break }
        }
        try expect(.closeBracket, "',' or ']'")
        return try node(.list(elements), from: start)
    }

    private mutating func map(_ start: Int32) throws(SyntaxError) -> Expr {
        var entries: [Expr.Entry] = []
        if try accept(.comma) {
            try expect(.closeBrace)
            return try node(.map([]), from: start)
        }
        while !token.is(.closeBrace) {
            let isOptional = try accept(.question)
            let key = try expression()
            try expect(.colon)
            entries.append(.init(key: key, value: try expression(), isOptional: isOptional))
            guard try accept(.comma) else { break }
        }
        try expect(.closeBrace, "',' or '}'")
        return try node(.map(entries), from: start)
    }

    private mutating func message(_ type: String, _ start: Int32) throws(SyntaxError) -> Expr {
        try expect(.openBrace)
        var fields: [Expr.MessageField] = []
        while !token.is(.closeBrace) {
            let isOptional = try accept(.question)
            let name: String
            switch token.kind {
            case .identifier(let plain), .quotedName(let plain): name = plain
            default: throw unexpected("the name of a field")
            }
            try advance()
            try expect(.colon)
            fields.append(.init(name: name, value: try expression(), isOptional: isOptional))
            guard try accept(.comma) else { break }
        }
        try expect(.closeBrace, "',' or '}'")
        return try node(.message(type: type, fields), from: start)
    }
}

extension Expr {
    /// `a.b.c` as one name, with its leading dot; nil for anything but names and plain selections.
    package var qualifiedName: String? {
        switch kind {
        case .name(let name, let isRooted): isRooted ? "." + name : name
        case .select(let operand, let field, false): operand.qualifiedName.map { $0 + "." + field }
        default: nil
        }
    }
}
