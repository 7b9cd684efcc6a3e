import Cron
import Testing
import Values

@Suite("The least time between two slots")
struct GapTests {
    @Test(
        "is known from the expression alone",
        arguments: [
            ("* * * * *", "1m"), ("*/7 * * * *", "4m"), ("0 * * * *", "1h"), ("0,59 * * * *", "1m"),
            ("0 2 * * *", "1d"), ("0 2,23 * * *", "3h"), ("59 23 * * 1", "7d"), ("0 0,23 * * *", "1h"),
            ("0 0,23 * * 1", "23h"), ("0 2 * * 1,2", "1d"), ("0 0 1 * *", "28d"), ("0 0 31 * *", "31d"),
            ("0 0 29 2 *", "1461d"), ("@yearly", "365d"), ("0 0 1,31 * *", "1d"), ("0 12 13 * fri", "1d"),
            ("0 12 13 * */7", "28d"),
        ])
    func least(text: String, gap: String) throws {
        #expect(try CronExpression.parse(text).leastGap?.description == gap)
    }

    @Test("is none where there are no slots")
    func none() throws {
        #expect(try CronExpression.parse("0 0 31 2 *").leastGap == nil)
    }

    @Test("is undercut by no two slots of random expressions in UTC")
    func random() throws {
        let seed: UInt64 = 31
        var random = SplitMix64(state: seed)
        for _ in 0..<300 {
            let text =
                "\(random.below(60)),\(random.below(60)) \(random.below(12))-\(12 + random.below(12)) "
                + "\(["*", "1-15/3", "28-31", "5"][random.below(4)]) * \(["*", "1-5", "sun"][random.below(3)])"
            let expression = try CronExpression.parse(text)
            let gap = try #require(expression.leastGap).duration
            var at = try instant("2024-01-31T00:00:00Z")
            var isReached = false
            for _ in 0..<300 {
                let next = try #require(expression.next(after: at, in: .utc))
                if let after = expression.next(after: next, in: .utc) {
                    #expect(after.since(next) >= gap, "seed \(seed): \(text) \(next)")
                    isReached = isReached || after.since(next) == gap
                }
                at = next
            }
            #expect(isReached, "seed \(seed): \(text)")
        }
    }
}

@Suite("Changes of the clocks", .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
struct ClockChangeTests {
    /// The first change in 2026 that skips slots, or makes them come twice.
    private func change(_ text: String, _ zone: String, isSkip: Bool) throws -> String? {
        let change = try CronExpression.parse(text).clockChange(
            after: instant("2026-01-01T00:00:00Z"), through: instant("2027-01-01T00:00:00Z"),
            in: SystemZones.rules(zone), isSkip: isSkip)
        return change.map {
            "\($0.at): \($0.slot.hour):\($0.slot.minute), clocks go from \($0.from.hour) to \($0.to.hour)"
        }
    }

    @Test("that skip a slot are found")
    func skipped() throws {
        func skipped(_ text: String, _ zone: String) throws -> String? { try change(text, zone, isSkip: true) }
        #expect(try skipped("30 1 * * *", "Europe/London") == "2026-03-29T01:00:00Z: 1:30, clocks go from 1 to 2")
        #expect(try skipped("30 2 * * sun", "America/New_York") == "2026-03-08T07:00:00Z: 2:30, clocks go from 2 to 3")
        #expect(try skipped("0 1,2 * * *", "Europe/London") == "2026-03-29T01:00:00Z: 1:0, clocks go from 1 to 2")
        #expect(try skipped("30 * * * *", "Europe/London") == "2026-03-29T01:00:00Z: 1:30, clocks go from 1 to 2")
        #expect(
            try skipped("15 2 * * *", "Australia/Lord_Howe") == "2026-10-03T15:30:00Z: 2:15, clocks go from 2 to 2")
        #expect(try skipped("30 1 * * mon", "Europe/London") == nil)
        #expect(try skipped("30 2 * * *", "Europe/London") == nil)
        #expect(try skipped("30 1 * * *", "Asia/Kathmandu") == nil)
        // It runs every ten minutes on that day too.
        #expect(try skipped("*/10 * * * *", "Europe/London") == nil)
    }

    @Test("that make slots come twice are found where they make them pause")
    func twice() throws {
        func twice(_ text: String, _ zone: String) throws -> String? { try change(text, zone, isSkip: false) }
        #expect(try twice("*/10 * * * *", "Europe/London") == "2026-10-25T01:00:00Z: 1:0, clocks go from 2 to 1")
        #expect(try twice("*/10 * * * *", "America/New_York") == "2026-11-01T06:00:00Z: 1:0, clocks go from 2 to 1")
        // Once a day, or once an hour, is as often as ever.
        #expect(try twice("30 1 * * *", "Europe/London") == nil)
        #expect(try twice("30 * * * *", "Europe/London") == nil)
    }
}
