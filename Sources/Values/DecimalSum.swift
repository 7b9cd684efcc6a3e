extension Decimal {
    /// The digits that a sum may have. Records hold amounts, and not numbers such as 1e9999, which would be thousands of digits.
    static let mostDigits = 400

    /// The exact sum; nil where it would need more than 400 digits.
    package func adding(_ other: Decimal) -> Decimal? {
        guard var a = PlainDigits(text), var b = PlainDigits(other.text) else { return nil }
        let places = max(a.places, b.places)
        a.pad(to: places)
        b.pad(to: places)
        return a.adding(b).map { Decimal(verified: $0.text) }
    }

    package var negated: Decimal {
        text.utf8.first == UInt8(ascii: "-")
            ? Decimal(verified: String(text.dropFirst())) : Decimal(verified: "-" + text)
    }
}

/// A number without an exponent: its digits, the last first, of which some stand behind the point.
private struct PlainDigits {
    private var isNegative: Bool
    private var digits: [UInt8]
    /// How many digits stand behind the point.
    private(set) var places: Int

    /// - Parameter text: a number as JSON spells it.
    init?(_ text: String) {
        let parts = text.utf8.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
        }
        let mantissa = parts[0]
        isNegative = mantissa.first == UInt8(ascii: "-")
        let exponent: Int
        if parts.count == 2 {
            guard let number = Int(String(decoding: parts[1], as: UTF8.self)), abs(number) <= Decimal.mostDigits else {
                return nil
            }
            exponent = number
        } else {
            exponent = 0
        }
        digits = mantissa.reversed().compactMap { (0x30...0x39).contains($0) ? $0 - 0x30 : nil }
        let behind = mantissa.lastIndex(of: UInt8(ascii: ".")).map {
            mantissa.distance(from: $0, to: mantissa.endIndex) - 1
        }
        places = (behind ?? 0) - exponent
        if places < 0 { pad(to: 0) }
        guard digits.count <= Decimal.mostDigits, places <= Decimal.mostDigits else { return nil }
    }

    mutating func pad(to places: Int) {
        digits.insert(contentsOf: [UInt8](repeating: 0, count: max(0, places - self.places)), at: 0)
        self.places = max(self.places, places)
    }

    func adding(_ other: PlainDigits) -> PlainDigits? {
        let count = max(digits.count, other.digits.count) + 1
        guard count <= 2 * Decimal.mostDigits else { return nil }
        var sum = self
        if isNegative == other.isNegative {
            sum.digits = Self.combine(digits, other.digits, count) { $0 + $1 }
        } else if Self.isLess(digits, other.digits) {
            sum.isNegative = other.isNegative
            sum.digits = Self.combine(other.digits, digits, count) { $0 - $1 }
        } else {
            sum.digits = Self.combine(digits, other.digits, count) { $0 - $1 }
        }
        return sum
    }

    private static func combine(_ a: [UInt8], _ b: [UInt8], _ count: Int, _ step: (Int, Int) -> Int) -> [UInt8] {
        var result: [UInt8] = []
        var carry = 0
        for at in 0..<count {
            let digit = step(at < a.count ? Int(a[at]) : 0, at < b.count ? Int(b[at]) : 0) + carry
            carry = digit < 0 ? -1 : digit / 10
            result.append(UInt8(digit - carry * 10))
        }
        return result
    }

    private static func isLess(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        for at in stride(from: max(a.count, b.count) - 1, through: 0, by: -1) {
            let (x, y) = (at < a.count ? a[at] : 0, at < b.count ? b[at] : 0)
            if x != y { return x < y }
        }
        return false
    }

    /// As people write it: one digit at least before the point, and as many behind it as the more exact of both had.
    var text: String {
        var digits = digits
        while digits.count > places + 1, digits.last == 0 { digits.removeLast() }
        while digits.count < places + 1 { digits.append(0) }
        var text = isNegative && digits.contains { $0 != 0 } ? "-" : ""
        for (at, digit) in digits.enumerated().reversed() {
            text.append(Character(Unicode.Scalar(digit + 0x30)))
            if at == places, places > 0 { text.append(".") }
        }
        return text
    }
}
