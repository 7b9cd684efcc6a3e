import Synchronization
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
            ("t.getHours('+2')", "error: no time zone '+2'"), ("t.getHours('')", "error: no time zone ''"),
            ("t.getHours('24:00')", "error: no time zone '24:00'"),
            ("t.getHours('Europe/London')", "error: no time zone 'Europe/London'"),
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

@Suite("Time zones")
struct TimeZoneTests {
    /// A zone file of version 1, with an hour more from 2009-01-01 on.
    private static let moved: [UInt8] = {
        let header = Array("TZif".utf8) + [0] + Array(repeating: 0, count: 15)
        let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 8]
        let change: [UInt8] = [0x49, 0x5C, 0x07, 0x80, 1]
        let kinds: [UInt8] = [0, 0, 0x0E, 0x10, 0, 0, 0, 0, 0x1C, 0x20, 1, 4]
        return header + counts + change + kinds + Array("ONE\u{0}TWO\u{0}".utf8)
    }()

    /// Counts how often it is asked, and knows one zone.
    private final class Finder: Sendable {
        let asked = Mutex<[String]>([])

        func zones() -> TimeZones {
            TimeZones { name in
                self.asked.withLock { $0.append(name) }
                return name == "Test/Moved" ? try? TimeZoneRules(name: name, tzif: TimeZoneTests.moved) : nil
            }
        }
    }

    private func options(_ finder: Finder) -> CompileOptions {
        var options = CompileOptions()
        options.timeZones = finder.zones()
        return options
    }

    @Test("a zone that is named by a constant is looked up once, when the expression is compiled")
    func constant() throws {
        let finder = Finder()
        let program = try Expression.compile("t.getHours('Test/Moved')", options(finder))
        let early = try #require(Timestamp("2008-12-31T12:00:00Z"))
        let late = try #require(Timestamp("2009-01-01T12:00:00Z"))
        for _ in 0..<3 {
            #expect(try program.evaluate(Scope(record: ["t": .timestamp(early)])) == .int(13))
            #expect(try program.evaluate(Scope(record: ["t": .timestamp(late)])) == .int(14))
        }
        #expect(finder.asked.withLock { $0 } == ["Test/Moved"])
    }

    @Test("a zone that the record names is looked up when it first comes, and remembered")
    func computed() throws {
        let finder = Finder()
        let program = try Expression.compile("timestamp('2009-02-13T23:31:30Z').getDate(zone)", options(finder))
        for _ in 0..<3 {
            #expect(try program.evaluate(Scope(record: ["zone": .text("Test/Moved")])) == .int(14))
            #expect(try program.evaluate(Scope(record: ["zone": .text("-00:30")])) == .int(13))
            #expect(throws: EvaluationFailure(.unknownZone("'Test/Nope'"), Span(42, 46))) {
                try program.evaluate(Scope(record: ["zone": .text("Test/Nope")]))
            }
            #expect(throws: EvaluationFailure(.unknownZone("1"), Span(42, 46))) {
                try program.evaluate(Scope(record: ["zone": .int(1)]))
            }
        }
        #expect(finder.asked.withLock { $0 } == ["Test/Moved", "Test/Nope"])
    }

    @Test(
        "a name that would lead out of a folder is never asked for", arguments: ["../x", "/etc/passwd", "a//b", "a b"])
    func hostile(name: String) {
        let finder = Finder()
        #expect(finder.zones()[name] == nil)
        #expect(finder.asked.withLock { $0 }.isEmpty)
    }

    @Test("any number of names is remembered in bounded space")
    func many() {
        let finder = Finder()
        let zones = finder.zones()
        for number in 0..<1500 { _ = zones["Zone/N\(number)"] }
        _ = zones["Zone/N1499"]
        #expect(finder.asked.withLock { $0 }.count == 1500)
        _ = zones["Zone/N0"]
        #expect(finder.asked.withLock { $0 }.count == 1501)
    }

    @Test("a constant name of no zone is refused with its place")
    func refused() {
        #expect(
            mistakes("true || [t].exists(x, x.getHours('Europe/Berln') > 8)", options(Finder()))
                == "34-48 unknown-time-zone no time zone 'Europe/Berln' [such as 'Europe/Berlin', 'UTC' or '+05:30']")
        #expect(mistakes("t.getHours('Test/Moved') > 8 && t.getDate('+01:00') == 1", options(Finder())) == "none")
    }
}
