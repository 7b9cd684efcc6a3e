import Diagnostics

extension ScheduleFailure {
    /// One sentence without a full stop.
    package var message: String {
        switch problem {
        case .nothing: "a schedule is missing"
        case .unknownWord(let word): "'\(word)' is no schedule"
        case .intervalMissing: "an interval is missing"
        case .intervalNotANumber(let text): "an interval starts with a number, not '\(text)'"
        case .intervalWithoutUnit(let number): "'\(number)' has no unit"
        case .unknownUnit(let unit): "'\(unit)' is no unit of time"
        case .unitOutOfOrder(let unit): "'\(unit)' follows a unit that is not larger"
        case .negativeInterval: "an interval cannot be negative"
        case .zeroInterval: "an interval cannot be zero"
        case .longInterval: "an interval cannot be longer than 100 years"
        case .fieldCount(let count): Self.fieldCount(count)
        case .unknownNickname(let name): "'\(name)' is no schedule"
        case .reboot: "'@reboot' is not possible: a run is started by the clock and knows of no boot"
        case .notBuilt(let mark, let field): "'\(mark)' in the \(field.noun) is not part of a cron expression"
        case .unreadable(let text, let field): text.isEmpty ? "a value is missing" : "'\(text)' is no \(field.noun)"
        case .outOfRange(let text, let field):
            "\(text) is no \(field.noun): it goes from \(field.values.lowerBound) to \(field.values.upperBound)"
        case .backwards(let from, let to, _): "the range runs backwards, from \(from) to \(to)"
        case .zeroStep: "a step cannot be zero"
        case .badStep(let text): text.isEmpty ? "a step is missing" : "'\(text)' is no step"
        case .stepWithoutRange: "a step needs a range before it"
        case .unknownDay(let text): text.isEmpty ? "a day is missing" : "'\(text)' is no day of the week"
        case .badClock(let text): text.isEmpty ? "a time is missing" : "'\(text)' is no time of day"
        case .badWindow(let text): text.isEmpty ? "a window is missing" : "'\(text)' is no window"
        case .emptyWindow(let text): "the window '\(text)' ends where it starts"
        }
    }

    /// Short text to stand behind the caret.
    package var hint: String? {
        switch problem {
        case .nothing: "such as 'every 10m', '30 2 * * 1-5' or 'manual'"
        case .unknownWord(let word): Self.hint(forWord: word)
        case .intervalMissing, .intervalNotANumber, .negativeInterval, .zeroInterval: "such as '10m' or '1h30m'"
        case .intervalWithoutUnit(let number): "'\(number)m' for minutes"
        case .unknownUnit(let unit): Self.hint(forUnit: unit)
        case .unitOutOfOrder: "days, hours, minutes, seconds, each once"
        case .longInterval: nil
        case .fieldCount(let count): count == 6 ? "seconds are not possible: leave the first field out" : nil
        case .unknownNickname(let name): Self.hint(forNickname: name)
        case .reboot: "such as '@daily'"
        case .notBuilt(let mark, let field): Self.hint(forMark: mark, field)
        case .unreadable(let text, let field): Self.hint(forName: text, field)
        case .outOfRange: nil
        case .backwards(let from, let to, let field): Self.hint(forRangeFrom: from, to: to, field)
        case .zeroStep, .badStep: "such as '*/5'"
        case .stepWithoutRange(let from, let step, let field):
            "'\(from)-\(field.values.upperBound)/\(step)', or '\(from)'"
        case .unknownDay(let text): Self.hint(forName: text, .weekday)
        case .badClock: "such as '08:00', up to '24:00'"
        case .badWindow: "such as 'Mon-Fri 08:00-18:00'"
        case .emptyWindow: "'00:00-24:00' for the whole day"
        }
    }

    private static func fieldCount(_ count: Int) -> String {
        let fields = count == 1 ? "1 field" : "\(count) fields"
        return "a cron expression has 5 fields (minute, hour, day, month, weekday), not \(fields)"
    }

    private static func didYouMean(_ name: String?) -> String? { name.map { "did you mean '\($0)'?" } }

    private static func hint(forWord word: String) -> String? {
        if (try? Interval.parse(word)) != nil { return didYouMean("every \(word)") }
        if CronNickname.names.contains("@\(word)") { return didYouMean("@\(word)") }
        return didYouMean(nearestName(to: word, in: ["manual", "every"]))
            ?? "such as 'every 10m', '30 2 * * 1-5' or 'manual'"
    }

    private static func hint(forNickname name: String) -> String? {
        // As the cron library of Go has it.
        if name.hasPrefix("@every "), (try? Schedule.parse(String(name.dropFirst()))) != nil {
            return didYouMean(String(name.dropFirst()))
        }
        return didYouMean(nearestName(to: name, in: CronNickname.names))
    }

    private static func hint(forUnit unit: String) -> String {
        let units: [(letter: String, words: Set<String>)] = [
            ("s", ["sec", "secs", "second", "seconds"]), ("m", ["min", "mins", "minute", "minutes"]),
            ("h", ["hr", "hrs", "hour", "hours"]), ("d", ["day", "days"]),
            ("7d", ["w", "week", "weeks"]), ("30d", ["month", "months", "mo"]),
        ]
        let known = units.first { $0.words.contains(unit.lowercased()) || $0.letter == unit.lowercased() }
        guard let known else { return "the units are d, h, m and s" }
        return known.letter.utf8.count == 1 ? "write '\(known.letter)'" : "write it in days, such as '\(known.letter)'"
    }

    private static func hint(forMark mark: String, _ field: CronField) -> String? {
        switch mark.uppercased() {
        case "?": "write '*'"
        case "L" where field == .day: "'28' is the last day that every month has"
        case "L": "write the day alone, for each week"
        case "#": "write the day alone, for each week"
        case "W", "LW": "write a day alone, such as '15'"
        case "H", "~": "to spread load, set 'jitter'"
        default: nil
        }
    }

    private static func hint(forName text: String, _ field: CronField) -> String? {
        let word = text.lowercased()
        let short = String(word.prefix(3))
        if word != short, field.names.contains(short) { return "write '\(short)'" }
        return didYouMean(field.names.first { $0 == word } ?? nearestName(to: word, in: field.names))
    }

    /// The two ranges that together mean what a range over the end would.
    private static func hint(forRangeFrom from: Int, to: Int, _ field: CronField) -> String {
        func range(_ first: Int, _ last: Int) -> String { first == last ? "\(first)" : "\(first)-\(last)" }
        // 7 is Sunday again, and so is the end of a week that started with Monday.
        if field == .weekday, to == 0 { return "write '\(range(from, 7))'" }
        let highest = field == .weekday ? 6 : field.values.upperBound
        if from > highest { return "write '\(range(field.values.lowerBound, to))'" }
        return "write '\(range(from, highest)),\(range(field.values.lowerBound, to))'"
    }
}
