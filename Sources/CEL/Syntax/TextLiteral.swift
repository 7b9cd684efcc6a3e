extension Lexer {
    /// The bytes of a text or bytes literal; `at` stands on its first quote, `start` on its prefix. A carriage return
    /// inside triple quotes stays as it is.
    mutating func quoted(from start: Int, isRaw: Bool, isBytes: Bool) throws(SyntaxError) -> [UInt8] {
        let quote = bytes[at]
        let isTriple = byte(at + 1) == quote && byte(at + 2) == quote
        let length = isTriple ? 3 : 1
        at += length
        var content: [UInt8] = []
        while let next = byte(at) {
            if next == quote, !isTriple || (byte(at + 1) == quote && byte(at + 2) == quote) {
                at += length
                return content
            }
            if next == UInt8(ascii: "\\"), !isRaw {
                try escape(isBytes: isBytes, into: &content)
                continue
            }
            if !isTriple, next == 0x0A || next == 0x0D { throw SyntaxError(.lineBreakInText, Span(at, at + 1)) }
            content.append(next)
            at += 1
        }
        let closing = String(repeating: Character(Unicode.Scalar(quote)), count: length)
        throw SyntaxError(.unterminatedText(quote: closing), Span(start, start + length))
    }

    private mutating func escape(isBytes: Bool, into content: inout [UInt8]) throws(SyntaxError) {
        let start = at
        at += 1
        guard let letter = byte(at) else { throw badEscape(start) }
        at += 1
        if let plain = Lexer.plainEscapes[letter] {
            content.append(plain)
            return
        }
        switch letter {
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            try append(codePoint: try digits(2, radix: 16, start), isBytes, start, &content)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let number = try digits(letter == UInt8(ascii: "u") ? 4 : 8, radix: 16, start)
            if isBytes { throw SyntaxError(.unicodeEscapeInBytes(text(start, at)), span(from: start)) }
            try append(codePoint: number, false, start, &content)
        case 0x30...0x33:
            at -= 1
            try append(codePoint: try digits(3, radix: 8, start), isBytes, start, &content)
        default: throw badEscape(start)
        }
    }

    /// In a text a number names a code point, in bytes an octet.
    private func append(
        codePoint: UInt32, _ isOctet: Bool, _ start: Int, _ content: inout [UInt8]
    ) throws(SyntaxError) {
        if isOctet {
            content.append(UInt8(truncatingIfNeeded: codePoint))
        } else if let scalar = Unicode.Scalar(codePoint) {
            content.append(contentsOf: UTF8.encode(scalar)!)
        } else {
            throw SyntaxError(.noCodePoint(text(start, at)), span(from: start))
        }
    }

    private mutating func digits(_ count: Int, radix: UInt32, _ start: Int) throws(SyntaxError) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<count {
            guard let digit = byte(at)?.hexDigit, digit < radix else { throw badEscape(start) }
            number = number &* radix &+ digit
            at += 1
        }
        return number
    }

    private func badEscape(_ start: Int) -> SyntaxError {
        var end = min(start + 2, bytes.count)
        while let next = byte(end), next & 0xC0 == 0x80 { end += 1 }
        return SyntaxError(.badEscape(text(start, end)), Span(start, end))
    }

    private static let plainEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B,
        UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "?"): UInt8(ascii: "?"),
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "'"): UInt8(ascii: "'"),
        UInt8(ascii: "`"): UInt8(ascii: "`"),
    ]
}
