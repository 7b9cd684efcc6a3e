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
