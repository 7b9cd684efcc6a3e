/// Text of numbers and durations, and numbers of text, as the conversions of the language have them.
enum NumberText {
    /// The shortest digits that give the double back, in the form of C's `%g`: `1`, `123.456`, `1e+06`, `1e-05`.
    static func general(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        let sign = value.sign == .minus ? "-" : ""
        let (digits, point) = shortest(value.magnitude)
        let exponent = point - 1
        if exponent < -4 || exponent >= 6 {
            return sign + scientific(digits, exponent)
        }
        return sign + positional(digits, point)
    }

    /// The shortest digits that give the double back, without an exponent.
    static func plain(_ value: Double) -> String {
        guard value.isFinite else { return general(value) }
        let (digits, point) = shortest(value.magnitude)
        return (value.sign == .minus ? "-" : "") + positional(digits, point)
    }

    /// Significant digits without zeros at either end, and where the point stands from the first of them.
    static func shortest(_ magnitude: Double) -> (digits: [UInt8], point: Int) {
        if magnitude == 0 { return ([0x30], 1) }
        var digits: [UInt8] = []
        var point = 0
        var seenPoint = false
        var rest = "\(magnitude)".utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: ".") {
                seenPoint = true
            } else if byte == UInt8(ascii: "e") {
                point += Int(Substring(rest)) ?? 0
                break
            } else {
                if !seenPoint { point += 1 }
                if digits.isEmpty, byte == 0x30 { point -= 1 } else { digits.append(byte) }
            }
        }
        while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
        return (digits, point)
    }

    private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
        var text = String(Unicode.Scalar(digits[0]))
        if digits.count > 1 { text += "." + String(decoding: digits.dropFirst(), as: UTF8.self) }
        let power = String(exponent.magnitude)
        return text + (exponent < 0 ? "e-" : "e+") + (power.utf8.count < 2 ? "0" : "") + power
    }

    private static func positional(_ digits: [UInt8], _ point: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        if point <= 0 { return "0." + String(repeating: "0", count: -point) + text }
        if point >= digits.count { return text + String(repeating: "0", count: point - digits.count) }
        return String(decoding: digits[..<point], as: UTF8.self) + "."
            + String(decoding: digits[point...], as: UTF8.self)
    }

    /// Base 10 with an optional sign, and nothing else.
    static func int(_ text: String) -> Int64? {
        let digits = text.utf8.first.map { $0 == 0x2B || $0 == 0x2D } == true ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
        return Int64(text)
    }

    static func uint(_ text: String) -> UInt64? {
        text.utf8.allSatisfy(\.isDigit) ? UInt64(text) : nil
    }

    /// Decimal digits with an optional sign, point and exponent, or `NaN`, `Infinity`, `inf`; nil past the range too.
    static func double(_ text: String) -> Double? {
        switch text {
        case "NaN": return .nan
        case "Infinity", "+Infinity", "inf", "+inf": return .infinity
        case "-Infinity", "-inf": return -.infinity
        default: break
        }
        let allowed = text.utf8.allSatisfy { $0.isDigit || "+-.eE".utf8.contains($0) }
        guard allowed, let number = Double(text), number.isFinite else { return nil }
        return number
    }
}
