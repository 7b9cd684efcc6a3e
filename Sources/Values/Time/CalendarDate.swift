/// A day of the proleptic Gregorian calendar, years 1 to 9999.
package struct CalendarDate: Sendable, Hashable, Comparable {
    // Three numbers in eight bytes, so that a value of any kind stays small.
    private let years: Int32
    private let months: UInt8
    private let days: UInt8

    package var year: Int { Int(years) }
    package var month: Int { Int(months) }
    package var day: Int { Int(days) }

    /// nil for a day that does not exist.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.days(inMonth: month, of: year)
        else { return nil }
        years = Int32(year)
        months = UInt8(month)
        days = UInt8(day)
    }

    /// The day that lies so many days after 1970-01-01. Days outside the years 1 to 9999 are made too, for clocks that
    /// run ahead of or behind UTC at either end; none further than some thousand years.
    package init(daysSinceEpoch count: Int) {
        // Counted from 0000-03-01, so that the leap day ends a year: see Howard Hinnant's 'chrono-compatible calendar
        // algorithms'.
        let shifted = min(max(count, -3_000_000), 6_000_000) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        days = UInt8(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        months = UInt8(month)
        years = Int32(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))
    }

    package var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// 0 is Sunday.
    package var dayOfWeek: Int {
        let day = (daysSinceEpoch + 4) % 7
        return day < 0 ? day + 7 : day
    }

    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func < (a: CalendarDate, b: CalendarDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }
}

extension CalendarDate: CustomStringConvertible {
    /// As ISO 8601 has it: `2026-11-21`.
    package var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    /// Reads `2026-11-21` and nothing else.
    package init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), scanner.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
