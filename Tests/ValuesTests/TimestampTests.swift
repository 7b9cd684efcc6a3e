import Testing
import Values

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "print as they were read, in UTC",
        arguments: [
            ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z"),
            ("2026-11-21T11:00:00+01:00", "2026-11-21T10:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
            ("2024-02-29T00:00:00-00:30", "2024-02-29T00:30:00Z"),
        ])
    func roundTrip(text: String, printed: String) throws {
        #expect(try #require(Timestamp(text)).description == printed)
    }

    @Test(
        "refuse what RFC 3339 does not allow",
        arguments: [
            "2026-11-21", "2026-11-21T10:00:00", "2026-02-30T00:00:00Z", "2026-11-21T24:00:00Z",
            "2026-11-21T10:00:00.Z",
            "2026-11-21T10:00:00+0100", " 2026-11-21T10:00:00Z", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+01:00",
        ])
    func refused(text: String) {
        #expect(Timestamp(text) == nil)
    }
}

@Suite("Time between instants")
struct TimestampArithmeticTests {
    @Test("a duration added is the time between", arguments: [1, 2] as [UInt64])
    func between(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<1000 {
            let instants = try (0..<2).map { _ in
                let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
                return try #require(Timestamp(seconds: seconds, nanoseconds: Int32(random.below(1_000_000_000))))
            }
            let time = instants[1].since(instants[0])
            #expect(instants[0].adding(time) == instants[1], "seed \(seed)")
            #expect((time > .zero) == (instants[0] < instants[1]), "seed \(seed)")
        }
    }

    @Test("what leaves the years 1 to 9999 is no instant")
    func edges() {
        #expect(Timestamp.latest.adding(.nanoseconds(1)) == nil)
        #expect(Timestamp.earliest.adding(.nanoseconds(-1)) == nil)
        #expect(Timestamp.latest.adding(.seconds(Int64.max)) == nil)
        #expect(Timestamp.latest.adding(Duration(attoseconds: .max)) == nil)
        #expect(Timestamp.earliest.adding(Duration(attoseconds: .min)) == nil)
        #expect(
            Timestamp(seconds: 0, nanoseconds: 1_000_000_000) == nil && Timestamp(seconds: 0, nanoseconds: -1) == nil)
        #expect(Timestamp(seconds: .max) == nil && Timestamp(seconds: .min) == nil)
    }
}
