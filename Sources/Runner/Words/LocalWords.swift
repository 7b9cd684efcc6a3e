package import Values

/// What clocks and calendars show, in words.
package enum LocalWords {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    /// `Sun 2026-03-29`.
    package static func day(_ date: CalendarDate) -> String { "\(weekdays[date.dayOfWeek]) \(date)" }

    /// `02:30`; with seconds where there are any.
    package static func clock(_ time: CivilTime) -> String {
        let minutes = "\(twoDigits(time.hour)):\(twoDigits(time.minute))"
        return time.second == 0 ? minutes : "\(minutes):\(twoDigits(time.second))"
    }

    /// `+01:00`.
    package static func offset(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        return "\(seconds < 0 ? "-" : "+")\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension LocalTime {
    /// `Sun 2026-03-29 02:30 +01:00`.
    package var words: String {
        "\(LocalWords.day(reading.date)) \(LocalWords.clock(reading)) \(LocalWords.offset(offset))"
    }

    /// To the second; with a `Z` where that is the offset.
    var inWords: String {
        offset == 0 ? (Timestamp(seconds: instant.seconds) ?? instant).description : text
    }

    /// As RFC 3339 has it: `2026-03-29T02:30:00+01:00`.
    package var text: String {
        let time = reading
        let seconds = time.second == 0 ? ":00" : ""
        return "\(time.date)T\(LocalWords.clock(time))\(seconds)\(LocalWords.offset(offset))"
    }
}
