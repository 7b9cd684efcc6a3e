/// A decimal number of any size, with its digits as they were written: `0.10` stays `0.10`.
///
/// `==` is the identity of the spelling; ``compare(_:)`` compares the numbers.
package struct Decimal: Sendable, Hashable {
    /// A number as JSON spells it (RFC 8259, section 6).
    package let text: String

    /// Takes the spelling of a JSON number; nil for anything else.
    package init?(_ text: String) {
        let isNumber = text.withBytes { bytes in
            var reader = JSONReader(UnsafeRawBufferPointer(bytes))
            return (try? reader.scanNumber()) != nil && reader.position == reader.end
        }
        guard isNumber else { return nil }
        self.text = text
    }

    /// Takes a spelling that the caller has checked already.
    package init(verified text: String) { self.text = text }

    /// Takes the spelling of a number that may have zeros in front, and leaves them out: `007.50` is `7.50`.
    package init?(padded text: String) {
        let bytes = Array(text.utf8)
        let sign = bytes.first == UInt8(ascii: "-") ? 1 : 0
        var start = sign
        while start + 1 < bytes.count, bytes[start] == 0x30, 0x30...0x39 ~= bytes[start + 1] { start += 1 }
        if start == sign {
            self.init(text)
        } else {
            self.init(String(decoding: bytes[..<sign] + bytes[start...], as: UTF8.self))
        }
    }

    /// The nearest double; an infinity past the largest.
    package var double: Double { Double(text) ?? .nan }

    /// The number, where it is whole and fits 64 bits, however it is spelled: `1.0`, `1e3`.
    package var int64: Int64? {
        text.withBytes { bytes in
            let digits = DecimalDigits(bytes)
            guard !digits.isZero else { return 0 }
            guard !digits.isExtreme, digits.isWhole, digits.scale <= 19 else { return nil }
            var magnitude: UInt64 = 0
            // 19 digits never overflow 64 bits without a sign.
            for place in 0..<digits.scale { magnitude = magnitude * 10 + UInt64(digits.digit(place, bytes)) }
            if digits.isNegative {
                return magnitude <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
            }
            return Int64(exactly: magnitude)
        }
    }

    /// The number, where it is spelled as a 64-bit integer is: `1`, but not `1.0`, nor `-0`.
    package var spelledInt64: Int64? { text == "-0" ? nil : Int64(text) }

    /// Whether it has no fraction, whatever its size.
    package var isWhole: Bool { text.withBytes { DecimalDigits($0).isWhole } }

    /// -1, 0 or 1 as this number is less than, equal to or greater than the other. No size of an exponent costs more
    /// than its digits do. Only past exponents of 18 digits are equal numbers in different spellings told apart.
    package func compare(_ other: Decimal) -> Int {
        text.withBytes { a in other.text.withBytes { b in DecimalDigits(a).compare(DecimalDigits(b), a, b) } }
    }

    /// A spelling that equal numbers share: `1.50` and `15e-1` are `1.5`, `1e2` is `100`, and what is far from 1 has an
    /// exponent.
    package var canonical: Decimal {
        Decimal(verified: text.withBytes { bytes in DecimalDigits(bytes).canonical(bytes) ?? text })
    }
}
