extension Window {
    /// Reads windows, separated by commas: days (`Mon`, `Mon-Fri`, `Fri-Mon`), times (`08:00-18:00`, up to `24:00`), or
    /// both.
    package static func parse(_ text: String) throws(ScheduleFailure) -> Window {
        let whole = Word(text).trimmed
        guard !whole.isEmpty else { throw ScheduleFailure(.badWindow(""), whole.range) }
        var spans: [Range<Int>] = []
        for part in whole.parts(at: ",") {
            spans += try window(part.trimmed)
        }
        return Window(text: whole.text, spans: spans)
    }

    private static func window(_ word: Word) throws(ScheduleFailure) -> [Range<Int>] {
        let words = word.words
        let days: [Int]
        let times: Range<Int>
        switch words.count {
        case 1 where words[0].contains(":"): (days, times) = (Array(0...6), try self.times(words[0]))
        case 1: (days, times) = (try self.days(words[0]), 0..<1440)
        case 2: (days, times) = (try self.days(words[0]), try self.times(words[1]))
        default:
            let place = word.isEmpty ? max(0, word.startIndex - 1)..<max(1, word.startIndex) : word.range
            throw ScheduleFailure(.badWindow(word.text), place)
        }
        return days.map { $0 * 1440 + times.lowerBound..<$0 * 1440 + times.upperBound }
    }

    /// 0 is Sunday.
    private static func days(_ word: Word) throws(ScheduleFailure) -> [Int] {
        guard let (before, after) = word.cut(at: "-") else { return [try day(word, in: word)] }
        let first = try day(before, in: word)
        let last = try day(after, in: word)
        return (first...(last < first ? last + 7 : last)).map { $0 % 7 }
    }

    private static func day(_ word: Word, in whole: Word) throws(ScheduleFailure) -> Int {
        let name = word.text.lowercased()
        guard let day = CronField.weekday.names.firstIndex(of: name) else {
            throw ScheduleFailure(.unknownDay(word.text), word.isEmpty ? whole.range : word.range)
        }
        return day
    }

    /// Minutes of the day on which it opens; past 1440 on the next.
    private static func times(_ word: Word) throws(ScheduleFailure) -> Range<Int> {
        guard let (before, after) = word.cut(at: "-") else { throw ScheduleFailure(.badWindow(word.text), word.range) }
        let start = try clock(before, in: word)
        let end = try clock(after, in: word)
        guard start != end, start < 1440 else { throw ScheduleFailure(.emptyWindow(word.text), word.range) }
        return start..<(end < start ? end + 1440 : end)
    }

    private static func clock(_ word: Word, in whole: Word) throws(ScheduleFailure) -> Int {
        guard let (before, after) = word.cut(at: ":"), before.count <= 2, after.count == 2, let hour = before.number,
            let minute = after.number, minute < 60, hour < 24 || hour == 24 && minute == 0
        else { throw ScheduleFailure(.badClock(word.text), word.isEmpty ? whole.range : word.range) }
        return hour * 60 + minute
    }
}
