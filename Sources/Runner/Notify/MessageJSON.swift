import Model
import StateStore
import Values

/// A message for programs: the body of a webhook.
enum MessageJSON {
    /// The form of the body that this Lockstep sends.
    static let version: Int64 = 1

    static func object(_ message: Message) -> Object {
        let words = MessageWords(message)
        return [
            "version": .int(version), "run": .text(message.run), "time": .text(message.time.description),
            "host": .text(message.host), "test": .bool(message.isTest), "title": .text(words.title),
            "text": .text(words.text), "events": events(message),
        ]
    }

    static func events(_ message: Message) -> Value {
        let words = MessageWords(message)
        return .list(
            words.shown(message.news.groups).map { .object(event($0, words.head($0), isOver: false)) }
                + words.shown(message.news.recovered).map { .object(event($0, words.over($0), isOver: true)) })
    }

    private static func event(_ group: NewsGroup, _ summary: String, isOver: Bool) -> Object {
        let parts = group.key.subject.split(separator: "/", maxSplits: 1).map(String.init)
        let kind = NotifiedEvent(rawValue: group.key.event)
        let isOfJob = kind != nil && kind != .connectionBroken
        return [
            "event": .text(isOver ? NotifiedEvent.recovered.rawValue : group.key.event),
            "of": isOver ? .text(group.key.event) : .null, "subject": .text(group.key.subject),
            "job": isOfJob ? .text(parts.first ?? "") : .null,
            "sync": isOfJob && parts.count == 2 ? .text(parts[1]) : .null,
            "connection": kind == .connectionBroken ? .text(group.key.subject) : .null,
            "notifier": kind == nil ? .text(group.key.subject) : .null, "since": .text(group.since.description),
            "summary": .text(summary),
            "problem": group.sentence.isEmpty ? .null : .text(MessageWords.line(group.sentence)),
            "count": .int(Int64(group.count)), "new": .int(Int64(group.fresh)),
            "passed": .int(Int64(group.passed)),
            "records": .list(group.samples.map { .object(record($0)) }),
        ]
    }

    private static func record(_ record: HeldRecord) -> Object {
        [
            "left": record.ids.left.map { .text(MessageWords.line($0)) } ?? .null,
            "right": record.ids.right.map { .text(MessageWords.line($0)) } ?? .null,
            "state": .text(record.state.rawValue), "cause": .text(record.cause),
            "reason": .text(MessageWords.line(record.reason)), "place": record.place.map { .text($0) } ?? .null,
            "since": record.since.map { .text($0.description) } ?? .null,
        ]
    }
}
