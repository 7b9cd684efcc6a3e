import Testing
import Values

@Suite("Calendar dates")
struct CalendarDateTests {
    @Test("each day of the years 1 to 9999 is the day after the one before")
    func everyDay() {
        var days = -719_162
        var weekday = 1
        for year in 1...9999 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, length) in zip(1..., [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                for day in 1...length {
                    let date = CalendarDate(daysSinceEpoch: days)
                    guard date.year == year, date.month == month, date.day == day, date.daysSinceEpoch == days,
                        date.dayOfWeek == weekday, CalendarDate(year: year, month: month, day: day) == date
                    else {
                        Issue.record("\(year)-\(month)-\(day) is \(date)")
                        return
                    }
                    days += 1
                    weekday = (weekday + 1) % 7
                }
                #expect(CalendarDate(year: year, month: month, day: length + 1) == nil)
            }
        }
        #expect(days == 2_932_897)
    }

    @Test(
        "refuse what is no day",
        arguments: [
            "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01", "2026-1-1", "20260101", "2026-01-01 ",
            "+026-01-01", "",
            "2100-02-29",
        ])
    func refused(text: String) { #expect(CalendarDate(text) == nil) }

    @Test("print as they are read", arguments: ["0001-01-01", "1970-01-01", "2024-02-29", "2000-02-29", "9999-12-31"])
    func prints(text: String) { #expect(CalendarDate(text)?.description == text) }

    @Test("no count of days is too far to make a date of", arguments: [Int.min, -5_000_000, 10_000_000, .max])
    func far(days: Int) { #expect(!(1...9999).contains(CalendarDate(daysSinceEpoch: days).year)) }

    @Test("a clock may run ahead of the last year and behind the first")
    func edges() {
        #expect(CivilTime(.latest, offset: 3600).date.description == "10000-01-01")
        #expect(CivilTime(.earliest, offset: -3600).date.description == "0000-12-31")
    }
}
