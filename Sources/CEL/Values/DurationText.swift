extension Duration {
    /// Reads a sign and then numbers with units: `1h30m`, `-1.5h`, `100ms`; also `0`. nil for anything else, and past
    /// the range.
    init?(celText text: String) {
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) {
            self = .zero
            return
        }
        guard !rest.isEmpty else { return nil }
        // Counted below zero, where the range reaches one further.
        var nanoseconds: Int64 = 0
        while !rest.isEmpty {
            guard let amount = Duration.group(&rest) else { return nil }
            let (sum, overflow) = nanoseconds.addingReportingOverflow(amount)
            guard !overflow else { return nil }
            nanoseconds = sum
        }
        guard isNegative || nanoseconds != .min else { return nil }
        self = .nanoseconds(isNegative ? nanoseconds : -nanoseconds)
    }

    /// One number with its unit, as nanoseconds below zero.
    private static func group(_ rest: inout Substring.UTF8View) -> Int64? {
        let whole = digits(&rest)
        var fraction: [UInt8] = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = digits(&rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty, let unit = unit(&rest) else { return nil }
        var amount: Int64 = 0
        for digit in whole {
            let (tens, over) = amount.multipliedReportingOverflow(by: 10)
            let (sum, under) = tens.subtractingReportingOverflow(Int64(digit))
            guard !over, !under else { return nil }
            amount = sum
        }
        let (scaled, overflow) = amount.multipliedReportingOverflow(by: unit)
        let (sum, under) = scaled.subtractingReportingOverflow(part(fraction, of: unit))
        return overflow || under ? nil : sum
    }

    /// Digits after the point, in nanoseconds; what is finer is cut.
    private static func part(_ fraction: [UInt8], of unit: Int64) -> Int64 {
        var numerator: Int64 = 0
        var denominator: Int64 = 1
        for digit in fraction.prefix(15) {
            numerator = numerator * 10 + Int64(digit)
            denominator *= 10
        }
        let product = numerator.multipliedFullWidth(by: unit)
        return denominator.dividingFullWidth(product).quotient
    }

    private static func digits(_ rest: inout Substring.UTF8View) -> [UInt8] {
        var digits: [UInt8] = []
        while let byte = rest.first, byte.isDigit {
            digits.append(byte - 0x30)
            rest.removeFirst()
        }
        return digits
    }

    private static func unit(_ rest: inout Substring.UTF8View) -> Int64? {
        for (name, nanoseconds) in units where rest.starts(with: name.utf8) {
            rest.removeFirst(name.utf8.count)
            return nanoseconds
        }
        return nil
    }

    /// `ms` before `m`, whose beginning it shares.
    private static let units: [(String, Int64)] = [
        ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]
}
