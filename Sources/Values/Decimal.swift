/// A decimal number of any size, with its digits as they were written: `0.10` stays `0.10`.
///
/// `==` is the identity of the spelling; ``compare(_:)`` compares the numbers.
package struct Decimal: Sendable, Hashable {
    /// A number as JSON spells it (RFC 8259, section 6).
    package let text: String

    /// Takes the spelling of a JSON number; nil for anything else.
    package init?(_ text: String) {
        guard Decimal.isNumber(text.utf8) else { return nil }
        self.text = text
    }

    /// Takes a spelling that the caller has checked already.
    package init(verified text: String) { self.text = text }

    package var double: Double { Double(text) ?? .nan }

    /// The number, where it is whole and fits 64 bits.
    package var int64: Int64? {
        let parts = normalized
        guard parts.exponent >= 0, parts.digits.count + parts.exponent <= 19 else { return nil }
        let sign = parts.isNegative ? "-" : ""
        let digits = String(decoding: parts.digits, as: UTF8.self) + String(repeating: "0", count: parts.exponent)
        return Int64(sign + (digits.isEmpty ? "0" : digits))
    }

    /// -1, 0 or 1 as this number is less than, equal to or greater than the other.
    package func compare(_ other: Decimal) -> Int {
        let a = normalized
        let b = other.normalized
        if a.digits.isEmpty || b.digits.isEmpty || a.isNegative != b.isNegative {
            return a.sign < b.sign ? -1 : a.sign > b.sign ? 1 : 0
        }
        let magnitude = Decimal.compareMagnitude(a, b)
        return a.isNegative ? -magnitude : magnitude
    }

    /// Sign, significant digits without zeros at either end, and the power of ten by which they are multiplied.
    private struct Normalized {
        var isNegative = false
        var digits: [UInt8] = []
        var exponent = 0
        var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }
    }

    private static func compareMagnitude(_ a: Normalized, _ b: Normalized) -> Int {
        let topA = a.digits.count + a.exponent
        let topB = b.digits.count + b.exponent
        if topA != topB { return topA < topB ? -1 : 1 }
        for (x, y) in zip(a.digits, b.digits) where x != y { return x < y ? -1 : 1 }
        return a.digits.count == b.digits.count ? 0 : a.digits.count < b.digits.count ? -1 : 1
    }

    private var normalized: Normalized {
        var result = Normalized()
        var seenPoint = false
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "-") {
            result.isNegative = true
            rest = rest.dropFirst()
        }
        scan: while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "."): seenPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                // An exponent past Int is past anything that can be compared digit by digit: held at a far limit.
                let spelled = String(Substring(rest.dropFirst()))
                let limit = 1 << 40
                let exponent = Int(spelled) ?? (spelled.hasPrefix("-") ? -limit : limit)
                result.exponent += min(max(exponent, -limit), limit)
                break scan
            default:
                if !(result.digits.isEmpty && byte == UInt8(ascii: "0")) { result.digits.append(byte) }
                if seenPoint { result.exponent -= 1 }
            }
            rest = rest.dropFirst()
        }
        while result.digits.last == UInt8(ascii: "0") {
            result.digits.removeLast()
            result.exponent += 1
        }
        if result.digits.isEmpty { result = Normalized() }
        return result
    }

    private static func isNumber(_ text: String.UTF8View) -> Bool { isNumber(Array(text)) }

    private static func isNumber(_ bytes: [UInt8]) -> Bool {
        var at = 0
        func digits() -> Int {
            let start = at
            while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
            return at - start
        }
        if bytes.first == UInt8(ascii: "-") { at += 1 }
        let leading = at
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[leading] != 0x30 else { return false }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            guard digits() > 0 else { return false }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            guard digits() > 0 else { return false }
        }
        return at == bytes.count
    }
}
