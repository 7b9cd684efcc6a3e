extension Lexer {
    /// `12`, `0x1F`, `7u`, `1.5`, `.5`, `1e3`: what a sign before it means is the parser's business.
    mutating func number() throws(SyntaxError) -> Token.Kind {
        let start = at
        if byte(at) == UInt8(ascii: "0"), byte(at + 1) == UInt8(ascii: "x"), byte(at + 2)?.hexDigit != nil {
            at += 2
            while byte(at)?.hexDigit != nil { at += 1 }
            return try integer(start, digits: text(start + 2, at), radix: 16)
        }
        skipDigits()
        let isFraction = skipFraction()
        let isScaled = skipExponent()
        if isFraction || isScaled {
            return .double(Double(text(start, at)) ?? .infinity)
        }
        return try integer(start, digits: text(start, at), radix: 10)
    }

    private mutating func integer(_ start: Int, digits: String, radix: Int) throws(SyntaxError) -> Token.Kind {
        let isUnsigned = byte(at).map { $0 | 0x20 == UInt8(ascii: "u") } ?? false
        if isUnsigned { at += 1 }
        guard let number = UInt64(digits, radix: radix) else {
            throw SyntaxError(.numberOutOfRange(text(start, at)), span(from: start))
        }
        return isUnsigned ? .uint(number) : .int(number)
    }

    private mutating func skipDigits() {
        while byte(at)?.isDigit == true { at += 1 }
    }

    private mutating func skipFraction() -> Bool {
        guard byte(at) == UInt8(ascii: "."), byte(at + 1)?.isDigit == true else { return false }
        at += 1
        skipDigits()
        return true
    }

    private mutating func skipExponent() -> Bool {
        guard let mark = byte(at), mark | 0x20 == UInt8(ascii: "e") else { return false }
        var digits = at + 1
        if byte(digits) == UInt8(ascii: "+") || byte(digits) == UInt8(ascii: "-") { digits += 1 }
        guard byte(digits)?.isDigit == true else { return false }
        at = digits
        skipDigits()
        return true
    }
}
