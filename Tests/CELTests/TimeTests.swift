import Testing
import Values

@testable import CEL

@Suite("Time")
struct TimeTests {
    @Test(
        "timestamps are read, shifted and compared",
        arguments: [
            ("timestamp('2026-11-21T11:00:00+01:00')", "timestamp('2026-11-21T10:00:00Z')"),
            ("timestamp(0)", "timestamp('1970-01-01T00:00:00Z')"),
            ("timestamp('2026-11-21')", "error: '2026-11-21' is no timestamp"),
            ("timestamp('2026-11-21T10:00:00')", "error: '2026-11-21T10:00:00' is no timestamp"),
            ("timestamp(253402300800)", "error: 253402300800 is no timestamp"),
            ("timestamp('9999-12-31T23:59:59.999999999Z') + duration('1ns')", "error: the timestamp is out of range"),
            ("timestamp('0001-01-01T00:00:00Z') - duration('1ns')", "error: the timestamp is out of range"),
            ("duration('1m') + timestamp(0)", "timestamp('1970-01-01T00:01:00Z')"),
            ("timestamp(90) - timestamp(0)", "duration('90s')"),
            (
                "timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')",
                "error: the duration is out of range"
            ),
            ("timestamp(1) > timestamp(0)", "true"),
            ("timestamp(date('2026-11-21'))", "timestamp('2026-11-21T00:00:00Z')"),
            ("date(timestamp('2026-11-21T23:59:59Z'))", "date('2026-11-21')"),
            ("date('2026-11-21') < date('2026-12-01')", "true"),
            ("date('2026-02-30')", "error: '2026-02-30' is no date"),
        ])
    func timestamps(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "durations are read in units from hours to nanoseconds",
        arguments: [
            ("'1h30m'", "5400s"), ("'-1.5h'", "-5400s"), ("'100ms'", "0.1s"), ("'1us'", "0.000001s"),
            ("'1ns'", "0.000000001s"), ("'0'", "0s"), ("'+2s'", "2s"), ("'1.000000001s'", "1.000000001s"),
            ("'.5s'", "0.5s"),
            ("'1m1m'", "120s"), ("'9223372036854775807ns'", "9223372036.854775807s"),
            ("'-9223372036854775808ns'", "-9223372036.854775808s"),
        ])
    func durations(text: String, seconds: String) {
        #expect(result("duration(\(text))") == "duration('\(seconds)')")
    }

    @Test(
        "what is no duration is refused",
        arguments: [
            "'1d'", "''", "'5'", "'1h -2m'", "'1 h'", "'h'", "'1.h.'", "'320000000000s'", "'9223372036854775808ns'",
            "'.s'",
        ])
    func noDurations(text: String) {
        #expect(result("duration(\(text))") == "error: \(text) is no duration")
    }

    @Test(
        "durations are added and subtracted, and nothing else",
        arguments: [
            ("duration('1h') + duration('1s')", "duration('3601s')"),
            ("duration('1s') - duration('2s')", "duration('-1s')"),
            ("duration('9223372036s') + duration('9223372036s')", "error: the duration is out of range"),
            ("duration('1s') * 2", "error: '*' does not take duration, int"),
            ("-duration('1s')", "error: '-' does not take duration"), ("duration('1m') == duration('60s')", "true"),
            ("duration('1s') < duration('1m')", "true"),
        ])
    func durationArithmetic(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "accessors count months and days from zero",
        arguments: [
            ("t.getFullYear()", "2009"), ("t.getMonth()", "1"), ("t.getDate()", "13"), ("t.getDayOfMonth()", "12"),
            ("t.getDayOfWeek()", "5"), ("t.getDayOfYear()", "43"), ("t.getHours()", "23"), ("t.getMinutes()", "31"),
            ("t.getSeconds()", "30"), ("t.getMilliseconds()", "123"), ("t.getHours('+02:00')", "1"),
            ("t.getDate('02:00')", "14"), ("t.getMinutes('-09:30')", "1"), ("t.getMinutes('-00:30')", "1"),
            ("t.getHours('UTC')", "23"),
            ("t.getHours('+2')", "error: '+2' is no time zone"),
            ("t.getHours('Europe/London')", "error: time zone names such as 'Europe/London' are not built yet"),
            ("day.getMonth()", "10"), ("day.getHours()", "error: 'getHours' does not take date"),
            ("duration('1h1m1.321s').getMinutes()", "61"), ("duration('123.321s').getMilliseconds()", "321"),
            ("duration('-90m').getHours()", "-1"), ("'x'.getHours()", "error: 'getHours' does not take text"),
            ("duration('1h').getHours('UTC')", "error: 'getHours' does not take duration, text"),
        ])
    func accessors(text: String, value: String) throws {
        let record: Object = [
            "t": .timestamp(try #require(Timestamp("2009-02-13T23:31:30.123456789Z"))),
            "day": .date(try #require(CalendarDate("2026-11-21"))),
        ]
        #expect(result(text, record) == value)
    }
}
