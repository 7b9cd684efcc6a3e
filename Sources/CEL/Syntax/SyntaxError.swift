import Diagnostics

/// Why a text is no expression, and where.
struct SyntaxError: Error {
    var fault: SyntaxFault
    var span: Span

    init(_ fault: SyntaxFault, _ span: Span) {
        self.fault = fault
        self.span = span
    }
}

enum SyntaxFault: Hashable {
    /// `wanted` as a phrase: `an operand`, `')'`.
    case unexpected(found: String, wanted: String)
    case strayCharacter(String)
    case unterminatedText(quote: String)
    case lineBreakInText
    case badEscape(String)
    case unicodeEscapeInBytes(String)
    case noCodePoint(String)
    case badQuotedName
    case numberOutOfRange(String)
    case reservedWord(String)
    case notAName(macro: String)
    case notAField
    case repeatedVariable(String)
    case tooLong(limit: Int)
    case tooDeep(limit: Int)
}

extension SyntaxError {
    func diagnostic(in source: ExpressionSource) -> Diagnostic {
        source.diagnostic(code, message, at: span, hint: hint)
    }

    private var code: ExpressionCode {
        switch fault {
        case .tooLong: .tooLong
        case .tooDeep: .tooDeep
        default: .syntax
        }
    }

    private var message: String {
        switch fault {
        case .unexpected(let found, let wanted): "expected \(wanted), found \(found)"
        case .strayCharacter(let character): "'\(character)' has no meaning here"
        case .unterminatedText(let quote): "the text that begins here has no closing \(quote)"
        case .lineBreakInText: "a line break inside a text needs triple quotes, or \\n"
        case .badEscape(let escape): "'\(escape)' is no escape sequence"
        case .unicodeEscapeInBytes(let escape): "'\(escape)' cannot stand in bytes: only \\x and octal escapes can"
        case .noCodePoint(let escape): "'\(escape)' names no Unicode code point"
        case .badQuotedName: "a name between backticks holds letters, digits, and _ - . / or spaces"
        case .numberOutOfRange(let digits): "\(digits) does not fit 64 bits"
        case .reservedWord(let word): "'\(word)' is a reserved word of the expression language"
        case .notAName(let macro): "the first argument of '\(macro)' names a variable"
        case .notAField: "has() takes a field, such as has(user.email)"
        case .repeatedVariable(let name): "the variable '\(name)' is named twice"
        case .tooLong(let limit): "the expression is longer than \(limit) bytes"
        case .tooDeep(let limit): "the expression nests deeper than \(limit) levels"
        }
    }

    private var hint: String? {
        switch fault {
        case .strayCharacter(let character): SyntaxError.meant[character].map { "write \($0)" }
        case .unexpected(let found, _): SyntaxError.meant[found].map { "write \($0)" }
        case .badEscape: "write \\\\ for a backslash"
        case .reservedWord(let word): "for a field of that name write record['\(word)']"
        default: nil
        }
    }

    /// What people of other languages write, and what it is here.
    private static let meant = [
        "=": "==", "&": "&&", "|": "||", "'and'": "&&", "'AND'": "&&", "'or'": "||", "'OR'": "||", "'not'": "!",
        "'is'": "==", "‘": "'", "’": "'", "“": "\"", "”": "\"", "#": "// for a comment",
    ]
}
