import Cron
import Testing
import Values

/// An expression made at random, with the sets that it stands for, so that a test needs no parser.
private struct RandomExpression {
    let text: String
    let minutes, hours, days, months, weekdays: UInt64
    let eitherDay: Bool

    init(_ random: inout SplitMix64) {
        func field(_ values: ClosedRange<Int>, stars: Int) -> (String, Set<Int>) {
            if random.below(10) < stars { return ("*", Set(values)) }
            let first = values.lowerBound + random.below(values.count)
            let last = min(values.upperBound, first + random.below(values.count))
            let step = 1 + random.below(4)
            switch random.below(4) {
            case 0: return ("\(first)", [first])
            case 1: return ("\(first)-\(last)/\(step)", Set(stride(from: first, through: last, by: step)))
            case 2: return ("\(last),\(first)", [first, last])
            default: return ("*/\(step)", Set(stride(from: values.lowerBound, through: values.upperBound, by: step)))
            }
        }
        let fields = [
            field(0...59, stars: 1), field(0...23, stars: 3), field(1...31, stars: 7), field(1...12, stars: 8),
            field(0...7, stars: 6),
        ]
        text = fields.map(\.0).joined(separator: " ")
        minutes = Self.bits(fields[0].1)
        hours = Self.bits(fields[1].1)
        days = Self.bits(fields[2].1)
        months = Self.bits(fields[3].1)
        weekdays = Self.bits(Set(fields[4].1.map { $0 % 7 }))
        eitherDay = !fields[2].0.hasPrefix("*") && !fields[4].0.hasPrefix("*")
    }

    private static func bits(_ numbers: Set<Int>) -> UInt64 { numbers.reduce(0) { $0 | 1 << UInt64($1) } }

    private static func has(_ bits: UInt64, _ number: Int) -> Bool { bits >> UInt64(number) & 1 == 1 }

    /// Whether a clock that shows so many minutes since 1970-01-01T00:00 shows a slot.
    func matches(_ minute: Int) -> Bool {
        let (day, rest) = minute.quotientAndRemainder(dividingBy: 1440)
        guard Self.has(minutes, rest % 60), Self.has(hours, rest / 60) else { return false }
        let date = CalendarDate(daysSinceEpoch: day)
        guard Self.has(months, date.month) else { return false }
        let (byDay, byWeekday) = (Self.has(days, date.day), Self.has(weekdays, date.dayOfWeek))
        return eitherDay ? byDay || byWeekday : byDay && byWeekday
    }
}

/// The minutes around an instant as a clock in a zone shows them, one by one.
private struct WallClock {
    private let first: Int
    private let readings: [Int]

    init(_ zone: TimeZoneRules, around minute: Int) {
        first = minute - 3000
        var period = zone.period(at: Int64(first) * 60)
        readings = (first...minute + 2000).map { minute in
            if Int64(minute) * 60 >= period.end { period = zone.period(at: Int64(minute) * 60) }
            return minute + period.kind.offset / 60
        }
    }

    /// Whether a slot runs in this minute: it is shown for the first time, or was skipped just now.
    func runs(_ expression: RandomExpression, at minute: Int) -> Bool {
        let at = minute - first
        let (before, now) = (readings[at - 1], readings[at])
        if now > before + 1 { return (before + 1...now).contains(where: expression.matches) }
        // No clock here was ever put back by more than a day.
        return expression.matches(now) && !readings[at - 1500..<at].contains(now)
    }
}

@Suite("Slots of random expressions", .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
struct SlotPropertyTests {
    static let zones = [
        "Europe/London", "Europe/Dublin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
        "Pacific/Apia",
        "Asia/Tehran", "Africa/Casablanca", "Africa/Cairo", "America/Havana", "Asia/Kathmandu", "Pacific/Chatham",
    ]

    /// An instant between 2000 and 2040, mostly within a day of a change of the clocks.
    private func instant(_ zone: TimeZoneRules, _ random: inout SplitMix64) throws -> Timestamp {
        var seconds = Int64(946_684_800 + random.below(1_262_304_000))
        let change = zone.period(at: seconds).start
        if change > 946_684_800, random.below(4) > 0 { seconds = change + Int64(random.below(172_800)) - 86_400 }
        return try #require(Timestamp(seconds: seconds, nanoseconds: Int32(random.below(2) * 500)))
    }

    @Test("are those of a search minute by minute", arguments: [11, 12, 13] as [UInt64])
    func minuteByMinute(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let zones = try Self.zones.map(SystemZones.rules)
        var found = 0
        for _ in 0..<1000 {
            let zone = zones[random.below(zones.count)]
            let made = RandomExpression(&random)
            let start = try instant(zone, &random)
            let minute = Int(start.seconds / 60)
            let clock = WallClock(zone, around: minute)
            let expression = try CronExpression.parse(made.text)
            let next = expression.next(after: start, in: zone)
            let expected = (minute + 1...minute + 2000).first { clock.runs(made, at: $0) }
            let note: Comment = "seed \(seed): \(made.text) \(zone.name) \(start)"
            if let expected {
                found += 1
                #expect(next?.seconds == Int64(expected) * 60, note)
            } else if let next {
                #expect(next.seconds > Int64(minute + 2000) * 60, note)
            }
            let latest = expression.latest(atOrBefore: start, in: zone)
            let last = (minute - 1000...minute).last { clock.runs(made, at: $0) }
            if let last {
                #expect(latest?.seconds == Int64(last) * 60, note)
            } else if let latest {
                #expect(latest.seconds < Int64(minute - 1000) * 60, note)
            }
        }
        #expect(found > 300)
    }

    @Test("are found again from either direction", arguments: [21, 22] as [UInt64])
    func bothDirections(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let zones = try Self.zones.map(SystemZones.rules)
        for _ in 0..<3000 {
            let zone = zones[random.below(zones.count)]
            let text = RandomExpression(&random).text
            let expression = try CronExpression.parse(text)
            let start = try instant(zone, &random)
            let note: Comment = "seed \(seed): \(text) \(zone.name) \(start)"
            guard let next = expression.next(after: start, in: zone) else {
                #expect(expression.neverFires, note)
                #expect(expression.latest(atOrBefore: start, in: zone) == nil, note)
                continue
            }
            #expect(!expression.neverFires, note)
            #expect(next > start, note)
            #expect(expression.latest(atOrBefore: next, in: zone) == next, note)
            let latest = try #require(expression.latest(atOrBefore: start, in: zone), note)
            #expect(latest <= start, note)
            #expect(expression.next(after: latest, in: zone) == next, note)
        }
    }
}
