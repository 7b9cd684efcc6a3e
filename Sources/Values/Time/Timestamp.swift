/// An instant, to the nanosecond, from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package let seconds: Int64
    /// 0 to 999,999,999.
    package let nanoseconds: Int32

    package static let earliest = Timestamp(unchecked: -62_135_596_800, 0)
    package static let latest = Timestamp(unchecked: 253_402_300_799, 999_999_999)

    private init(unchecked seconds: Int64, _ nanoseconds: Int32) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// nil outside the range.
    package init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard (0...999_999_999).contains(nanoseconds), (-62_135_596_800...253_402_300_799).contains(seconds) else {
            return nil
        }
        self.init(unchecked: seconds, nanoseconds)
    }

    package static func < (a: Timestamp, b: Timestamp) -> Bool {
        (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
    }

    /// The instant so much later; nil outside the range.
    package func adding(_ duration: Duration) -> Timestamp? {
        // A duration may be longer than 64 bits of seconds can say.
        let (whole, rest) = duration.attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
        guard whole.magnitude < 1 << 40 else { return nil }
        var nanos = Int64(nanoseconds) + Int64(rest) / 1_000_000_000
        var sum = seconds + Int64(whole)
        if nanos < 0 {
            nanos += 1_000_000_000
            sum -= 1
        } else if nanos >= 1_000_000_000 {
            nanos -= 1_000_000_000
            sum += 1
        }
        return Timestamp(seconds: sum, nanoseconds: Int32(nanos))
    }

    /// How long after the other instant this one is.
    package func since(_ other: Timestamp) -> Duration {
        .seconds(seconds - other.seconds) + .nanoseconds(Int64(nanoseconds) - Int64(other.nanoseconds))
    }
}

/// The reading of a calendar and a clock on a wall, at no particular place.
package struct CivilTime: Sendable, Hashable {
    package var date: CalendarDate
    package var hour: Int
    package var minute: Int
    package var second: Int

    package init(date: CalendarDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The reading of a clock that shows UTC plus so many seconds.
    package init(_ timestamp: Timestamp, offset: Int = 0) {
        let local = timestamp.seconds + Int64(offset)
        let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let rest = Int(local - days * 86_400)
        self.init(
            date: CalendarDate(daysSinceEpoch: Int(days)), hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60)
    }

    /// Seconds since 1970-01-01T00:00:00 on the same clock.
    package var secondsSinceEpoch: Int64 {
        Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }
}

extension Timestamp: CustomStringConvertible {
    /// As RFC 3339 has it, in UTC, with as many digits of a fraction as it needs: `2026-11-21T10:00:00.5Z`.
    package var description: String {
        let civil = CivilTime(self)
        let clock = "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
        guard nanoseconds != 0 else { return "\(civil.date)T\(clock)Z" }
        var fraction = padded(Int(nanoseconds), 9)
        while fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
        return "\(civil.date)T\(clock).\(fraction)Z"
    }

    /// Reads RFC 3339, section 5.6, with a mandatory offset. Digits past the nanosecond are cut; a leap second is
    /// refused.
    package init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), let date = CalendarDate(year: year, month: month, day: day),
            scanner.skip("T") || scanner.skip("t"),
            let hour = scanner.digits(2), hour < 24, scanner.skip(":"),
            let minute = scanner.digits(2), minute < 60, scanner.skip(":"),
            let second = scanner.digits(2), second < 60
        else { return nil }
        var nanos = 0
        if scanner.skip(".") {
            let digits = scanner.run()
            guard !digits.isEmpty else { return nil }
            for place in 0..<9 {
                let digit = place < digits.count ? Int(digits[digits.startIndex + place] - 0x30) : 0
                nanos = nanos * 10 + digit
            }
        }
        var offset = 0
        if !(scanner.skip("Z") || scanner.skip("z")) {
            let sign = scanner.skip("+") ? 1 : scanner.skip("-") ? -1 : 0
            guard sign != 0, let hours = scanner.digits(2), hours < 24, scanner.skip(":"),
                let minutes = scanner.digits(2), minutes < 60
            else { return nil }
            offset = sign * (hours * 3600 + minutes * 60)
        }
        guard scanner.isAtEnd else { return nil }
        let civil = CivilTime(date: date, hour: hour, minute: minute, second: second)
        self.init(seconds: civil.secondsSinceEpoch - Int64(offset), nanoseconds: Int32(nanos))
    }
}
