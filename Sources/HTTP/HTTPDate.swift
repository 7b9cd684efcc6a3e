package import Values

/// Times as header fields have them: RFC 9110, section 5.6.7.
package enum HTTPDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    /// Reads the form that is sent today (`Sun, 06 Nov 1994 08:49:37 GMT`) and the two older ones
    /// (`Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`). The day of the week is not looked at.
    ///
    /// - Parameter now: decides the century of a year with two digits: it lies at most 50 years ahead.
    package static func read(_ text: String, now: Timestamp) -> Timestamp? {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" || $0 == "\t" }.map(String.init)
        guard words.count == 5 || words.count == 6, words[0].utf8.allSatisfy(\.isLetter) else { return nil }
        let isOldest = words.count == 5
        guard isOldest || ["gmt", "utc", "ut"].contains(words[5].lowercased()) else { return nil }
        let (day, month) = isOldest ? (words[2], words[1]) : (words[1], words[2])
        guard let year = year(isOldest ? words[4] : words[3], now),
            let monthNumber = months.firstIndex(of: month.lowercased()), let dayNumber = number(day, digits: 1...2),
            let date = CalendarDate(year: year, month: monthNumber + 1, day: dayNumber),
            let clock = clock(isOldest ? words[3] : words[4])
        else { return nil }
        let time = CivilTime(date: date, hour: clock.hour, minute: clock.minute, second: clock.second)
        return Timestamp(seconds: time.secondsSinceEpoch)
    }

    /// The form that is sent today; a fraction of a second is left out.
    package static func text(_ time: Timestamp) -> String {
        let civil = CivilTime(time)
        let (date, month) = (civil.date, months[civil.date.month - 1])
        let name = month.prefix(1).uppercased() + month.dropFirst()
        let clock = [civil.hour, civil.minute, civil.second].map { padded($0, 2) }.joined(separator: ":")
        return "\(days[date.dayOfWeek]), \(padded(date.day, 2)) \(name) \(padded(date.year, 4)) \(clock) GMT"
    }

    private static func year(_ text: String, _ now: Timestamp) -> Int? {
        if text.utf8.count == 4 { return number(text, digits: 4...4) }
        guard let short = number(text, digits: 2...2) else { return nil }
        let today = CivilTime(now).date.year
        let year = today / 100 * 100 + short
        return year > today + 50 ? year - 100 : year
    }

    /// A leap second counts as the one before it.
    private static func clock(_ text: String) -> (hour: Int, minute: Int, second: Int)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(String(parts[0]), digits: 2...2), hour < 24,
            let minute = number(String(parts[1]), digits: 2...2), minute < 60,
            let second = number(String(parts[2]), digits: 2...2), second <= 60
        else { return nil }
        return (hour, minute, min(second, 59))
    }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int(text)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
