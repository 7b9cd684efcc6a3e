/// How a side spells dates and instants: a pattern in the manner of `strptime`, such as `%d.%m.%Y %H:%M`.
///
/// | part | spells |
/// |---|---|
/// | `%Y` `%m` `%d` | year, month and day, in 4, 2 and 2 digits |
/// | `%y` | the year in two digits, 1969 to 2068 |
/// | `%b` `%B` | the month in English: `Nov`, `November`, read in any case |
/// | `%a` `%A` | the day of the week: `Sat`, `Saturday`; a wrong one is refused |
/// | `%H` `%M` `%S` | hour, minute, second, in 2 digits |
/// | `%I` `%p` | hour of 1 to 12, and `AM` or `PM`, read in any case |
/// | `%f` | the digits of a fraction of a second, as many as it needs; `%3f` `%6f` `%9f`: so many, the rest is cut |
/// | `%z` `%:z` | the offset from UTC, written `+0000` or `+00:00`; either, or `Z`, is read |
/// | `%s` | seconds since 1970-01-01T00:00:00Z; stands alone |
/// | `%F` `%T` `%%` | `%Y-%m-%d`, `%H:%M:%S`, a percent sign |
///
/// `%-d`, `%-m`, `%-H` and `%-I` have no zero in front. All else stands for itself. Without `%z` a time is one in UTC.
/// What is written is read back as the same instant, to the grain of the pattern.
package struct DateFormat: Sendable {
    package let text: String
    let parts: [DateFormatPart]

    /// Why a pattern is none. The offset is that of the part, in bytes.
    package struct Failure: Error, Hashable {
        package enum Problem: Hashable, Sendable {
            case unknown
            case twice
            case missing
            case ambiguous
            case notAlone
        }

        package var problem: Problem
        /// The part that is wrong, or that is missing, such as `%d`.
        package var part: String
        package var offset: Int

        package var reason: String {
            switch problem {
            case .unknown: "'\(part)' is no part of a date format"
            case .twice: "'\(part)' gives what an earlier part gives already"
            case .missing: "'\(part)' is missing"
            case .ambiguous: "digits follow '\(part)', whose own digits would not end there"
            case .notAlone: "'\(part)' must stand alone"
            }
        }
    }

    package init(_ text: String) throws(Failure) {
        self.text = text
        parts = try DateFormatCompiler.parts(of: text)
    }
}

extension DateFormat: Hashable {
    package static func == (a: DateFormat, b: DateFormat) -> Bool { a.text.hasSameBytes(as: b.text) }
    package func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}

extension DateFormat {
    /// The instant that a text spells; nil where it does not follow the pattern, or names no instant.
    package func timestamp(_ text: String) -> Timestamp? {
        guard let reading = DateReading(text, parts) else { return nil }
        if let epoch = reading.epoch { return Timestamp(seconds: epoch) }
        guard let civil = reading.civil else { return nil }
        return Timestamp(
            seconds: civil.secondsSinceEpoch - Int64(reading.offset), nanoseconds: Int32(reading.nanoseconds))
    }

    /// The date that a text spells; where the pattern has a time of day, only midnight is a date.
    package func date(_ text: String) -> CalendarDate? {
        guard let reading = DateReading(text, parts) else { return nil }
        var civil = reading.civil
        if let epoch = reading.epoch { civil = Timestamp(seconds: epoch).map { CivilTime($0) } }
        guard let civil, civil.secondsOfDay == 0, reading.nanoseconds == 0 else { return nil }
        return civil.date
    }

    /// The instant in the pattern, in UTC; nil for a year that `%y` cannot tell.
    package func text(of instant: Timestamp) -> String? {
        text(CivilTime(instant), nanoseconds: Int(instant.nanoseconds), epoch: instant.seconds)
    }

    /// The date in the pattern, at midnight where that has a time of day; nil for a year that `%y` cannot tell.
    package func text(of date: CalendarDate) -> String? {
        let civil = CivilTime(date: date)
        return text(civil, nanoseconds: 0, epoch: civil.secondsSinceEpoch)
    }

    private func text(_ civil: CivilTime, nanoseconds: Int, epoch: Int64) -> String? {
        var out = ""
        for part in parts {
            if case .shortYear = part, !DateFormatPart.shortYears.contains(civil.date.year) { return nil }
            out += part.text(civil, nanoseconds, epoch)
        }
        return out
    }
}

extension CivilTime {
    /// Seconds since midnight.
    var secondsOfDay: Int { hour * 3600 + minute * 60 + second }
}
