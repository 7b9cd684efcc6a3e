import Testing
import Values

@Suite("Decimals")
struct DecimalTests {
    @Test(
        "compare by size, whatever their spelling",
        arguments: [
            ("1", "1.0", 0), ("0.10", "0.1", 0), ("1e2", "100", 0), ("1500e-3", "1.5", 0), ("-0", "0", 0),
            ("0e99", "0.000", 0),
            ("-1", "1", -1), ("1", "2", -1), ("10", "9", 1), ("-10", "-9", -1), ("0.09", "0.1", -1),
            ("1.05", "1.5", -1),
            ("12345678901234567890", "12345678901234567891", -1), ("1e400", "1e399", 1), ("1e-400", "0", 1),
            ("-1e-400", "0", -1),
            ("1e1000000000", "9e999999999", 1), ("1e-1000000000", "1e-1000000001", 1),
            ("10e999999999", "1e1000000000", 0),
            ("1e99999999999999999999", "1e99999999999999999998", 1),
            ("1e-99999999999999999999", "1e-99999999999999999998", -1),
            ("1e99999999999999999999", "2e99999999999999999999", -1), ("-1e99999999999999999999", "1e5", -1),
            ("1e-99999999999999999999", "1e-5", -1), ("1e0000000000000000000000000000002", "100", 0),
            ("1e+2", "1E2", 0),
            ("0.000123", "1.23e-4", 0), ("123.456", "123.4560001", -1), ("100.001", "100.01", -1),
        ])
    func compares(a: String, b: String, order: Int) throws {
        let a = try #require(Decimal(a))
        let b = try #require(Decimal(b))
        #expect(a.compare(b) == order)
        #expect(b.compare(a) == -order)
        #expect(Value.decimal(a).means(.decimal(b)) == (order == 0))
        #expect((a.canonical == b.canonical) == (order == 0))
    }

    @Test(
        "become integers where they are whole and fit",
        arguments: [
            ("0", 0), ("-0", 0), ("0.00", 0), ("7", 7), ("7.0", 7), ("1e3", 1000), ("1.5e1", 15), ("-12.50e2", -1250),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
            ("-9223372036854775809", nil),
            ("9999999999999999999", nil), ("99999999999999999999", nil), ("0.5", nil), ("1.5", nil), ("1e-1", nil),
            ("1e18", 1_000_000_000_000_000_000),
            ("1e19", nil), ("1e1000000000", nil), ("1e-1000000000", nil), ("0e1000000000", 0),
            ("1e99999999999999999999", nil),
            ("9223372036854775807000e-3", .max),
        ] as [(String, Int64?)])
    func integers(text: String, whole: Int64?) throws {
        let decimal = try #require(Decimal(text))
        #expect(decimal.int64 == whole)
        if let whole { #expect(Value.int(whole).means(.decimal(decimal)) && Value.decimal(decimal).means(.int(whole))) }
    }

    @Test(
        "know whether they are whole",
        arguments: [
            ("0", true), ("10", true), ("1.0", true), ("1.5e1", true), ("1.55e1", false), ("0.1", false),
            ("1e1000000000", true),
            ("1e-1000000000", false), ("0e-5", true), ("1e99999999999999999999", true),
            ("1e-99999999999999999999", false),
        ])
    func wholes(text: String, isWhole: Bool) { #expect(Decimal(text)?.isWhole == isWhole) }

    @Test(
        "share one canonical spelling where they are equal",
        arguments: [
            ("1.50", "1.5"), ("15e-1", "1.5"), ("1e2", "100"), ("-0.0", "0"), ("0.00001", "0.00001"),
            ("0.0000001", "1e-7"),
            ("123456789012345678901234", "1.23456789012345678901234e23"), ("-100.00", "-100"),
            ("12345678901234567890", "12345678901234567890"),
            ("1e1000000000", "1e1000000000"), ("0.5", "0.5"), ("500e-6", "0.0005"),
        ])
    func canonical(text: String, spelled: String) {
        #expect(Decimal(text)?.canonical.text == spelled)
        #expect(Decimal(spelled)?.canonical.text == spelled)
    }

    @Test(
        "refuse what is no JSON number",
        arguments: ["", "-", "+1", "01", ".5", "5.", "1e", "1 ", " 1", "0x1", "NaN", "1_0", "١"])
    func refused(text: String) { #expect(Decimal(text) == nil) }

    @Test(
        "leave zeros in front out where asked",
        arguments: [
            ("007", "7"), ("-007.50", "-7.50"), ("000", "0"), ("0", "0"), ("00.5", "0.5"), ("-0", "-0"), ("0.5", "0.5"),
            ("00e5", "0e5"),
            ("0-1", nil), ("00x", nil), ("", nil),
        ] as [(String, String?)])
    func padded(text: String, spelled: String?) { #expect(Decimal(padded: text)?.text == spelled) }

    @Test("agree with doubles on a thousand random numbers", arguments: [11, 12] as [UInt64])
    func random(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<1000 {
            let numbers = (0..<2).map { _ in Double(random.below(2001) - 1000) / random.pick([1, 8, 64]) }
            let decimals = try numbers.map { number in
                let text = random.below(2) == 0 ? "\(number)" : "\(number * 64 * 15625)e-6"
                return try #require(Decimal(text))
            }
            let order = numbers[0] < numbers[1] ? -1 : numbers[0] > numbers[1] ? 1 : 0
            #expect(decimals[0].compare(decimals[1]) == order, "seed \(seed): \(decimals)")
            #expect((decimals[0].canonical == decimals[1].canonical) == (order == 0), "seed \(seed): \(decimals)")
            #expect(decimals[0].int64 == Int64(exactly: numbers[0]), "seed \(seed): \(decimals)")
        }
    }
}
