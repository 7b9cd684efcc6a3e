/// A rule for every year, as POSIX writes it in the variable TZ, such as `GMT0BST,M3.5.0/1,M10.5.0`.
struct PosixZone: Sendable, Hashable {
    /// A second of a year: a day and a time on it, which may lie up to a week off.
    struct Moment: Sendable, Hashable {
        enum Day: Sendable, Hashable {
            /// 1 to 365; the 29th of February is not counted.
            case julian(Int)
            /// 0 to 365; the 29th of February is counted.
            case ordinal(Int)
            /// The so-manieth such day of the month, 5 for the last; 0 is Sunday.
            case weekday(month: Int, week: Int, day: Int)
        }

        var day: Day
        /// Seconds after midnight, on the clock that runs until then.
        var time: Int
    }

    var standard: LocalTimeKind
    var summer: Summer?

    struct Summer: Sendable, Hashable {
        var kind: LocalTimeKind
        var start: Moment
        var end: Moment
    }

    /// The period that holds the instant.
    func period(at seconds: Int64) -> TimeZoneRules.Period {
        guard let summer else { return .init(start: .min, end: .max, kind: standard) }
        // Far beyond what a timestamp holds, and far from overflow.
        let instant = min(max(seconds, -1 << 50), 1 << 50)
        // 400 years are 146,097 days, so this is at most a year off; and a time of up to a week after the last day of a
        // year falls into the next. Of changes at one instant the last counts.
        let year = 1970 + Int(instant / 86_400) * 400 / 146_097
        var period = TimeZoneRules.Period(start: .min, end: .max, kind: standard)
        for change in changes(years: year - 3...year + 3, summer) {
            if change.instant > instant {
                period.end = change.instant
                break
            }
            if change.kind != period.kind { period.start = change.instant }
            period.kind = change.kind
        }
        return period
    }

    private func changes(years: ClosedRange<Int>, _ summer: Summer) -> [(instant: Int64, kind: LocalTimeKind)] {
        var changes: [(instant: Int64, order: Int, kind: LocalTimeKind)] = []
        for year in years {
            let start = summer.start.seconds(in: year) - standard.offset
            let end = summer.end.seconds(in: year) - summer.kind.offset
            changes.append((Int64(start), changes.count, summer.kind))
            changes.append((Int64(end), changes.count, standard))
        }
        changes.sort { ($0.instant, $0.order) < ($1.instant, $1.order) }
        return changes.map { ($0.instant, $0.kind) }
    }
}

extension PosixZone.Moment {
    /// Seconds since 1970-01-01T00:00:00 on the same clock.
    func seconds(in year: Int) -> Int {
        let isLeap = CalendarDate.days(inMonth: 2, of: year) == 29
        let newYear = Self.daysBefore(year: year)
        let day =
            switch day {
            case .julian(let number): newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
            case .ordinal(let number): newYear + number
            case .weekday(let month, let week, let weekday):
                newYear + Self.dayOfYear(month: month, week: week, weekday: weekday, year: year, newYear: newYear)
            }
        return day * 86_400 + time
    }

    private static func dayOfYear(month: Int, week: Int, weekday: Int, year: Int, newYear: Int) -> Int {
        let first = (1..<month).reduce(0) { $0 + CalendarDate.days(inMonth: $1, of: year) }
        let weekdayOfFirst = modulo(newYear + first + 4, 7)
        var day = modulo(weekday - weekdayOfFirst, 7) + (week - 1) * 7
        if day >= CalendarDate.days(inMonth: month, of: year) { day -= 7 }
        return first + day
    }

    /// Days from 1970-01-01 to the first of January, in any year, also those that a date cannot have.
    private static func daysBefore(year: Int) -> Int {
        let past = year - 1
        return past * 365 + floored(past, 4) - floored(past, 100) + floored(past, 400) - 719_162
    }

    private static func modulo(_ a: Int, _ b: Int) -> Int { a - floored(a, b) * b }

    private static func floored(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }
}
