extension CronExpression {
    /// In words where the expression has a common shape, such as `at 02:30 on Monday`; else as it was written.
    package var inWords: String {
        guard let time = timeInWords, let day = dayInWords else { return text }
        return day.isEmpty ? time : "\(time) \(day)"
    }

    private var timeInWords: String? {
        if hours.count == 24 { return minutesInWords }
        let times = hours.numbers.flatMap { hour in minutes.numbers.map { Self.clock(hour, $0) } }
        if times.count <= 4 { return "at \(Self.list(times))" }
        if let minute = minutes.lowest, minutes.count == 1, let step = Self.evenStep(hours, of: 24) {
            return minute == 0 ? "every \(step) hours" : nil
        }
        guard let first = hours.lowest, let last = hours.highest, hours.count == last - first + 1,
            let start = minutes.lowest, let end = minutes.highest, let frequency = minutesInWords
        else { return nil }
        return "\(frequency) from \(Self.clock(first, start)) to \(Self.clock(last, end))"
    }

    private var minutesInWords: String? {
        if minutes.count == 60 { return "every minute" }
        if minutes.bits == 1 { return "every hour" }
        if let minute = minutes.lowest, minutes.count == 1 { return "every hour at minute \(minute)" }
        return Self.evenStep(minutes, of: 60).map { "every \($0) minutes" }
    }

    /// The step of a set that goes evenly round the clock from 0.
    private static func evenStep(_ set: BitSet, of length: Int) -> Int? {
        guard set.count > 1, length % set.count == 0 else { return nil }
        let step = length / set.count
        return set.numbers == Array(stride(from: 0, to: length, by: step)) ? step : nil
    }

    private var dayInWords: String? {
        let anyDay = days.count == 31
        let anyWeekday = weekdays.count == 7
        if eitherDay { return nil }
        if anyDay, months.count == 12 { return anyWeekday ? "" : weekdaysInWords.map { "on \($0)" } }
        guard anyWeekday, days.count == 1, let day = days.lowest else { return nil }
        if months.count == 12 { return "on day \(day) of the month" }
        guard months.count == 1, let month = months.lowest else { return nil }
        return "on \(day) \(Self.months[month - 1])"
    }

    private var weekdaysInWords: String? {
        // Written as people count them, from Monday.
        let days = (1...7).filter { weekdays.contains($0 % 7) }
        guard let first = days.first, let last = days.last else { return nil }
        if days.count > 2, last - first + 1 == days.count {
            return "\(Self.weekdays[first % 7]) to \(Self.weekdays[last % 7])"
        }
        return Self.list(days.map { Self.weekdays[$0 % 7] })
    }

    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func clock(_ hour: Int, _ minute: Int) -> String {
        "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    private static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }
}
