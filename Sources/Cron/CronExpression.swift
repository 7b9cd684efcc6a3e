/// The five fields of Vixie's cron, as crontab(5) describes them.
package struct CronExpression: Sendable, Hashable {
    /// As it was written.
    package let text: String

    let minutes: BitSet
    let hours: BitSet
    let days: BitSet
    let months: BitSet
    /// 0 is Sunday.
    let weekdays: BitSet
    /// Whether one of day and weekday is enough. If either field begins with `*`, a day must pass both.
    let eitherDay: Bool

    /// Whether no calendar has such a day, as of `0 0 31 2 *`.
    package var neverFires: Bool {
        if eitherDay { return false }
        // In the 400 years after which the calendar repeats itself, each day of the year falls on each day of the week.
        return months.numbers.allSatisfy { month in
            days.lowest.map { $0 > (month == 2 ? 29 : [4, 6, 9, 11].contains(month) ? 30 : 31) } ?? true
        }
    }
}

/// The words that stand for a whole expression.
enum CronNickname {
    static let all: [(name: String, expression: String)] = [
        ("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@weekly", "0 0 * * 0"),
        ("@monthly", "0 0 1 * *"), ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"),
    ]

    static let names = all.map(\.name)
}
