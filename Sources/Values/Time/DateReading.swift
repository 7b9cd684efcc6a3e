/// What a text gives, read by the parts of a date format.
struct DateReading {
    private var year = 0
    private var month = 0
    private var day = 0
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var isAfternoon: Bool?
    private var weekday: Int?
    private(set) var nanoseconds = 0
    /// Seconds east of UTC.
    private(set) var offset = 0
    private(set) var epoch: Int64?

    /// nil where the text does not follow the parts.
    init?(_ text: String, _ parts: [DateFormatPart]) {
        var scanner = DigitScanner(text)
        for part in parts { guard read(part, &scanner) else { return nil } }
        guard scanner.isAtEnd else { return nil }
    }

    /// The reading of calendar and clock; nil for one that does not exist.
    var civil: CivilTime? {
        var hour = hour
        if let isAfternoon {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard let date = CalendarDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 60,
            weekday == nil || weekday == date.dayOfWeek
        else { return nil }
        return CivilTime(date: date, hour: hour, minute: minute, second: second)
    }

    private mutating func read(_ part: DateFormatPart, _ scanner: inout DigitScanner) -> Bool {
        switch part {
        case .literal(let bytes): return scanner.skip(bytes)
        case .year: return Self.put(scanner.digits(4), &year)
        case .shortYear:
            guard let short = scanner.digits(2) else { return false }
            year = short < 69 ? 2000 + short : 1900 + short
        case .month(let padded): return Self.put(scanner.number(padded: padded), &month)
        case .monthName(let short):
            guard let found = scanner.skip(oneOf: DateFormatPart.names(DateFormatPart.months, short: short)) else {
                return false
            }
            month = found + 1
        case .day(let padded): return Self.put(scanner.number(padded: padded), &day)
        case .weekday(let short):
            guard let found = scanner.skip(oneOf: DateFormatPart.names(DateFormatPart.weekdays, short: short)) else {
                return false
            }
            weekday = found
        case .hour(let padded), .hour12(let padded): return Self.put(scanner.number(padded: padded), &hour)
        case .half:
            guard let found = scanner.skip(oneOf: ["AM", "PM"]) else { return false }
            isAfternoon = found == 1
        case .minute: return Self.put(scanner.digits(2), &minute)
        case .second: return Self.put(scanner.digits(2), &second)
        case .fraction(let digits): return Self.put(scanner.fraction(digits: digits), &nanoseconds)
        case .zone: return Self.put(scanner.zone(), &offset)
        case .epoch:
            let sign = scanner.skip("-") ? "-" : ""
            epoch = Int64(sign + String(decoding: scanner.run(), as: UTF8.self))
            return epoch != nil
        }
        return true
    }

    private static func put(_ number: Int?, _ target: inout Int) -> Bool {
        guard let number else { return false }
        target = number
        return true
    }
}

extension DigitScanner {
    /// Two digits, or without padding one or two.
    fileprivate mutating func number(padded: Bool) -> Int? {
        padded ? digits(2) : digits(2) ?? digits(1)
    }

    /// The nanoseconds of a fraction's digits: so many, or one to nine.
    fileprivate mutating func fraction(digits: Int?) -> Int? {
        let found: [UInt8]
        if let digits {
            guard let fixed = take(digits) else { return nil }
            found = fixed
        } else {
            found = Array(run())
        }
        guard (1...9).contains(found.count) else { return nil }
        var number = found.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        for _ in found.count..<9 { number *= 10 }
        return number
    }

    /// The seconds of an offset: `Z`, `+01:00`, `-0330`.
    fileprivate mutating func zone() -> Int? {
        if skip("Z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = digits(2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
