extension CronExpression {
    /// Reads five fields, or one of `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly` and `@annually`.
    ///
    /// A field is a list of values, ranges and `*`; a range or `*` may have a step. Months and weekdays may be names of
    /// three letters, in lists and ranges too. A step that is longer than its range leaves the range's first value. As
    /// in Vixie's cron a step needs a range, so that `5/15` is refused (others read it as `5-59/15`), and a range
    /// cannot run over the end, so that `22-2` is refused. Seconds and Quartz's `L`, `W`, `#` and `?` are refused.
    package static func parse(_ text: String) throws(ScheduleFailure) -> CronExpression {
        try parse(Word(text).trimmed)
    }

    static func parse(_ word: Word) throws(ScheduleFailure) -> CronExpression {
        guard let first = word.first else { throw ScheduleFailure(.nothing, word.range) }
        if first == "@" { return try nickname(word) }
        return try fields(word, writtenAs: word.text)
    }

    private static func nickname(_ word: Word) throws(ScheduleFailure) -> CronExpression {
        let name = word.text
        guard let known = CronNickname.all.first(where: { $0.name == name }) else {
            throw ScheduleFailure(name == "@reboot" ? .reboot : .unknownNickname(name), word.range)
        }
        return try fields(Word(known.expression), writtenAs: name)
    }

    private static func fields(_ word: Word, writtenAs text: String) throws(ScheduleFailure) -> CronExpression {
        let fields = word.words
        guard fields.count == 5 else {
            let extra = fields.count > 5 ? fields[0].startIndex..<word.endIndex : word.range
            throw ScheduleFailure(.fieldCount(fields.count), extra)
        }
        var weekdays = try CronFieldParser(.weekday).list(fields[4])
        if weekdays.contains(7) { weekdays.bits = weekdays.bits & 0x7F | 1 }
        return CronExpression(
            text: text,
            minutes: try CronFieldParser(.minute).list(fields[0]),
            hours: try CronFieldParser(.hour).list(fields[1]),
            days: try CronFieldParser(.day).list(fields[2]),
            months: try CronFieldParser(.month).list(fields[3]),
            weekdays: weekdays,
            eitherDay: fields[2].first != "*" && fields[4].first != "*")
    }
}

private struct CronFieldParser {
    private let field: CronField

    init(_ field: CronField) { self.field = field }

    func list(_ word: Word) throws(ScheduleFailure) -> BitSet {
        var set = BitSet()
        for item in word.parts(at: ",") {
            set.bits |= try self.item(item).bits
        }
        return set
    }

    private func item(_ word: Word) throws(ScheduleFailure) -> BitSet {
        guard let (before, after) = word.cut(at: "/") else { return BitSet(try range(word)) }
        guard before.contains("-") || before.elementsEqual("*".unicodeScalars) else {
            _ = try value(before)
            throw ScheduleFailure(.stepWithoutRange(from: before.text, step: after.text, field), word.range)
        }
        let range = try range(before)
        guard let step = after.number else { throw failure(.badStep(after.text), at: after, in: word) }
        guard step > 0 else { throw ScheduleFailure(.zeroStep, after.range) }
        var set = BitSet()
        for number in stride(from: range.lowerBound, through: range.upperBound, by: min(step, 64)) {
            set.insert(number)
        }
        return set
    }

    private func range(_ word: Word) throws(ScheduleFailure) -> ClosedRange<Int> {
        if word.elementsEqual("*".unicodeScalars) { return field.values }
        guard let (before, after) = word.cut(at: "-") else {
            let value = try value(word)
            return value...value
        }
        guard !before.isEmpty else { throw failure(.unreadable(word.text, field), at: word, in: word) }
        let first = try value(before)
        guard !after.isEmpty else { throw failure(.unreadable(word.text, field), at: word, in: word) }
        let last = try value(after)
        guard first <= last else { throw ScheduleFailure(.backwards(from: first, to: last, field), word.range) }
        return first...last
    }

    private func value(_ word: Word) throws(ScheduleFailure) -> Int {
        if let number = word.number {
            guard field.values.contains(number) else {
                throw ScheduleFailure(.outOfRange(word.text, field), word.range)
            }
            return number
        }
        let name = word.text.lowercased()
        if let index = field.names.firstIndex(of: name) { return field.values.lowerBound + index }
        if let mark = foreignMark(word) { throw ScheduleFailure(.notBuilt(mark, field), word.range) }
        throw failure(.unreadable(word.text, field), at: word, in: word)
    }

    /// What other programs' expressions know: `?`, `L`, `5L`, `15W`, `LW`, `5#3`, `H`, `H(0-29)`, `0~30`.
    private func foreignMark(_ word: Word) -> String? {
        for mark in ["?", "#", "~"] as [Unicode.Scalar] where word.contains(mark) { return String(mark) }
        if word.first == "H", word.count == 1 || word.dropFirst().first == "(" { return "H" }
        let letters = word.drop(while: \.isDigit).text.uppercased()
        return ["L", "W", "LW"].contains(letters) ? letters : nil
    }

    /// An empty word has no place of its own: what it is missing from is shown, or the comma before it.
    private func failure(_ problem: ScheduleFailure.Problem, at word: Word, in whole: Word) -> ScheduleFailure {
        if !word.isEmpty { return ScheduleFailure(problem, word.range) }
        if !whole.isEmpty { return ScheduleFailure(problem, whole.range) }
        return ScheduleFailure(problem, max(0, word.startIndex - 1)..<max(1, word.startIndex))
    }
}
