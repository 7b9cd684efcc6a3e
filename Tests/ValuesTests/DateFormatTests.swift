import Testing
import Values

@Suite("Date formats")
struct DateFormatTests {
    @Test(
        "read and write the same",
        arguments: [
            ("%Y-%m-%d %H:%M:%S", "2026-11-21 10:05:09", "2026-11-21T10:05:09Z"),
            ("%F %T", "2026-11-21 10:05:09", "2026-11-21T10:05:09Z"),
            ("%d.%m.%Y", "21.11.2026", "2026-11-21T00:00:00Z"),
            ("%-m/%-d/%Y %-I:%M %p", "1/5/2026 12:30 AM", "2026-01-05T00:30:00Z"),
            ("%m/%d/%y", "12/31/68", "2068-12-31T00:00:00Z"), ("%m/%d/%y", "01/01/69", "1969-01-01T00:00:00Z"),
            ("%I:%M:%S %p %d %b %Y", "11:59:59 PM 01 Mar 2024", "2024-03-01T23:59:59Z"),
            ("%d %B %Y", "29 February 2024", "2024-02-29T00:00:00Z"),
            ("%a, %d %b %Y %H:%M:%S %z", "Sat, 21 Nov 2026 10:00:00 +0000", "2026-11-21T10:00:00Z"),
            ("%A %F", "Saturday 2026-11-21", "2026-11-21T00:00:00Z"),
            ("%FT%T%:z", "2026-11-21T10:00:00+00:00", "2026-11-21T10:00:00Z"),
            ("%FT%T.%f", "2026-11-21T10:00:00.25", "2026-11-21T10:00:00.25Z"),
            ("%FT%T.%f", "2026-11-21T10:00:00.0", "2026-11-21T10:00:00Z"),
            ("%FT%T.%3fZ", "2026-11-21T10:00:00.250Z", "2026-11-21T10:00:00.25Z"),
            ("%Y%m%d%H%M%S%6f", "20261121100000000001", "2026-11-21T10:00:00.000001Z"),
            ("%s", "-1", "1969-12-31T23:59:59Z"),
            ("%s", "1795255200", "2026-11-21T10:00:00Z"), ("%Y é %% %m-%d", "2026 é % 11-21", "2026-11-21T00:00:00Z"),
            ("%H Uhr, %d.%m.%Y", "07 Uhr, 21.11.2026", "2026-11-21T07:00:00Z"),
        ])
    func both(pattern: String, text: String, instant: String) throws {
        let format = try DateFormat(pattern)
        let meant = try #require(Timestamp(instant))
        #expect(format.timestamp(text) == meant)
        #expect(format.text(of: meant) == text)
    }

    @Test(
        "read other spellings too",
        arguments: [
            ("%d %b %Y", "21 nOV 2026", "2026-11-21T00:00:00Z"),
            ("%F %I:%M %p", "2026-11-21 01:00 pm", "2026-11-21T13:00:00Z"),
            ("%F %T%z", "2026-11-21 10:00:00+0130", "2026-11-21T08:30:00Z"),
            ("%F %T%z", "2026-11-21 10:00:00-01:30", "2026-11-21T11:30:00Z"),
            ("%F %T %z", "2026-11-21 10:00:00 Z", "2026-11-21T10:00:00Z"),
            ("%-d.%-m.%Y", "05.01.2026", "2026-01-05T00:00:00Z"),
            ("%F %T.%f", "2026-11-21 10:00:00.500", "2026-11-21T10:00:00.5Z"),
        ])
    func lenient(pattern: String, text: String, instant: String) throws {
        #expect(try DateFormat(pattern).timestamp(text)?.description == instant)
    }

