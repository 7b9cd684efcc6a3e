import Testing
import Values

@Suite("Sums of decimals")
struct DecimalSumTests {
    @Test(
        "are exact, and have as many places as the more exact of both",
        arguments: [
            ("1", "2", "3"), ("0.10", "0.20", "0.30"), ("0.1", "0.02", "0.12"), ("1e2", "1", "101"),
            ("1.5e1", "0.5", "15.5"),
            ("99999999999999999999", "1", "100000000000000000000"), ("5", "-5", "0"), ("-0.5", "0.5", "0.0"),
            ("-3", "1", "-2"),
            ("3", "-10", "-7"), ("0.001", "-1", "-0.999"), ("1e-3", "0", "0.001"), ("-0", "0", "0"),
            ("12.50", "-2.5", "10.00"),
        ])
    func sums(a: String, b: String, sum: String) throws {
        let (first, second) = (try #require(Decimal(a)), try #require(Decimal(b)))
        #expect(first.adding(second)?.text == sum)
        #expect(second.adding(first)?.text == sum)
    }

    @Test("are those of integers, where both are integers", arguments: 0..<4 as Range<UInt64>)
    func integers(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let (a, b) = (Int.random(in: -10_000...10_000, using: &random), Int.random(in: -999...999, using: &random))
            let (first, second) = (try #require(Decimal(String(a))), try #require(Decimal(String(b))))
            #expect(first.adding(second)?.text == String(a + b), "seed \(seed): \(a) + \(b)")
            #expect(first.adding(second.negated)?.text == String(a - b), "seed \(seed): \(a) - \(b)")
        }
    }

    @Test(
        "that would have hundreds of digits are none",
        arguments: [("1e999", "1"), ("1", "1e-9999999999999999999"), ("1e-500", "1")])
    func farApart(a: String, b: String) throws {
        #expect(try #require(Decimal(a)).adding(try #require(Decimal(b))) == nil)
    }
}
