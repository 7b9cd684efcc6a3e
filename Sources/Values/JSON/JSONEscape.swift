extension JSONReader {
    /// Steps over the escape at `start`; of a surrogate pair, over both.
    func skipEscape(_ start: Int) throws(JSON.Failure) -> Int {
        guard start &+ 1 < end else { throw JSON.Failure(.end, at: end) }
        switch base[start &+ 1] {
        case UInt8(ascii: "u"): break
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start &+ 2
        default: throw JSON.Failure(.escape, at: start)
        }
        let unit = try hexUnit(at: start)
        switch unit {
        case 0xDC00...0xDFFF: throw JSON.Failure(.loneSurrogate, at: start)
        case 0xD800...0xDBFF:
            let second = start &+ 6
            guard second &+ 1 < end, base[second] == UInt8(ascii: "\\"), base[second &+ 1] == UInt8(ascii: "u"),
                case 0xDC00...0xDFFF = try hexUnit(at: second)
            else { throw JSON.Failure(.loneSurrogate, at: start) }
            return start &+ 12
        default: return start &+ 6
        }
    }

    /// The four hexadecimal digits of the escape at `start`.
    private func hexUnit(at start: Int) throws(JSON.Failure) -> UInt32 {
        guard start &+ 6 <= end else { throw JSON.Failure(.end, at: end) }
        var unit: UInt32 = 0
        for at in start &+ 2..<start &+ 6 {
            guard let digit = Self.hexDigit(base[at]) else { throw JSON.Failure(.escape, at: start) }
            unit = unit &<< 4 | digit
        }
        return unit
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte &- 0x30)
        case 0x41...0x46: UInt32(byte &- 0x37)
        case 0x61...0x66: UInt32(byte &- 0x57)
        default: nil
        }
    }

    /// Writes the UTF-8 that a scanned text means, and says how many bytes it took: never more than the text has.
    func unescape(_ text: JSONText, into target: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard var out = target.baseAddress, target.count >= text.end &- text.start else { return 0 }
        let first = out
        var at = text.start
        while at < text.end {
            guard base[at] == UInt8(ascii: "\\") else {
                // A run that a character past ASCII has ended goes on with it.
                let run = min(plainEnd(from: at &+ 1), text.end) &- at
                out.update(from: base + at, count: run)
                out += run
                at &+= run
                continue
            }
            let letter = base[at &+ 1]
            guard letter == UInt8(ascii: "u") else {
                out.pointee = Self.character(of: letter)
                out += 1
                at &+= 2
                continue
            }
            at = putCharacter(at, &out)
        }
        return out - first
    }

    /// Writes the character of a `\u` escape that has been checked, and steps over it.
    private func putCharacter(_ start: Int, _ out: inout UnsafeMutablePointer<UInt8>) -> Int {
        func unit(_ from: Int) -> UInt32 {
            (from &+ 2..<from &+ 6).reduce(0) { $0 &<< 4 | (Self.hexDigit(base[$1]) ?? 0) }
        }
        var code = unit(start)
        var next = start &+ 6
        if 0xD800...0xDBFF ~= code {
            code = 0x10000 &+ (code &- 0xD800) &<< 10 &+ (unit(next) &- 0xDC00)
            next &+= 6
        }
        func put(_ byte: UInt32) {
            out.pointee = UInt8(truncatingIfNeeded: byte)
            out += 1
        }
        switch code {
        case 0..<0x80: put(code)
        case 0x80..<0x800:
            put(0xC0 | code &>> 6)
            put(0x80 | code & 0x3F)
        case 0x800..<0x10000:
            put(0xE0 | code &>> 12)
            put(0x80 | code &>> 6 & 0x3F)
            put(0x80 | code & 0x3F)
        default:
            put(0xF0 | code &>> 18)
            put(0x80 | code &>> 12 & 0x3F)
            put(0x80 | code &>> 6 & 0x3F)
            put(0x80 | code & 0x3F)
        }
        return next
    }

    private static func character(of letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}
