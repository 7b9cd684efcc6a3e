extension JSONReader {
    /// A number that was stepped over.
    struct Number {
        var start: Int
        /// The number, where it is a 64-bit integer without fraction or exponent.
        var integer: Int64?
    }

    /// Steps over a number (RFC 8259, section 6) and works out its value on the way, where it is an integer.
    mutating func scanNumber() throws(JSON.Failure) -> Number {
        let start = position
        var at = start
        let isNegative = at < end && base[at] == UInt8(ascii: "-")
        if isNegative { at &+= 1 }
        let digits = at
        var magnitude: UInt64 = 0
        // 19 digits never overflow 64 bits without a sign.
        while at < end, base[at] &- 0x30 < 10 {
            magnitude = magnitude &* 10 &+ UInt64(base[at] &- 0x30)
            at &+= 1
        }
        let count = at &- digits
        if count == 0 { throw at > start ? cut(at) : noValue() }
        if count > 1, base[digits] == 0x30 { throw JSON.Failure(.leadingZero, at: digits) }
        if at < end, base[at] == UInt8(ascii: ".") || base[at] | 0x20 == UInt8(ascii: "e") {
            position = try skipFraction(at)
            return Number(start: start, integer: nil)
        }
        position = at
        guard count <= 19 else { return Number(start: start, integer: nil) }
        if !isNegative { return Number(start: start, integer: Int64(exactly: magnitude)) }
        // -0 is no integer: it would lose its sign.
        guard magnitude != 0, magnitude <= 1 << 63 else { return Number(start: start, integer: nil) }
        return Number(start: start, integer: Int64(truncatingIfNeeded: 0 &- magnitude))
    }

    private func skipFraction(_ start: Int) throws(JSON.Failure) -> Int {
        var at = start
        if base[at] == UInt8(ascii: ".") { at = try skipDigits(at &+ 1) }
        if at < end, base[at] | 0x20 == UInt8(ascii: "e") {
            at &+= 1
            if at < end, base[at] == UInt8(ascii: "+") || base[at] == UInt8(ascii: "-") { at &+= 1 }
            at = try skipDigits(at)
        }
        return at
    }

    private func skipDigits(_ start: Int) throws(JSON.Failure) -> Int {
        var at = start
        while at < end, base[at] &- 0x30 < 10 { at &+= 1 }
        if at == start { throw cut(at) }
        return at
    }

    private func cut(_ at: Int) -> JSON.Failure { JSON.Failure(at < end ? .number : .end, at: at) }

    /// Reads the number at the position: an int where it is a 64-bit integer, else a decimal as it is spelled.
    @inline(__always)
    mutating func readNumber() throws(JSON.Failure) -> Value {
        let number = try scanNumber()
        if let integer = number.integer { return .int(integer) }
        return .decimal(Decimal(verified: text(from: number.start, to: position)))
    }
}
