import Cron
import Testing
import Values

@Suite("Windows")
struct WindowTests {
    @Test(
        "are open from their start to before their end",
        arguments: [
            // 2026-03-02 is a Monday.
            ("Mon-Fri 08:00-18:00", "2026-03-02T08:00:00Z", true),
            ("Mon-Fri 08:00-18:00", "2026-03-02T07:59:59.9Z", false),
            ("Mon-Fri 08:00-18:00", "2026-03-06T17:59:59.9Z", true),
            ("Mon-Fri 08:00-18:00", "2026-03-06T18:00:00Z", false),
            ("Mon-Fri 08:00-18:00", "2026-03-07T12:00:00Z", false),
            ("22:00-06:00", "2026-03-02T23:00:00Z", true), ("22:00-06:00", "2026-03-02T05:59:00Z", true),
            ("22:00-06:00", "2026-03-02T06:00:00Z", false),
            // One that crosses midnight belongs to the day on which it opens, Saturday's runs into the next week.
            ("fri 22:00-06:00", "2026-03-07T05:00:00Z", true), ("fri 22:00-06:00", "2026-03-06T05:00:00Z", false),
            ("Sat 22:00-06:00", "2026-03-08T05:00:00Z", true), ("Sat 22:00-06:00", "2026-03-08T06:00:00Z", false),
            ("Sat-Sun", "2026-03-08T23:59:59Z", true), ("Sat-Sun", "2026-03-09T00:00:00Z", false),
            ("Fri-Mon 10:00-11:00", "2026-03-08T10:30:00Z", true),
            ("Fri-Mon 10:00-11:00", "2026-03-10T10:30:00Z", false),
            ("Mon 08:00-12:00, Mon 13:00-24:00", "2026-03-02T12:30:00Z", false),
            ("Mon 08:00-12:00,Mon 13:00-24:00", "2026-03-02T23:59:00Z", true),
            ("00:00-24:00", "1969-12-31T23:59:59.5Z", true), ("Wed 23:00-24:00", "1969-12-31T23:59:59.5Z", true),
        ])
    func contains(text: String, at: String, isOpen: Bool) throws {
        #expect(try Window.parse(text).contains(instant(at), in: .utc) == isOpen)
    }

    @Test(
        "open next",
        arguments: [
            ("Mon-Fri 08:00-18:00", "2026-03-02T09:30:00.5Z", "2026-03-02T09:30:00.5Z"),
            ("Mon-Fri 08:00-18:00", "2026-03-06T18:00:00Z", "2026-03-09T08:00:00Z"),
            ("Mon-Fri 08:00-18:00", "2026-03-02T07:59:59.5Z", "2026-03-02T08:00:00Z"),
            ("Sun 00:00-01:00", "2026-03-08T01:00:00Z", "2026-03-15T00:00:00Z"),
            ("Sat 22:00-06:00", "2026-03-08T06:00:00Z", "2026-03-14T22:00:00Z"),
        ])
    func opening(text: String, at: String, opens: String) throws {
        #expect(try Window.parse(text).opening(atOrAfter: instant(at), in: .utc)?.description == opens)
    }

    @Test("follow the clock of their zone", .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
    func zones() throws {
        let london = try SystemZones.rules("Europe/London")
        func opening(_ text: String, _ at: String) throws -> String? {
            try Window.parse(text).opening(atOrAfter: instant(at), in: london)?.description
        }
        #expect(try opening("08:00-18:00", "2024-03-30T20:00:00Z") == "2024-03-31T07:00:00Z")
        // Its start is skipped, so it opens at the moment after the gap; one that is skipped whole does not open.
        #expect(try opening("01:30-03:00", "2024-03-31T00:30:00Z") == "2024-03-31T01:00:00Z")
        #expect(try opening("01:00-02:00", "2024-03-31T00:30:00Z") == "2024-04-01T00:00:00Z")
        // The hour that comes twice is open twice.
        #expect(try opening("01:30-01:45", "2024-10-27T00:50:00Z") == "2024-10-27T01:30:00Z")
    }

    @Test("open at the first second that they contain", .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
    func property() throws {
        let seed: UInt64 = 99
        var random = SplitMix64(state: seed)
        let zones = try SlotPropertyTests.zones.map(SystemZones.rules)
        for _ in 0..<600 {
            let zone = zones[random.below(zones.count)]
            let (start, length) = (random.below(1440), 1 + random.below(1439))
            let end = (start + length) % 1440
            func clock(_ minute: Int) -> String { "\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)" }
            let window = try Window.parse("\(clock(start))-\(clock(end))")
            let change = zone.period(at: Int64(946_684_800 + random.below(1_262_304_000))).start
            let minute = Int(max(change, 946_684_800) / 60) + random.below(2880) - 1440
            let at = try #require(Timestamp(seconds: Int64(minute) * 60))
            let expected = (minute...minute + 4400).first { minute in
                let reading = (minute + zone.period(at: Int64(minute) * 60).kind.offset / 60 + 1440) % 1440
                return start < end ? (start..<end).contains(reading) : reading >= start || reading < end
            }
            #expect(
                window.opening(atOrAfter: at, in: zone)?.seconds == expected.map { Int64($0) * 60 },
                "seed \(seed) \(window.text) \(zone.name) \(at)")
        }
    }

    @Test("end with the calendar")
    func ends() throws {
        // The 31st of December 9999 is a Friday.
        #expect(try Window.parse("Sat").opening(atOrAfter: .latest, in: .utc) == nil)
        #expect(try Window.parse("Fri").opening(atOrAfter: .latest, in: .utc) == .latest)
    }

    @Test(
        "that are wrong say what, where and how it is right",
        arguments: [
            ("", "", "a window is missing", "such as 'Mon-Fri 08:00-18:00'"),
            ("Mon,", ",", "a window is missing", "such as 'Mon-Fri 08:00-18:00'"),
            ("Mon-Fri 8-18", "8-18", "'8' is no time of day", "such as '08:00', up to '24:00'"),
            ("Monday 08:00-18:00", "Monday", "'Monday' is no day of the week", "write 'mon'"),
            ("Mon- 08:00-18:00", "Mon-", "a day is missing", nil),
            ("08:00", "08:00", "'08:00' is no window", "such as 'Mon-Fri 08:00-18:00'"),
            ("08:00-24:01", "24:01", "'24:01' is no time of day", "such as '08:00', up to '24:00'"),
            ("08:60-09:00", "08:60", "'08:60' is no time of day", "such as '08:00', up to '24:00'"),
            (
                "Mon 08:00-08:00", "08:00-08:00", "the window '08:00-08:00' ends where it starts",
                "'00:00-24:00' for the whole day"
            ),
            (
                "Mon 08:00 - 18:00", "Mon 08:00 - 18:00", "'Mon 08:00 - 18:00' is no window",
                "such as 'Mon-Fri 08:00-18:00'"
            ),
        ] as [(String, String, String, String?)])
    func wrong(text: String, place: String, message: String, hint: String?) {
        let failure = #expect(throws: ScheduleFailure.self) { try Window.parse(text) }
        guard let failure else { return }
        let shown = String(String.UnicodeScalarView(Array(text.unicodeScalars)[failure.range]))
        #expect([place, "8"].contains(shown))
        #expect(failure.message == message)
        #expect(failure.hint == hint)
    }
}
