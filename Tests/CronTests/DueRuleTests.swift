import Cron
import Testing
import Values

@Suite("A sync is due")
struct DueRuleTests {
    private func next(_ schedule: String, last: String?, now: String, window: String? = nil) throws -> String? {
        let rule = DueRule(try Schedule.parse(schedule), window: try window.map { try Window.parse($0) })
        let (started, now) = (try last.map(instant), try instant(now))
        let next = rule.nextDue(lastStarted: started, now: now)
        #expect(rule.isDue(lastStarted: started, now: now) == (next == now))
        return next?.description
    }

    private let noon = "2026-03-02T12:00:00Z"

    @Test("an interval after its last start, at once if it has none")
    func every() throws {
        #expect(try next("every 10m", last: nil, now: noon) == noon)
        #expect(try next("every 10m", last: "2026-03-02T11:55:00Z", now: noon) == "2026-03-02T12:05:00Z")
        #expect(try next("every 10m", last: "2026-03-02T11:50:00Z", now: noon) == noon)
        #expect(try next("every 10m", last: "2026-03-02T11:50:00.001Z", now: noon) == "2026-03-02T12:00:00.001Z")
        #expect(try next("every 10m", last: "2020-01-01T00:00:00Z", now: noon) == noon)
        #expect(try next("every 36525d", last: "9990-01-01T00:00:00Z", now: "9990-01-01T00:00:01Z") == nil)
    }

    @Test("when a slot passed since its last start, once for all that passed")
    func cron() throws {
        #expect(try next("0 2 * * *", last: "2026-03-02T02:00:00Z", now: noon) == "2026-03-03T02:00:00Z")
        #expect(try next("0 2 * * *", last: "2026-03-02T01:59:59Z", now: noon) == noon)
        #expect(try next("0 2 * * *", last: "2026-02-20T02:00:00Z", now: noon) == noon)
        #expect(try next("0 12 * * *", last: "2026-03-02T11:00:00Z", now: noon) == noon)
    }

    @Test("at once if it has slots and never ran")
    func neverRan() throws {
        #expect(try next("0 2 * * *", last: nil, now: noon) == noon)
        #expect(try next("0 0 29 2 *", last: nil, now: noon) == noon)
        #expect(try next("0 0 31 2 *", last: nil, now: noon) == nil)
    }

    @Test("never if it is manual")
    func manual() throws {
        #expect(try next("manual", last: nil, now: noon) == nil)
        #expect(try next("manual", last: "2020-01-01T00:00:00Z", now: noon) == nil)
    }

    @Test("at once if its last start lies in a future that no clock was put right by")
    func clockWentBack() throws {
        for schedule in ["every 10m", "0 2 * * *"] {
            #expect(try next(schedule, last: "2036-03-02T12:00:00Z", now: noon) == noon)
            #expect(try next(schedule, last: "2026-03-02T12:05:00.1Z", now: noon) == noon)
        }
        #expect(try next("every 10m", last: "2026-03-02T12:04:00Z", now: noon) == "2026-03-02T12:14:00Z")
        #expect(try next("0 2 * * *", last: "2026-03-02T12:04:00Z", now: noon) == "2026-03-03T02:00:00Z")
        #expect(try next("0 2 * * *", last: "9999-12-31T23:59:59Z", now: noon) == noon)
    }

    @Test("only while its window is open")
    func window() throws {
        #expect(try next("every 1h", last: nil, now: noon, window: "Mon 12:00-13:00") == noon)
        #expect(try next("every 1h", last: nil, now: noon, window: "Mon 13:00-14:00") == "2026-03-02T13:00:00Z")
        // A slot outside of it is kept until it opens.
        #expect(
            try next("0 2 * * *", last: "2026-03-02T03:00:00Z", now: noon, window: "22:00-23:00")
                == "2026-03-03T22:00:00Z")
        #expect(
            try next("0 2 * * *", last: "2026-03-01T03:00:00Z", now: noon, window: "22:00-23:00")
                == "2026-03-02T22:00:00Z")
        #expect(try next("manual", last: nil, now: noon, window: "22:00-23:00") == nil)
    }

    @Test("from the instant that was foretold, and not before")
    func foretold() throws {
        let seed: UInt64 = 7
        var random = SplitMix64(state: seed)
        let schedules = ["every 7m", "every 1d", "*/20 3-5 * * *", "0 2 * * 1", "59 23 28-31 * *"]
        let windows = [nil, "08:00-18:00", "Mon-Fri 22:00-04:00", "Sun"]
        for _ in 0..<2000 {
            let schedule = schedules[random.below(schedules.count)]
            let window = windows[random.below(windows.count)]
            let zone = try #require(TimeZoneRules(secondsEast: (random.below(27) - 13) * 3600))
            let rule = DueRule(
                try Schedule.parse(schedule), window: try window.map { try Window.parse($0) }, zone: zone)
            let started = try #require(Timestamp(seconds: 1_700_000_000 + Int64(random.below(10_000_000))))
            let now = try #require(started.adding(.seconds(random.below(200_000))))
            let due = try #require(rule.nextDue(lastStarted: started, now: now))
            let note: Comment = "seed \(seed): \(schedule) \(window ?? "") \(zone.name) \(started) \(now)"
            #expect(due >= now, note)
            #expect(rule.isDue(lastStarted: started, now: due), note)
            let before = now.since(due) / 3
            for step in 1...3 where due > now {
                let earlier = try #require(due.adding(before * step))
                #expect(!rule.isDue(lastStarted: started, now: earlier), note)
            }
        }
    }
}
