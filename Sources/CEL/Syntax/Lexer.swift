/// Cuts an expression into tokens: CEL's language definition, section "Syntax".
struct Lexer {
    let bytes: [UInt8]
    var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func span(from start: Int) -> Span { Span(start, at) }

    func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    mutating func next() throws(SyntaxError) -> Token {
        skipBlanks()
        let start = at
        guard let first = byte(at) else { return Token(kind: .end, span: Span(at, at)) }
        let kind: Token.Kind
        if first.isNameStart {
            kind = try word()
        } else if first.isDigit || (first == UInt8(ascii: ".") && byte(at + 1)?.isDigit == true) {
            kind = try number()
        } else if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            kind = .text(String(decoding: try quoted(from: start, isRaw: false, isBytes: false), as: UTF8.self))
        } else if first == UInt8(ascii: "`") {
            kind = try backticked()
        } else {
            kind = try sign()
        }
        return Token(kind: kind, span: span(from: start))
    }

    private mutating func skipBlanks() {
        while let next = byte(at) {
            switch next {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20: at += 1
            case UInt8(ascii: "/") where byte(at + 1) == UInt8(ascii: "/"):
                while let inside = byte(at), inside != 0x0A { at += 1 }
            default: return
            }
        }
    }

    private mutating func word() throws(SyntaxError) -> Token.Kind {
        let start = at
        while let next = byte(at), next.isNameStart || next.isDigit { at += 1 }
        if at - start <= 2, let quote = byte(at), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            switch text(start, at).lowercased() {
            case "r":
                return .text(String(decoding: try quoted(from: start, isRaw: true, isBytes: false), as: UTF8.self))
            case "b": return .bytes(try quoted(from: start, isRaw: false, isBytes: true))
            case "br": return .bytes(try quoted(from: start, isRaw: true, isBytes: true))
            default: break
            }
        }
        let name = text(start, at)
        return Symbol.words[name].map(Token.Kind.symbol) ?? .identifier(name)
    }

    private mutating func backticked() throws(SyntaxError) -> Token.Kind {
        let start = at
        at += 1
        while let next = byte(at), next.isNameStart || next.isDigit || " -./".utf8.contains(next) { at += 1 }
        guard byte(at) == UInt8(ascii: "`"), at > start + 1 else {
            throw SyntaxError(.badQuotedName, Span(start, min(at + 1, bytes.count)))
        }
        at += 1
        return .quotedName(text(start + 1, at - 1))
    }

    private mutating func sign() throws(SyntaxError) -> Token.Kind {
        for (symbol, spelled) in Symbol.signs where bytes[at...].starts(with: spelled) {
            at += spelled.count
            return .symbol(symbol)
        }
        let start = at
        at += 1
        while let next = byte(at), next & 0xC0 == 0x80 { at += 1 }
        throw SyntaxError(.strayCharacter(text(start, at)), span(from: start))
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isNameStart: Bool { (0x61...0x7A).contains(self | 0x20) || self == UInt8(ascii: "_") }

    var hexDigit: UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self - 0x30)
        case 0x41...0x46: UInt32(self - 0x37)
        case 0x61...0x66: UInt32(self - 0x57)
        default: nil
        }
    }
}
