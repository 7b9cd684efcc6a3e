import Cron
import Testing
import Values

@Suite("Jitter")
struct JitterTests {
    private func rule(
        _ schedule: String, _ jitter: String, name: String = "helpdesk/tickets", window: String? = nil
    ) throws -> DueRule {
        DueRule(
            try Schedule.parse(schedule), window: try window.map { try Window.parse($0) },
            jitter: Jitter(try Interval.parse(jitter), of: name))
    }

    @Test("puts the start of a slot off by the same part each time it is asked for")
    func same() throws {
        let rule = try rule("0 2 * * *", "1h")
        let last = try instant("2026-03-01T12:00:00Z")
        let due = rule.nextDue(lastStarted: last, now: last)
        #expect(due?.description == "2026-03-02T02:08:38Z")
        for minutes in stride(from: 0, to: 14 * 60, by: 7) {
            let now = try #require(last.adding(.seconds(minutes * 60)))
            #expect(rule.nextDue(lastStarted: last, now: now) == due)
            #expect(!rule.isDue(lastStarted: last, now: now))
        }
        let late = try instant("2026-03-02T07:00:00Z")
        #expect(rule.nextDue(lastStarted: last, now: late) == late)
    }

    @Test("is another for another slot, and another sync")
    func spread() throws {
        let last = try instant("2026-03-01T12:00:00Z")
        let names = (0..<500).map { "job/sync-\($0)" }
        let delays = try names.map { name in
            let due = try #require(try rule("0 2 * * *", "1h", name: name).nextDue(lastStarted: last, now: last))
            return due.since(try instant("2026-03-02T02:00:00Z")).components.seconds
        }
        #expect(delays.allSatisfy { (0..<3600).contains($0) })
        // Evenly over the hour: 500 of them in six parts of ten minutes.
        for tenth in 0..<6 { #expect((40...140).contains(delays.count { $0 / 600 == tenth })) }
        let nights = try rule("0 2 * * *", "1h").starts(lastStarted: last, now: last, count: 100)
        #expect(Set(nights.map { $0.seconds % 86_400 }).count > 90)
        #expect(nights.allSatisfy { (7200..<10_800).contains($0.seconds % 86_400) })
    }

    @Test("lengthens an interval")
    func interval() throws {
        let last = try instant("2026-03-01T12:00:00.25Z")
        let starts = try rule("every 10m", "2m").starts(lastStarted: last, now: last, count: 200)
        var previous = last
        for start in starts {
            let passed = start.since(previous)
            #expect(passed >= .seconds(600) && passed < .seconds(720))
            previous = start
        }
        #expect(Set(zip(starts, starts.dropFirst()).map { $1.since($0) }).count > 50)
    }

    @Test(
        "never passes the next slot, where summer time brings it nearer",
        .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
    func summerTime() throws {
        // 01:00 does not exist on that day, and runs an hour before 03:00, at 02:00.
        let (start, next) = (try instant("2024-03-31T01:00:00Z"), try instant("2024-03-31T02:00:00Z"))
        let last = try instant("2024-03-30T12:00:00Z")
        for number in 0..<200 {
            var rule = try rule("0 1,3 * * *", "2h", name: "job/\(number)")
            rule.zone = try SystemZones.rules("Europe/London")
            let starts = rule.starts(lastStarted: last, now: last, count: 2)
            #expect(starts[0] >= start && starts[0] < next && starts[1] >= next)
        }
    }

    @Test("never leaves a window, and spreads those that wait for it to open")
    func window() throws {
        let last = try instant("2026-03-01T12:00:00Z")
        let (opening, closing) = (try instant("2026-03-02T22:00:00Z"), try instant("2026-03-02T22:10:00Z"))
        var starts: Set<Timestamp> = []
        for number in 0..<200 {
            let rule = try rule("0 2 * * *", "30m", name: "job/\(number)", window: "22:00-22:10")
            let start = try #require(rule.nextDue(lastStarted: last, now: last))
            #expect(start >= opening && start < closing)
            starts.insert(start)
        }
        #expect(starts.count > 20)
        let shut = try instant("2026-03-03T01:00:00Z")
        let rule = try rule("0 2 * * *", "30m", window: "22:00-22:10")
        #expect(rule.nextDue(lastStarted: last, now: shut)?.description == "2026-03-03T22:00:00Z")
    }

    @Test("does not keep a sync that never ran, nor start one twice")
    func once() throws {
        let noon = try instant("2026-03-01T12:00:00Z")
        #expect(try rule("0 12 * * *", "1h").isDue(lastStarted: nil, now: noon))
        #expect(try rule("every 10m", "5m").isDue(lastStarted: nil, now: noon))
        // Somebody ran it after the slot and before its start.
        let rule = try rule("0 2 * * *", "1h")
        let early = try instant("2026-03-02T02:10:00Z")
        #expect(rule.nextDue(lastStarted: early, now: early)?.description.hasPrefix("2026-03-03T02:") == true)
    }
}
