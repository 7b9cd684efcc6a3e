/// A length of time as job files write it: `10m`, `1h30m`, `2d`.
package struct Interval: Sendable, Hashable {
    /// At least 1, at most a hundred years.
    package let seconds: Int64

    static let longest: Int64 = 36_525 * 86_400

    /// nil unless it is more than zero and at most a hundred years.
    package init?(seconds: Int64) {
        guard (1...Interval.longest).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    package var duration: Duration { .seconds(seconds) }

    /// Reads numbers with the units `d`, `h`, `m` and `s`, from the largest to the smallest, each at most once.
    package static func parse(_ text: String) throws(ScheduleFailure) -> Interval {
        try parse(Word(text).trimmed)
    }

    static func parse(_ word: Word) throws(ScheduleFailure) -> Interval {
        guard let first = word.first else { throw ScheduleFailure(.intervalMissing, word.range) }
        if first == "-", word.dropFirst().first?.isDigit == true {
            throw ScheduleFailure(.negativeInterval, word.range)
        }
        var rest = word
        var total: Int64 = 0
        var smallest = Int64.max
        while !rest.isEmpty {
            let (length, seconds, unit) = try part(&rest)
            guard seconds < smallest else { throw ScheduleFailure(.unitOutOfOrder(unit.text), unit.range) }
            smallest = seconds
            // Checked after each part, so that the sum of what passed cannot overflow.
            let (product, overflow) = length.multipliedReportingOverflow(by: seconds)
            guard !overflow, product <= longest, total + product <= longest else {
                throw ScheduleFailure(.longInterval, word.range)
            }
            total += product
        }
        guard let interval = Interval(seconds: total) else { throw ScheduleFailure(.zeroInterval, word.range) }
        return interval
    }

    private static func part(
        _ rest: inout Word
    ) throws(ScheduleFailure) -> (length: Int64, seconds: Int64, unit: Word) {
        let digits = rest.prefix(while: \.isDigit)
        guard let number = digits.number else { throw ScheduleFailure(.intervalNotANumber(rest.text), rest.range) }
        rest = rest[digits.endIndex...]
        let unit = rest.prefix { !$0.isDigit }
        rest = rest[unit.endIndex...]
        guard !unit.isEmpty else { throw ScheduleFailure(.intervalWithoutUnit(digits.text), digits.range) }
        let seconds: Int64
        switch unit.text {
        case "d": seconds = 86_400
        case "h": seconds = 3600
        case "m": seconds = 60
        case "s": seconds = 1
        default: throw ScheduleFailure(.unknownUnit(unit.trimmed.text), unit.range)
        }
        return (Int64(number), seconds, unit)
    }

    private var parts: [(count: Int64, letter: String, noun: String)] {
        [
            (seconds / 86_400, "d", "day"), (seconds / 3600 % 24, "h", "hour"), (seconds / 60 % 60, "m", "minute"),
            (seconds % 60, "s", "second"),
        ].filter { $0.0 > 0 }
    }

    /// In words, for behind `every`: `10 minutes`, `hour`, `1 hour 30 minutes`.
    var words: String {
        if let only = parts.first, parts.count == 1, only.count == 1 { return only.noun }
        return parts.map { "\($0.count) \($0.noun)\($0.count == 1 ? "" : "s")" }.joined(separator: " ")
    }
}

extension Interval: CustomStringConvertible {
    /// As a job file has it: `1h30m`.
    package var description: String { parts.map { "\($0.count)\($0.letter)" }.joined() }
}
