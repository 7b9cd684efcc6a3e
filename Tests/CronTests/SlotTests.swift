import Cron
import Testing
import Values

@Suite("Slots")
struct SlotTests {
    private func next(_ text: String, _ start: String, _ zone: TimeZoneRules = .utc, count: Int = 1) throws -> [String]
    {
        let expression = try CronExpression.parse(text)
        var (found, at): ([String], Timestamp) = ([], try instant(start))
        while found.count < count, let next = expression.next(after: at, in: zone) {
            found.append(next.description)
            at = next
        }
        return found
    }

    @Test(
        "that do not exist run at the moment after the gap",
        .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
    func gap() throws {
        let london = try SystemZones.rules("Europe/London")
        #expect(
            try next("30 1 * * *", "2024-03-30T12:00:00Z", london, count: 2)
                == ["2024-03-31T01:00:00Z", "2024-04-01T00:30:00Z"])
        // Four slots in the gap, and the one at its end, are one.
        #expect(
            try next("*/15 * * * *", "2024-03-31T00:30:00Z", london, count: 3)
                == ["2024-03-31T00:45:00Z", "2024-03-31T01:00:00Z", "2024-03-31T01:15:00Z"])
        // The 30th of December 2011 did not exist in Samoa.
        let apia = try SystemZones.rules("Pacific/Apia")
        #expect(
            try next("0 12 * * *", "2011-12-29T12:00:00Z", apia, count: 3)
                == ["2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z"])
    }

    @Test("that occur twice run once, the first time", .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
    func overlap() throws {
        let newYork = try SystemZones.rules("America/New_York")
        #expect(
            try next("30 1 * * *", "2024-11-03T00:00:00Z", newYork, count: 2)
                == ["2024-11-03T05:30:00Z", "2024-11-04T06:30:00Z"])
        #expect(
            try next("*/30 * * * *", "2024-11-03T05:00:00Z", newYork, count: 2)
                == ["2024-11-03T05:30:00Z", "2024-11-03T07:00:00Z"])
        // Asked in the second of the two hours.
        let expression = try CronExpression.parse("45 1 * * *")
        let second = try instant("2024-11-03T06:10:00Z")
        #expect(expression.latest(atOrBefore: second, in: newYork)?.description == "2024-11-03T05:45:00Z")
        #expect(expression.next(after: second, in: newYork)?.description == "2024-11-04T06:45:00Z")
    }

    @Test("may lie decades apart")
    func rare() throws {
        // The 29th of February on a Sunday: 2100 is no leap year.
        #expect(
            try next("0 0 29 2 */7", "2072-01-01T00:00:00Z", count: 2) == ["2072-02-28T00:00:00Z"].dropFirst() + [
                "2088-02-29T00:00:00Z", "2128-02-29T00:00:00Z",
            ])
        #expect(try next("0 0 29 2 *", "2096-03-01T00:00:00Z") == ["2104-02-29T00:00:00Z"])
    }

    @Test("end with the calendar")
    func ends() throws {
        let expression = try CronExpression.parse("0 0 * * *")
        #expect(expression.next(after: .latest, in: .utc) == nil)
        #expect(expression.latest(atOrBefore: .latest, in: .utc)?.description == "9999-12-31T00:00:00Z")
        #expect(expression.latest(atOrBefore: .earliest, in: .utc) == .earliest)
        let west = try #require(TimeZoneRules(secondsEast: -3600))
        #expect(expression.latest(atOrBefore: .earliest, in: west) == nil)
        #expect(expression.next(after: .earliest, in: west)?.description == "0001-01-01T01:00:00Z")
    }

    @Test("count from the whole second below")
    func fractions() throws {
        let expression = try CronExpression.parse("* * * * *")
        let at = try instant("2026-01-01T00:00:00.5Z")
        #expect(expression.latest(atOrBefore: at, in: .utc)?.description == "2026-01-01T00:00:00Z")
        #expect(expression.next(after: at, in: .utc)?.description == "2026-01-01T00:01:00Z")
        let before = try instant("1969-12-31T23:59:59.5Z")
        #expect(expression.next(after: before, in: .utc)?.description == "1970-01-01T00:00:00Z")
    }

    @Test(
        "of an expression that no day passes are none",
        arguments: [
            ("0 0 31 2 *", true), ("0 0 30 2 *", true), ("0 0 31 2,4,6,9,11 *", true), ("0 0 31 4 */2", true),
            ("0 0 29 2 *", false), ("0 0 31 2 1", false), ("0 0 31 2,3 *", false), ("0 0 */30 2 *", false),
            ("0 0 */30 2 mon", false), ("0 0 30,31 2 *", true),
        ])
    func neverFires(text: String, never: Bool) throws {
        let expression = try CronExpression.parse(text)
        #expect(expression.neverFires == never)
        let at = try instant("2026-01-01T00:00:00Z")
        #expect((expression.next(after: at, in: .utc) == nil) == never)
        #expect((expression.latest(atOrBefore: at, in: .utc) == nil) == never)
    }
}