    @Test(
        "refuse a text that does not follow them",
        arguments: [
            ("%F", "2026-11-2"), ("%F", "2026-11-211"), ("%F", " 2026-11-21"), ("%F", "2026-02-29"),
            ("%F", "0000-01-01"), ("%F %H:%M", "2026-11-21 24:00"),
            ("%F %H:%M", "2026-11-21 10:60"), ("%F %T", "2026-11-21 10:00:60"), ("%F %I %p", "2026-11-21 00 AM"),
            ("%F %I %p", "2026-11-21 13 PM"),
            ("%F %I %p", "2026-11-21 11 XM"), ("%d %b %Y", "21 Nom 2026"), ("%a %F", "Sun 2026-11-21"),
            ("%FT%T%z", "2026-11-21T10:00:00"),
            ("%FT%T%z", "2026-11-21T10:00:00+2400"), ("%FT%T%z", "0001-01-01T00:00:00+0100"),
            ("%F %T.%f", "2026-11-21 10:00:00."),
            ("%F %T.%f", "2026-11-21 10:00:00.1234567890"), ("%F %T.%3f", "2026-11-21 10:00:00.12"), ("%s", ""),
            ("%s", "-"), ("%s", "1.5"),
            ("%s", "99999999999999999999"), ("%s", "999999999999999"), ("%d.%m.%Y", ""),
        ])
    func refused(pattern: String, text: String) throws { #expect(try DateFormat(pattern).timestamp(text) == nil) }

    @Test("a date has no time of day but midnight")
    func dates() throws {
        let format = try DateFormat("%F %T")
        let date = try #require(CalendarDate("2026-11-21"))
        #expect(format.text(of: date) == "2026-11-21 00:00:00")
        #expect(format.date("2026-11-21 00:00:00") == date)
        #expect(format.date("2026-11-21 00:00:01") == nil)
        #expect(try DateFormat("%s").date("1795219200") == date)
        #expect(try DateFormat("%s").date("1795219201") == nil)
    }

    @Test("a year that two digits cannot tell is spelled in full")
    func shortYear() throws {
        let format = try DateFormat("%d.%m.%y")
        let old = try #require(CalendarDate("1926-11-21"))
        #expect(format.text(of: old) == nil)
        #expect(ValueType.date.spell(.date(old), format: format) == "1926-11-21")
        #expect(format.date("1926-11-21") == nil)
    }

    @Test(
        "a wrong pattern is refused with its place",
        arguments: [
            ("%Y-%m-%q", "'%q' is no part of a date format", 6), ("%F %", "'%' is no part of a date format", 3),
            ("%F %-", "'%-' is no part of a date format", 3),
            ("%F %é", "'%é' is no part of a date format", 3), ("%F %4f", "'%4' is no part of a date format", 3),
            ("%Y-%m", "'%d' is missing", 5),
            ("%d.%m", "'%Y' is missing", 5), ("", "'%Y' is missing", 0), ("%Y %d", "'%m' is missing", 5),
            ("%F %S", "'%M' is missing", 5),
            ("%F %M", "'%H' is missing", 5), ("%F %T %Y", "'%Y' gives what an earlier part gives already", 6),
            ("%F %m", "'%m' gives what an earlier part gives already", 3),
            ("%F %H %I %p", "'%I' gives what an earlier part gives already", 6), ("%F %I", "'%p' is missing", 5),
            ("%F %H %p", "'%I' is missing", 8),
            ("%Y%-m%d", "digits follow '%-m', whose own digits would not end there", 2),
            ("%F %T.%f0", "digits follow '%f', whose own digits would not end there", 6),
            ("%F %f", "'%S' is missing", 5), ("%s %Y", "'%s' must stand alone", 0),
            ("at %s", "'%s' must stand alone", 3),
        ])
    func wrong(pattern: String, reason: String, offset: Int) {
        do throws(DateFormat.Failure) {
            _ = try DateFormat(pattern)
            Issue.record("'\(pattern)' was taken")
        } catch {
            #expect(error.reason == reason)
            #expect(error.offset == offset)
        }
    }

    @Test("random instants come back, to the grain of the pattern", arguments: [1, 2] as [UInt64])
    func random(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let patterns = [
            "%F %T.%f", "%a, %-d %b %Y %-I:%M:%S.%9f %p %z", "%Y%m%d%H%M%S%9f", "%A %-d. %B %Y, %-H:%M:%S.%f %:z",
        ]
        let formats = try patterns.map { pattern throws(DateFormat.Failure) in try DateFormat(pattern) }
        for _ in 0..<500 {
            let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
            let instant = try #require(Timestamp(seconds: seconds, nanoseconds: Int32(random.below(1_000_000_000))))
            for format in formats {
                let text = try #require(format.text(of: instant))
                #expect(format.timestamp(text) == instant, "seed \(seed): \(text)")
            }
        }
    }
}
