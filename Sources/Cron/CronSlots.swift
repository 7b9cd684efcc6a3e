package import Values

// A slot is a reading of the clock on the wall. It falls on the first instant at which clocks show that reading or a
// later one: if they are put forward over it, that is the moment after the gap, where all slots in the gap meet; if
// they are put back over it, the first of its two occurrences. So the order of slots is that of their instants, and the
// search needs no zone.

extension CronExpression {
    /// The first slot after the instant; nil if there is none before the end of the calendar.
    package func next(after instant: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        let shown = Self.minute(of: zone.latestReading(upTo: instant))
        guard let slot = firstSlot(from: shown + 1) else { return nil }
        return zone.firstInstant(showing: slot)
    }

    /// The last slot that is not after the instant; nil if there is none since the start of the calendar.
    package func latest(atOrBefore instant: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        let shown = Self.minute(of: zone.latestReading(upTo: instant))
        guard let slot = lastSlot(through: shown) else { return nil }
        return zone.firstInstant(showing: slot)
    }

    private static func minute(of seconds: Int64) -> Int {
        Int(seconds >= 0 ? seconds / 60 : (seconds - 59) / 60)
    }

    /// The first slot at or after the minute, which is counted from 1970-01-01T00:00 on the clock of the place.
    func firstSlot(from minute: Int) -> CivilTime? {
        let (day, rest) = Self.split(minute)
        let date = CalendarDate(daysSinceEpoch: day)
        if (1...9999).contains(date.year), contains(date), let slot = firstTime(on: date, from: rest) { return slot }
        guard let next = firstDay(from: CalendarDate(daysSinceEpoch: day + 1)) else { return nil }
        return firstTime(on: next, from: 0)
    }

    private func lastSlot(through minute: Int) -> CivilTime? {
        let (day, rest) = Self.split(minute)
        let date = CalendarDate(daysSinceEpoch: day)
        if (1...9999).contains(date.year), contains(date), let slot = lastTime(on: date, through: rest) { return slot }
        guard let last = lastDay(through: CalendarDate(daysSinceEpoch: day - 1)) else { return nil }
        return lastTime(on: last, through: 1439)
    }

    private static func split(_ minute: Int) -> (day: Int, minute: Int) {
        let day = minute >= 0 ? minute / 1440 : (minute - 1439) / 1440
        return (day, minute - day * 1440)
    }

    private func firstTime(on date: CalendarDate, from minute: Int) -> CivilTime? {
        if hours.contains(minute / 60), let found = minutes.next(minute % 60) {
            return CivilTime(date: date, hour: minute / 60, minute: found)
        }
        guard let hour = hours.next(minute / 60 + 1), let first = minutes.lowest else { return nil }
        return CivilTime(date: date, hour: hour, minute: first)
    }

    private func lastTime(on date: CalendarDate, through minute: Int) -> CivilTime? {
        if hours.contains(minute / 60), let found = minutes.last(minute % 60) {
            return CivilTime(date: date, hour: minute / 60, minute: found)
        }
        guard let hour = hours.last(minute / 60 - 1), let last = minutes.highest else { return nil }
        return CivilTime(date: date, hour: hour, minute: last)
    }
}

extension CronExpression {
    /// The calendar repeats itself, days of the week and all, after 400 years: a day that is not among them never
    /// comes.
    private static let cycle = 400

    private func firstDay(from start: CalendarDate) -> CalendarDate? {
        var (year, month, day) = (start.year, start.month, start.day)
        if year < 1 { (year, month, day) = (1, 1, 1) }
        let last = min(year + Self.cycle, 9999)
        while year <= last {
            if months.contains(month), let found = matchingDays(year: year, month: month).next(day) {
                return CalendarDate(year: year, month: month, day: found)
            }
            day = 1
            if let next = months.next(month + 1) {
                month = next
            } else {
                (year, month) = (year + 1, months.lowest ?? 1)
            }
        }
        return nil
    }

    private func lastDay(through end: CalendarDate) -> CalendarDate? {
        var (year, month, day) = (end.year, end.month, end.day)
        if year > 9999 { (year, month, day) = (9999, 12, 31) }
        let first = max(year - Self.cycle, 1)
        while year >= first {
            if months.contains(month), let found = matchingDays(year: year, month: month).last(day) {
                return CalendarDate(year: year, month: month, day: found)
            }
            day = 31
            if let previous = months.last(month - 1) {
                month = previous
            } else {
                (year, month) = (year - 1, months.highest ?? 12)
            }
        }
        return nil
    }

    private func contains(_ date: CalendarDate) -> Bool {
        months.contains(date.month) && matchingDays(year: date.year, month: date.month).contains(date.day)
    }

    /// The days of a month that have slots.
    func matchingDays(year: Int, month: Int) -> BitSet {
        guard let first = CalendarDate(year: year, month: month, day: 1) else { return BitSet() }
        // The week, repeated, and moved so that bit 1 is the first of the month.
        var weeks: UInt64 = 0
        for week in 0..<6 { weeks |= weekdays.bits << UInt64(week * 7) }
        weeks = (weeks >> UInt64(first.dayOfWeek)) << 1
        let month = BitSet(1...CalendarDate.days(inMonth: month, of: year))
        return BitSet(bits: month.bits & (eitherDay ? days.bits | weeks : days.bits & weeks))
    }
}
