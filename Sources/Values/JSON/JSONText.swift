/// A string of a JSON text that was stepped over: where it stands between its quotes.
package struct JSONText: Hashable, Sendable {
    package let start: Int
    package let end: Int
    /// Whether it stands there as it is meant, without escapes.
    package let isPlain: Bool
}

extension JSONReader {
    /// Steps over the string at the position, which must be at its opening quote, and checks its escapes and its UTF-8.
    package mutating func scanText() throws(JSON.Failure) -> JSONText {
        let start = position &+ 1
        var at = start
        var isPlain = true
        while true {
            at = plainEnd(from: at)
            guard at < end else { throw JSON.Failure(.end, at: end) }
            switch base[at] {
            case UInt8(ascii: "\""):
                position = at &+ 1
                return JSONText(start: start, end: at, isPlain: isPlain)
            case UInt8(ascii: "\\"):
                isPlain = false
                at = try skipEscape(at)
            case 0..<0x20: throw JSON.Failure(.controlCharacter(base[at]), at: at)
            default: at = try skipUTF8(at)
            }
        }
    }

    /// Reads the string at the position.
    package mutating func readString() throws(JSON.Failure) -> String {
        guard next == UInt8(ascii: "\"") else { throw noValue() }
        return string(try scanText())
    }

    /// Reads the string at the position into a buffer, whose former content is dropped.
    package mutating func readString(into buffer: inout [UInt8]) throws(JSON.Failure) {
        guard next == UInt8(ascii: "\"") else { throw noValue() }
        let text = try scanText()
        buffer.removeAll(keepingCapacity: true)
        append(text, to: &buffer)
    }

    /// The string that a scanned text means.
    @inline(__always)
    package func string(_ scanned: JSONText) -> String {
        if scanned.isPlain { return text(from: scanned.start, to: scanned.end) }
        return unescaped(scanned)
    }

    /// Appends the UTF-8 of the string that a scanned text means.
    package func append(_ scanned: JSONText, to buffer: inout [UInt8]) {
        let count = scanned.end &- scanned.start
        if scanned.isPlain {
            buffer.append(contentsOf: UnsafeBufferPointer(start: base + scanned.start, count: count))
        } else {
            buffer.append(addingCapacity: count) { span in
                span.withUnsafeMutableBufferPointer { target, used in
                    used &+= unescape(scanned, into: UnsafeMutableBufferPointer(rebasing: target[used...]))
                }
            }
        }
    }

    /// Whether a scanned text means exactly these bytes.
    package func text(_ scanned: JSONText, is bytes: [UInt8]) -> Bool {
        guard scanned.isPlain else { return unescaped(scanned).utf8.elementsEqual(bytes) }
        return UnsafeBufferPointer(start: base + scanned.start, count: scanned.end &- scanned.start).elementsEqual(
            bytes)
    }

    /// A text whose bytes have been checked.
    @inline(__always)
    func text(from start: Int, to end: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: base + start, count: end &- start), as: UTF8.self)
    }

    private func unescaped(_ scanned: JSONText) -> String {
        String(unsafeUninitializedCapacity: scanned.end &- scanned.start) { unescape(scanned, into: $0) }
    }
}

extension JSONReader {
    /// The first byte from `start` on that is a quote, a backslash, a control character or no ASCII; or the end. Eight
    /// bytes are looked at in one go: a byte of a word is zero exactly where the lowest bit that a subtraction borrows
    /// into its top shows it.
    @inline(__always)
    func plainEnd(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        var at = start
        while at &+ 8 <= end {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let hits =
                (((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word) | word)
                & tops
            if hits != 0 { return at &+ hits.trailingZeroBitCount &>> 3 }
            at &+= 8
        }
        while at < end {
            let byte = base[at]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x80 { return at }
            at &+= 1
        }
        return at
    }

    /// Steps over the characters past ASCII from `start` on (RFC 3629, section 4: no overlong form, no surrogate,
    /// nothing past U+10FFFF).
    private func skipUTF8(_ start: Int) throws(JSON.Failure) -> Int {
        var at = start
        while at < end, base[at] >= 0x80 {
            let first = base[at]
            let count: Int
            var low: UInt8 = 0x80
            var high: UInt8 = 0xBF
            switch first {
            case 0xC2...0xDF: count = 2
            case 0xE0...0xEF:
                count = 3
                if first == 0xE0 { low = 0xA0 }
                if first == 0xED { high = 0x9F }
            case 0xF0...0xF4:
                count = 4
                if first == 0xF0 { low = 0x90 }
                if first == 0xF4 { high = 0x8F }
            default: throw JSON.Failure(.badUTF8, at: at)
            }
            guard at &+ count <= end, base[at &+ 1] >= low, base[at &+ 1] <= high else {
                throw JSON.Failure(.badUTF8, at: at)
            }
            if count > 2, base[at &+ 2] & 0xC0 != 0x80 { throw JSON.Failure(.badUTF8, at: at) }
            if count > 3, base[at &+ 3] & 0xC0 != 0x80 { throw JSON.Failure(.badUTF8, at: at) }
            at &+= count
        }
        return at
    }
}
