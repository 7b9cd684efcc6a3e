/// A part of a date format.
enum DateFormatPart: Sendable {
    case literal([UInt8])
    case year
    case shortYear
    case month(padded: Bool)
    case monthName(short: Bool)
    case day(padded: Bool)
    case weekday(short: Bool)
    case hour(padded: Bool)
    case hour12(padded: Bool)
    case half
    case minute
    case second
    case fraction(digits: Int?)
    case zone(colon: Bool)
    case epoch

    /// What a part gives; each may be given once.
    enum Field: Hashable {
        case year, month, day, weekday, hour, half, minute, second, fraction, zone, epoch
    }

    /// The years that two digits stand for, as POSIX has it.
    static let shortYears = 1969...2068
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    static func names(_ names: [String], short: Bool) -> [String] { short ? names.map { String($0.prefix(3)) } : names }

    var field: Field? {
        switch self {
        case .literal: nil
        case .year, .shortYear: .year
        case .month, .monthName: .month
        case .day: .day
        case .weekday: .weekday
        case .hour, .hour12: .hour
        case .half: .half
        case .minute: .minute
        case .second: .second
        case .fraction: .fraction
        case .zone: .zone
        case .epoch: .epoch
        }
    }

    /// Whether its digits end only where no digit follows.
    var isOpenEnded: Bool {
        switch self {
        case .month(padded: false), .day(padded: false), .hour(padded: false), .hour12(padded: false),
            .fraction(digits: nil):
            true
        default: false
        }
    }

    var beginsWithDigit: Bool {
        switch self {
        case .literal(let bytes): bytes.first.map { 0x30...0x39 ~= $0 } ?? false
        case .monthName, .weekday, .half, .zone: false
        default: true
        }
    }
}

extension DateFormatPart {
    /// What the part spells of a reading in UTC.
    func text(_ civil: CivilTime, _ nanoseconds: Int, _ epoch: Int64) -> String {
        switch self {
        case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
        case .year: Values.padded(civil.date.year, 4)
        case .shortYear: Values.padded(civil.date.year % 100, 2)
        case .month(let padded): Values.padded(civil.date.month, padded ? 2 : 1)
        case .monthName(let short): Self.names(Self.months, short: short)[civil.date.month - 1]
        case .day(let padded): Values.padded(civil.date.day, padded ? 2 : 1)
        case .weekday(let short): Self.names(Self.weekdays, short: short)[civil.date.dayOfWeek]
        case .hour(let padded): Values.padded(civil.hour, padded ? 2 : 1)
        case .hour12(let padded): Values.padded((civil.hour + 11) % 12 + 1, padded ? 2 : 1)
        case .half: civil.hour < 12 ? "AM" : "PM"
        case .minute: Values.padded(civil.minute, 2)
        case .second: Values.padded(civil.second, 2)
        case .fraction(let digits): Self.fraction(nanoseconds, digits)
        case .zone(let colon): colon ? "+00:00" : "+0000"
        case .epoch: String(epoch)
        }
    }

    private static func fraction(_ nanoseconds: Int, _ digits: Int?) -> String {
        var text = Values.padded(nanoseconds, 9)
        if let digits { return String(text.prefix(digits)) }
        while text.utf8.count > 1, text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
        return text
    }
}
