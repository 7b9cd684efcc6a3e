import Values

/// The checksums of a file of lines. Each takes in the one before it, so that a line that is changed, missing or out of its place is
/// noticed at the first line that does not fit.
struct LineChain {
    private var previous: UInt32 = 0

    /// The length of what ``seal(_:from:)`` adds: `,"c":"0123abcd"}` and a line feed.
    static let sealLength = 17

    /// Closes a line: what stands in the buffer from `start` on is a JSON object without its brace at the end.
    mutating func seal(_ buffer: inout [UInt8], from start: Int) {
        let sum = buffer.withUnsafeBytes { next(UnsafeRawBufferPointer(rebasing: $0[start...])) }
        previous = sum
        buffer.append(contentsOf: #","c":""#.utf8)
        HexDigits.append(UInt64(sum), digits: 8, to: &buffer)
        buffer.append(contentsOf: "\"}\n".utf8)
    }

    /// The content of a sealed line, without its seal and its line feed; nil where the seal does not fit.
    mutating func open(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let end = line.count - (Self.sealLength - 1)
        guard end > 0, line[end..<end + 6].elementsEqual(#","c":""#.utf8),
            line[(end + 14)...].elementsEqual("\"}".utf8),
            let sum = HexDigits.read(line, at: end + 6, digits: 8)
        else { return nil }
        let content = UnsafeRawBufferPointer(rebasing: line[..<end])
        guard next(content) == UInt32(truncatingIfNeeded: sum) else { return nil }
        previous = UInt32(truncatingIfNeeded: sum)
        return content
    }

    private func next(_ content: UnsafeRawBufferPointer) -> UInt32 {
        let sum = Fingerprint(of: content).bits ^ (UInt64(previous) &* 0x9e37_79b9_7f4a_7c15)
        return UInt32(truncatingIfNeeded: sum ^ (sum >> 32))
    }
}

/// Numbers in hexadecimal digits of a fixed width.
enum HexDigits {
    static func append(_ number: UInt64, digits: Int, to buffer: inout [UInt8]) {
        for place in stride(from: digits - 1, through: 0, by: -1) {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(place * 4)) & 0xF
            buffer.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }

    static func read(_ bytes: UnsafeRawBufferPointer, at start: Int, digits: Int) -> UInt64? {
        guard start >= 0, start + digits <= bytes.count else { return nil }
        var number: UInt64 = 0
        for byte in bytes[start..<start + digits] {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x61...0x66: digit = byte - 0x57
            default: return nil
            }
            number = number << 4 | UInt64(digit)
        }
        return number
    }
}

/// Numbers of 64 bits in 11 digits of the alphabet of base64url (RFC 4648, section 5), the highest bits first: for what stands in
/// files a million times.
enum PackedDigits {
    static let count = 11
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    /// The value of each byte; 64 for those that are no digit.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    static func append(_ number: UInt64, to buffer: inout [UInt8]) {
        for place in stride(from: count - 1, through: 0, by: -1) {
            buffer.append(alphabet[Int(truncatingIfNeeded: number >> UInt64(place * 6)) & 63])
        }
    }

    /// nil for what ``append(_:to:)`` would not write.
    static func read(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64? {
        guard start >= 0, start <= bytes.count - count else { return nil }
        // Ten digits take 60 bits, so that the first has four.
        guard values[Int(bytes[start])] < 16 else { return nil }
        var number: UInt64 = 0
        for byte in bytes[start..<start + count] {
            let value = values[Int(byte)]
            guard value < 64 else { return nil }
            number = number << 6 | UInt64(value)
        }
        return number
    }
}
