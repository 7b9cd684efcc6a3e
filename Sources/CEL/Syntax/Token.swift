/// A word of an expression, and where it stands.
struct Token {
    var kind: Kind
    var span: Span

    enum Kind {
        case end
        case identifier(String)
        /// A field name between backticks, without them.
        case quotedName(String)
        /// A whole number; up to 2^63, since a minus may stand before it.
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case text(String)
        case bytes([UInt8])
        case symbol(Symbol)
    }

    func `is`(_ symbol: Symbol) -> Bool {
        if case .symbol(symbol) = kind { true } else { false }
    }

    var isNumber: Bool {
        switch kind {
        case .int, .uint, .double: true
        default: false
        }
    }
}

/// The signs and the words that no name may be.
enum Symbol: String, CaseIterable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case remainder = "%"
    case not = "!"
    case question = "?"
    case colon = ":"
    case comma = ","
    case dot = "."
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
    case `in` = "in"
    case `true` = "true"
    case `false` = "false"
    case null = "null"

    /// Two-byte signs before those they begin with.
    static let signs = allCases.filter { $0.rawValue.utf8.first! < 0x61 || $0.rawValue.utf8.first! > 0x7A }
        .map { ($0, Array($0.rawValue.utf8)) }
    static let words: [String: Symbol] = ["in": .in, "true": .true, "false": .false, "null": .null]
}

/// Words kept back by the language: they may name fields after a dot, but no variable and no function of their own.
let reservedWords: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
]
