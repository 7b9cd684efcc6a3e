extension PosixZone {
    /// Reads POSIX's form with the wider hours of RFC 8536, section 3.3.1. A zone with summer time must say when it is.
    init?(_ text: ArraySlice<UInt8>) {
        var parser = PosixZoneParser(text)
        guard let zone = parser.zone() else { return nil }
        self = zone
    }
}

private struct PosixZoneParser {
    private var rest: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) { rest = text }

    mutating func zone() -> PosixZone? {
        // POSIX counts hours west of UTC.
        guard let name = name(), let west = clock(mostHours: 24) else { return nil }
        let standard = LocalTimeKind(offset: -west, isDaylight: false, abbreviation: name)
        guard !rest.isEmpty else { return PosixZone(standard: standard, summer: nil) }
        guard let summerName = self.name() else { return nil }
        var offset = standard.offset + 3600
        if rest.first != UInt8(ascii: ",") {
            guard let west = clock(mostHours: 24) else { return nil }
            offset = -west
        }
        guard skip(","), let start = moment(), skip(","), let end = moment(), rest.isEmpty else { return nil }
        let kind = LocalTimeKind(offset: offset, isDaylight: true, abbreviation: summerName)
        return PosixZone(standard: standard, summer: .init(kind: kind, start: start, end: end))
    }

    private mutating func name() -> String? {
        let quoted = skip("<")
        let name = rest.prefix { byte in
            switch byte {
            case 0x41...0x5A, 0x61...0x7A: true
            case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"): quoted
            default: false
            }
        }
        rest = rest[name.endIndex...]
        guard name.count >= 3, !quoted || skip(">") else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private mutating func clock(mostHours: Int) -> Int? {
        let sign = skip("-") ? -1 : 1
        if sign == 1 { _ = skip("+") }
        guard let hours = number(0...mostHours) else { return nil }
        var seconds = hours * 3600
        if skip(":") {
            guard let minutes = number(0...59) else { return nil }
            seconds += minutes * 60
            if skip(":") {
                guard let more = number(0...59) else { return nil }
                seconds += more
            }
        }
        return sign * seconds
    }

    private mutating func moment() -> PosixZone.Moment? {
        guard let day = day() else { return nil }
        guard skip("/") else { return PosixZone.Moment(day: day, time: 7200) }
        return clock(mostHours: 167).map { PosixZone.Moment(day: day, time: $0) }
    }

    private mutating func day() -> PosixZone.Moment.Day? {
        if skip("J") { return number(1...365).map { .julian($0) } }
        guard skip("M") else { return number(0...365).map { .ordinal($0) } }
        guard let month = number(1...12), skip("."), let week = number(1...5), skip("."), let day = number(0...6) else {
            return nil
        }
        return .weekday(month: month, week: week, day: day)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return range.contains(number) ? number : nil
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
