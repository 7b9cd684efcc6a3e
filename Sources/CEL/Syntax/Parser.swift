/// Makes a tree of an expression: a descent through CEL's grammar, in which binary operators climb by precedence.
struct Parser {
    var lexer: Lexer
    var token: Token
    /// Where the token before the current one ended.
    var lastEnd = 0
    private var depth = 0
    private let limits: Limits
    /// Whether `cel.block` and its like are read; no expression of a person needs them.
    let hasBlocks: Bool

    /// The whole text as one expression.
    static func parse(_ text: String, limits: Limits, hasBlocks: Bool = false) throws(SyntaxError) -> Expr {
        guard text.utf8.count <= limits.length else {
            throw SyntaxError(.tooLong(limit: limits.length), Span(0, 1))
        }
        var parser = try Parser(text, limits, hasBlocks)
        let expression = try parser.expression()
        guard case .end = parser.token.kind else { throw parser.unexpected("an operator or the end") }
        return expression
    }

    private init(_ text: String, _ limits: Limits, _ hasBlocks: Bool) throws(SyntaxError) {
        lexer = Lexer(text)
        token = Token(kind: .end, span: Span(0, 0))
        self.limits = limits
        self.hasBlocks = hasBlocks
        token = try lexer.next()
    }

    mutating func advance() throws(SyntaxError) {
        lastEnd = Int(token.span.end)
        token = try lexer.next()
    }

    mutating func accept(_ symbol: Symbol) throws(SyntaxError) -> Bool {
        guard token.is(symbol) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ symbol: Symbol, _ wanted: String? = nil) throws(SyntaxError) {
        guard try accept(symbol) else { throw unexpected(wanted ?? "'\(symbol.rawValue)'") }
    }

    func unexpected(_ wanted: String) -> SyntaxError {
        if case .end = token.kind {
            return SyntaxError(.unexpected(found: "the end", wanted: wanted), token.span)
        }
        let spelled = lexer.text(Int(token.span.start), Int(token.span.end))
        return SyntaxError(.unexpected(found: "'\(spelled)'", wanted: wanted), token.span)
    }

    /// A node that begins at an offset and ends with the last token taken.
    func node(_ kind: Expr.Kind, from start: Int32) throws(SyntaxError) -> Expr {
        let node = Expr(kind, Span(Int(start), lastEnd))
        guard node.height <= limits.depth else { throw SyntaxError(.tooDeep(limit: limits.depth), node.span) }
        return node
    }

    private mutating func descend() throws(SyntaxError) {
        depth += 1
        guard depth <= limits.depth else { throw SyntaxError(.tooDeep(limit: limits.depth), token.span) }
    }

    /// `a ? b : c`, or what binds tighter. The middle takes no bare conditional: `a ? b ? c : d : e` needs brackets.
    mutating func expression() throws(SyntaxError) -> Expr {
        try descend()
        defer { depth -= 1 }
        let start = token.span.start
        let condition = try operators(atLeast: 1)
        guard try accept(.question) else { return condition }
        let yes = try operators(atLeast: 1)
        try expect(.colon, "':' and what holds otherwise")
        let no = try expression()
        return try node(.conditional(condition, yes, no), from: start)
    }

    /// A run of binary operators of at least a precedence, from 1 for `||` to 5 for `*`.
    private mutating func operators(atLeast least: Int) throws(SyntaxError) -> Expr {
        let start = token.span.start
        var left = try unary()
        while let (operation, precedence) = Operation.of(token), precedence >= least {
            switch operation {
            case .logic(let logic, let symbol):
                left = try chain(logic, symbol, precedence, left, from: start)
            case .binary(let binary):
                try advance()
                let right = try operand(above: precedence)
                left = try node(.binary(binary, left, right), from: start)
            }
        }
        return left
    }

    private mutating func chain(
        _ logic: LogicOperator, _ symbol: Symbol, _ precedence: Int, _ first: Expr, from start: Int32
    ) throws(SyntaxError) -> Expr {
        var terms = [first]
        while try accept(symbol) { terms.append(try operand(above: precedence)) }
        return try node(.logic(logic, terms), from: start)
    }

    private mutating func operand(above precedence: Int) throws(SyntaxError) -> Expr {
        try descend()
        defer { depth -= 1 }
        return try operators(atLeast: precedence + 1)
    }

    /// `!` and `-` before an operand. They do not mix, an even number of them is none, and a minus before a number is
    /// part of it.
    private mutating func unary() throws(SyntaxError) -> Expr {
        let start = token.span.start
        guard token.is(.not) || token.is(.minus) else { return try member() }
        let symbol: Symbol = token.is(.not) ? .not : .minus
        var count = 0
        while token.is(symbol) {
            if symbol == .minus, try isNumberNext() { break }
            try advance()
            count += 1
        }
        let operand = try member()
        guard count % 2 == 1 else { return operand }
        return try node(.unary(symbol == .not ? .not : .negate, operand), from: start)
    }

    func isNumberNext() throws(SyntaxError) -> Bool {
        var ahead = lexer
        return try ahead.next().isNumber
    }
}

private enum Operation {
    case logic(LogicOperator, Symbol)
    case binary(BinaryOperator)

    static func of(_ token: Token) -> (Operation, precedence: Int)? {
        guard case .symbol(let symbol) = token.kind else { return nil }
        switch symbol {
        case .or: return (.logic(.or, .or), 1)
        case .and: return (.logic(.and, .and), 2)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in:
            return BinaryOperator(rawValue: symbol.rawValue).map { (.binary($0), 3) }
        case .plus, .minus: return BinaryOperator(rawValue: symbol.rawValue).map { (.binary($0), 4) }
        case .times, .divide, .remainder: return BinaryOperator(rawValue: symbol.rawValue).map { (.binary($0), 5) }
        default: return nil
        }
    }
}
