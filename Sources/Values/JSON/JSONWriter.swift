/// Writes values as JSON bytes: compact, nothing escaped that need not be, the same bytes for the same value.
///
/// Kinds that JSON lacks become text: bytes as base64, an instant as RFC 3339 has it, a date, a duration as seconds
/// (`1.5s`). A double has the shortest digits that give it back (`1.0`, `1e+23`). A double that is no finite number has
/// no form in JSON and is written as null; who must not lose one asks ``canWrite(_:)`` first, or writes ``StateJSON``.
package enum JSONWriter {
    package static func write(_ value: Value, to out: inout [UInt8]) {
        JSONSink.append(to: &out) { sink in sink.put(value) }
    }

    /// Writes bytes, which must be UTF-8, as a string.
    package static func writeString(_ utf8: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        JSONSink.append(to: &out) { sink in sink.putString(utf8) }
    }

    package static func writeString(_ text: String, to out: inout [UInt8]) {
        JSONSink.append(to: &out) { sink in sink.putString(text) }
    }

    /// Whether the value holds only what JSON can: false where a NaN or an infinity stands somewhere in it.
    package static func canWrite(_ value: Value) -> Bool {
        switch value {
        case .double(let number): number.isFinite
        case .list(let list): list.allSatisfy(canWrite)
        case .object(let object): object.values.allSatisfy(canWrite)
        default: true
        }
    }

    /// The shortest digits that give a finite double back, as JSON spells them; `null` for any other.
    package static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }
}

extension JSONSink {
    mutating func put(_ value: Value) {
        switch value {
        case .text(let text): putString(text)
        case .list(let list):
            put(UInt8(ascii: "["))
            for at in list.indices {
                if at > 0 { put(UInt8(ascii: ",")) }
                put(list[at])
            }
            put(UInt8(ascii: "]"))
        case .object(let object): put(object)
        default: putScalar(value)
        }
    }

    mutating func put(_ object: Object) {
        let names = object.names
        let values = object.values
        put(UInt8(ascii: "{"))
        for at in values.indices {
            if at > 0 { put(UInt8(ascii: ",")) }
            putString(names[at])
            put(UInt8(ascii: ":"))
            put(values[at])
        }
        put(UInt8(ascii: "}"))
    }

    /// Writes a value that holds no others.
    mutating func putScalar(_ value: Value) {
        switch value {
        case .null, .list, .object: put("null")
        case .bool(let bool): put(bool ? "true" : "false")
        case .int(let number): put(number)
        case .uint(let number): put(String(number))
        case .double(let number): put(JSONWriter.number(number))
        case .decimal(let number): put(number.text)
        case .text(let text): putString(text)
        case .bytes(let bytes): Base64.encode(bytes).withUnsafeBufferPointer { putString($0) }
        case .timestamp(let instant): putString(instant.description)
        case .date(let date): putString(date.description)
        case .duration(let duration): putString(duration.secondsText)
        }
    }

    @inline(__always)
    mutating func putString(_ text: String) {
        // Room for the case that nothing is escaped; else it is made on the way.
        _ = reserve(text.utf8.count &+ 2)
        withUnsafeMutablePointer(to: &self) { sink in text.withBytes { sink.pointee.putString($0) } }
    }

    mutating func putString(_ bytes: UnsafeBufferPointer<UInt8>) {
        put(UInt8(ascii: "\""))
        var start = 0
        while start < bytes.count {
            let plain = Self.plainEnd(bytes, from: start)
            put(UnsafeBufferPointer(rebasing: bytes[start..<plain]))
            guard plain < bytes.count else { break }
            putEscape(bytes[plain])
            start = plain &+ 1
        }
        put(UInt8(ascii: "\""))
    }

    private mutating func putEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): put(#"\""#)
        case UInt8(ascii: "\\"): put(#"\\"#)
        case 0x08: put(#"\b"#)
        case 0x09: put(#"\t"#)
        case 0x0A: put(#"\n"#)
        case 0x0C: put(#"\f"#)
        case 0x0D: put(#"\r"#)
        default: put(byte < 0x10 ? "\\u000" + String(byte, radix: 16) : "\\u00" + String(byte, radix: 16))
        }
    }

    /// The first byte from `start` on that must be escaped, or the end; eight bytes in one go, as in reading.
    @inline(__always)
    private static func plainEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        var at = start
        while at &+ 8 <= bytes.count {
            let word = UInt64(
                littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let hits =
                (((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word)) & tops
            if hits != 0 { return at &+ hits.trailingZeroBitCount &>> 3 }
            at &+= 8
        }
        while at < bytes.count, bytes[at] >= 0x20, bytes[at] != 0x22, bytes[at] != 0x5C { at &+= 1 }
        return at
    }
}
