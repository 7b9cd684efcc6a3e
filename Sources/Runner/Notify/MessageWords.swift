import Diagnostics
import Model
import StateStore
package import Values

/// One message, for one notifier.
package struct Message: Sendable {
    /// What names the run that tells it.
    package var run: String
    package var time: Timestamp
    /// The machine that it comes from.
    package var host: String
    package var news: News
    /// Whether somebody only wants to see whether it arrives.
    package var isTest = false

    package init(run: String, time: Timestamp, host: String, news: News, isTest: Bool = false) {
        self.run = run
        self.time = time
        self.host = host
        self.news = news
        self.isTest = isTest
    }
}

/// The words of a message. Nothing that comes from a record can break a line, or hide.
package struct MessageWords: Sendable {
    /// As many groups stand in a message.
    private static let groupLimit = 20
    static let sentenceLimit = 300

    private let message: Message

    package init(_ message: Message) { self.message = message }

    /// One line.
    package var title: String {
        if message.isTest { return "Lockstep: a test message" }
        let all = message.news.groups + message.news.recovered
        guard let first = all.first else { return "Lockstep" }
        if message.news.groups.isEmpty {
            return all.count == 1 ? "Lockstep: \(over(first))" : "Lockstep: \(all.count) things recovered"
        }
        let rest = all.count == 1 ? "" : " (and \(all.count - 1) more)"
        return "Lockstep: \(Self.line(head(first), limit: 120))\(rest)"
    }

    /// The whole message: several lines.
    package var text: String {
        if message.isTest {
            return "This is a test message of Lockstep on \(message.host). Whoever reads it is told of what happens.\n"
        }
        var blocks = shown(message.news.groups).map(block)
        let recovered = shown(message.news.recovered).map { "  \(over($0)) (\(Self.times($0)))" }
        if !recovered.isEmpty { blocks.append((["recovered:"] + recovered).joined(separator: "\n")) }
        let left = [message.news.groups, message.news.recovered].map { max(0, $0.count - Self.groupLimit) }
            .reduce(0, +)
        if left > 0 { blocks.append("and \(left) more: lockstep status") }
        return blocks.joined(separator: "\n\n") + "\n\n-- lockstep on \(message.host), \(message.time)\n"
    }

    func shown(_ groups: [NewsGroup]) -> ArraySlice<NewsGroup> { groups.prefix(Self.groupLimit) }

    private func block(_ group: NewsGroup) -> String {
        var lines = [head(group)]
        if !group.sentence.isEmpty { lines.append("  " + Self.line(group.sentence)) }
        lines += group.samples.map { "  " + Self.sentence($0) }
        if group.fresh > group.samples.count { lines.append("  and \(group.fresh - group.samples.count) more") }
        if group.passed > 0 { lines.append("  " + Self.passed(group)) }
        if let advice = group.advice { lines.append("  see: \(advice)") }
        return lines.joined(separator: "\n")
    }

    /// What came since the last message, and is over by now.
    private static func passed(_ group: NewsGroup) -> String {
        let since = group.passedSince.map { " since \($0)" } ?? ""
        if group.isOfRecords {
            return (group.fresh == 0 ? "" : "\(group.passed) more ") + "came and went\(since)"
        }
        let times = group.passed == 1 ? "once" : "\(group.passed) times"
        return group.isPast ? "\(times)\(since), and it is over" : "\(times) more\(since)"
    }

    /// Since when something was so that is over.
    private static func times(_ group: NewsGroup) -> String {
        let more = group.passed == 0 ? "" : group.isOfRecords ? "; \(group.passed) more came and went" : ""
        return "since \(group.since)\(more)"
    }

    /// What a group is about, in a few words.
    func head(_ group: NewsGroup) -> String {
        let subject = group.key.subject
        let number = group.fresh == 0 ? group.passed : group.fresh
        let records = number == 1 ? "a record" : "\(number) records"
        switch NotifiedEvent(rawValue: group.key.event) {
        case .runFailed: return "\(subject): failed"
        case .recordFailed: return "\(subject): \(records) failed"
        case .held: return "\(subject): \(records) held"
        case .conflict: return "\(subject): \(number == 1 ? "a conflict" : "\(number) conflicts")"
        case .missingValue: return "\(subject): \(records) with a value that the table does not have"
        case .oscillation: return "\(subject): \(records) set back again and again"
        case .connectionBroken: return "the connection '\(subject)' does not work"
        case .brake: return "\(subject): stopped by a brake"
        case .jobChanged: return "\(subject): the job file changed"
        case .stale: return "\(subject): stale"
        case .recovered: return "\(subject): recovered"
        case nil: return "the notifier '\(subject)' cannot be told anything"
        }
    }

    /// What is no longer so.
    func over(_ group: NewsGroup) -> String {
        let subject = group.key.subject
        switch NotifiedEvent(rawValue: group.key.event) {
        case .runFailed: return "\(subject): no longer fails"
        case .recordFailed: return "\(subject): no record fails any more"
        case .held: return "\(subject): no record is held any more"
        case .conflict: return "\(subject): no conflict is left"
        case .missingValue: return "\(subject): no value is missing any more"
        case .oscillation: return "\(subject): nothing is set back any more"
        case .connectionBroken: return "the connection '\(subject)' works again"
        case .brake: return "\(subject): no brake stops it any more"
        case .jobChanged, .recovered: return subject
        case .stale: return "\(subject): succeeded again"
        case nil: return "the notifier '\(subject)' is told again"
        }
    }

    private static func sentence(_ record: HeldRecord) -> String {
        let ids = Side.allCases.compactMap { side in record.ids[side].map { "\(side) \($0)" } }.joined(separator: ", ")
        let place = record.place.map { " (\($0))" } ?? ""
        return line(ids, limit: 100) + ": " + line(record.reason) + place
    }

    /// A text on one line, and not for ever.
    static func line(_ text: String, limit: Int = Self.sentenceLimit) -> String {
        let escaped = text.escapedForDisplay
        guard escaped.unicodeScalars.count > limit else { return escaped }
        return String(String.UnicodeScalarView(escaped.unicodeScalars.prefix(limit - 1))) + "…"
    }
}
