import Cron
import Diagnostics
import Model

extension Grammar {
    static let interval = Grammar(
        expectation: "a length of time such as '5m'", pattern: #"^\s*(\d+d)?(\d+h)?(\d+m)?(\d+s)?\s*$"#
    ) { text, findings in
        report(text, .badInterval, in: &findings) { text throws(ScheduleFailure) in _ = try Interval.parse(text) }
    }

    static let schedule = Grammar(
        expectation: "a schedule such as 'every 10m' or '30 2 * * 1-5'",
        pattern: #"^\s*(manual|every\s+(\d+d)?(\d+h)?(\d+m)?(\d+s)?|@\w+|(\S+\s+){4}\S+)\s*$"#
    ) { text, findings in
        report(text, .badSchedule, in: &findings) { text throws(ScheduleFailure) in _ = try Schedule.parse(text) }
    }

    static let cron = Grammar(
        expectation: "a cron expression such as '30 2 * * 1-5'", pattern: #"^\s*(@\w+|(\S+\s+){4}\S+)\s*$"#
    ) { text, findings in
        report(text, .badSchedule, in: &findings) { text throws(ScheduleFailure) in _ = try CronExpression.parse(text) }
    }

    static let window = Grammar(
        expectation: "a window such as 'Mon-Fri 08:00-18:00'",
        pattern: #"^[\sA-Za-z0-9:,*-]*[A-Za-z0-9][\sA-Za-z0-9:,*-]*$"#
    ) { text, findings in
        report(text, .badWindow, in: &findings) { text throws(ScheduleFailure) in _ = try Window.parse(text) }
    }

    static let fullRead = Grammar(
        expectation: "'always', or an interval such as 'every 24h'", pattern: #"^(always|every\s+\S+)$"#
    ) { text, findings in
        if FullRead.parse(text.text) != nil { return }
        guard text.text.hasPrefix("every ") else {
            let isInterval = (try? Interval.parse(text.text)) != nil
            findings.add(
                .badInterval,
                "'full_read' must be 'always', or an interval such as 'every 24h', not '\(shortened(text.text))'",
                at: text.place, hint: isInterval ? "did you mean 'every \(text.text)'?" : nil)
            return
        }
        let start = text.scalars.startIndex
        report(text.part(start + 6..<text.scalars.endIndex), .badInterval, in: &findings) {
            text throws(ScheduleFailure) in _ = try Interval.parse(text)
        }
    }

    static let limit = Grammar(
        expectation: "a count or a percentage such as '30%'", pattern: #"^\d+(\.\d+)?%$"#, takesNumbers: true
    ) { text, findings in
        if let problem = LimitText.problem(text.text) {
            findings.add(.badLimit, problem.message, at: text.place, hint: problem.hint)
        }
    }

    /// Reports what a parser of `Cron` says, with the caret on the part that it means.
    private static func report(
        _ text: PlacedText, _ code: JobFileCode, in findings: inout Findings,
        _ parse: (String) throws(ScheduleFailure) -> Void
    ) {
        do throws(ScheduleFailure) {
            try parse(text.text)
        } catch {
            findings.add(code, error.message, at: text.place(ofOffsets: error.range), hint: error.hint)
        }
    }
}

/// How often a collection is read whole.
enum FullRead: Hashable {
    case always
    case every(Duration)

    static func parse(_ text: String) -> FullRead? {
        if text == "always" { return .always }
        guard text.hasPrefix("every "), let interval = try? Interval.parse(String(text.dropFirst(6))) else {
            return nil
        }
        return .every(interval.duration)
    }
}

/// Limits as they are written: `200`, `30%`, `0`.
enum LimitText {
    struct Problem {
        var message: String
        var hint: String?
    }

    static func parse(_ text: String) -> Limit.Amount? {
        guard text.utf8.last == UInt8(ascii: "%") else {
            guard let count = Int(text), count >= 0, text.utf8.first != UInt8(ascii: "+") else { return nil }
            return .count(count)
        }
        let number = text.dropLast()
        guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let percent = Double(String(number)), percent.isFinite, percent <= 1_000_000
        else { return nil }
        return .percent(percent)
    }

    static func problem(_ text: String) -> Problem? {
        if parse(text) != nil { return nil }
        if text.hasPrefix("-") { return Problem(message: "a limit cannot be negative", hint: "0 allows none") }
        if let number = Double(text), number.isFinite {
            let isPart = number > 0 && number < 1
            return Problem(
                message: "a count must be a whole number, not \(text)",
                hint: isPart ? "for a percentage write '\(LimitText.percentage(number))'" : nil)
        }
        let bare = text.split(separator: " ").joined()
        let hint = bare != text && parse(bare) != nil ? "write '\(bare)'" : "such as '200' or '30%'"
        return Problem(message: "'\(shortened(text))' is neither a count nor a percentage", hint: hint)
    }

    private static func percentage(_ part: Double) -> String {
        Limit.Amount.percent((part * 10_000).rounded() / 100).description
    }
}
