extension Duration {
    /// Seconds with as many digits of a fraction as it needs, and an `s`: `90s`, `-1.5s`.
    package var secondsText: String {
        let unit: Int128 = 1_000_000_000_000_000_000
        let magnitude = attoseconds.magnitude
        let whole = "\(attoseconds < 0 ? "-" : "")\(magnitude / unit.magnitude)"
        let part = Int(magnitude % unit.magnitude)
        guard part != 0 else { return whole + "s" }
        var fraction = padded(part, 18)
        while fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
        return "\(whole).\(fraction)s"
    }

    /// Reads what ``secondsText`` writes; nil for anything else.
    package init?(secondsText text: String) {
        var scanner = DigitScanner(text)
        let isNegative = scanner.skip("-")
        guard let whole = UInt128(String(decoding: scanner.run(), as: UTF8.self)) else { return nil }
        var part: UInt128 = 0
        if scanner.skip(".") {
            let digits = scanner.run()
            guard (1...18).contains(digits.count) else { return nil }
            part = digits.reduce(0) { $0 * 10 + UInt128($1 - 0x30) }
            for _ in digits.count..<18 { part *= 10 }
        }
        let (seconds, isTooLarge) = whole.multipliedReportingOverflow(by: 1_000_000_000_000_000_000)
        let (magnitude, isTooLargeToo) = seconds.addingReportingOverflow(part)
        guard scanner.skip("s"), scanner.isAtEnd, !isTooLarge, !isTooLargeToo else { return nil }
        if isNegative, magnitude == Int128.min.magnitude {
            self.init(attoseconds: .min)
        } else {
            guard let attoseconds = Int128(exactly: magnitude) else { return nil }
            self.init(attoseconds: isNegative ? -attoseconds : attoseconds)
        }
    }
}
