/// When a sync runs.
package enum Schedule: Sendable, Hashable {
    /// At least so long from one start to the next.
    case every(Interval)
    case cron(CronExpression)
    /// Only when a person asks.
    case manual

    /// Reads `every 10m`, a cron expression, or `manual`.
    package static func parse(_ text: String) throws(ScheduleFailure) -> Schedule {
        let word = Word(text).trimmed
        let words = word.words
        guard let first = words.first else { throw ScheduleFailure(.nothing, word.range) }
        switch first.text {
        case "manual" where words.count == 1:
            return .manual
        case "every":
            return .every(try Interval.parse(word[first.endIndex...].trimmed))
        default:
            if words.count == 1, first.first != "@" { throw ScheduleFailure(.unknownWord(first.text), first.range) }
            return .cron(try CronExpression.parse(word))
        }
    }

    /// In words, such as `every 10 minutes` or `at 02:30 on Monday`; a cron expression of no common shape as it was
    /// written.
    package var inWords: String {
        switch self {
        case .every(let interval): "every \(interval.words)"
        case .cron(let expression): expression.inWords
        case .manual: "only when asked for"
        }
    }
}

extension Schedule: CustomStringConvertible {
    /// As a job file has it.
    package var description: String {
        switch self {
        case .every(let interval): "every \(interval)"
        case .cron(let expression): expression.text
        case .manual: "manual"
        }
    }
}
