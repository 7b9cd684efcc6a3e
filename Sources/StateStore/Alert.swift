package import Model
package import Values

/// What tells an alert from others.
package struct AlertKey: Sendable, Hashable {
    /// A ``NotifiedEvent``, or ``notifierBroken``.
    package var event: String
    /// A sync, a job, a connection or a notifier.
    package var subject: String

    /// Another notifier cannot be told anything.
    package static let notifierBroken = "notifier_broken"

    package init(_ event: String, _ subject: String) {
        self.event = event
        self.subject = subject
    }

    package init(_ event: NotifiedEvent, _ subject: String) { self.init(event.rawValue, subject) }
}

/// Something that a notifier is told of: how it stands, and how much of it has been told; nil where none were.
package struct Alert: Sendable, Equatable {
    /// Since when it is so, or last was.
    package var since: Timestamp
    /// Whether it was so when it was last looked at.
    package var isSo = true
    /// Whether it was told, and not yet that it is over.
    package var isOpen = false
    /// When it was last told; nil where it never was.
    package var told: Timestamp?
    /// Of records: those that were found up to then have been told; nil where none were.
    package var through: FoundAt?
    /// Of records: those that were found up to then have been looked at; nil where none were.
    package var seen: FoundAt?
    /// What came since it was last told: of records how many, else how often it began.
    package var waiting = 0
    /// How many records there were when it was last looked at.
    package var count = 0

    package init(since: Timestamp) { self.since = since }
}

extension Alert {
    var value: Value {
        .object([
            "since": Self.value(since), "so": .bool(isSo), "open": .bool(isOpen), "told": Self.value(told),
            "through": Self.value(through?.time), "through_run": Self.value(through?.run),
            "seen": Self.value(seen?.time), "seen_run": Self.value(seen?.run), "waiting": .int(Int64(waiting)),
            "count": .int(Int64(count)),
        ])
    }

    init(_ fields: HeaderFields) throws(StateFailure) {
        guard let since = try fields.timestamp("since") else {
            throw .damaged(path: fields.path, line: 1, reason: "an alert has no time")
        }
        self.init(since: since)
        isSo = try fields.bool("so")
        isOpen = try fields.bool("open")
        told = try fields.timestamp("told")
        through = try Self.foundAt("through", fields)
        seen = try Self.foundAt("seen", fields)
        waiting = try fields.count("waiting") ?? 0
        count = try fields.count("count") ?? 0
    }

    /// Files of before runs were remembered tell the time alone.
    private static func foundAt(_ name: String, _ fields: HeaderFields) throws(StateFailure) -> FoundAt? {
        guard let time = try fields.timestamp(name) else { return nil }
        let run = fields.object[name + "_run"] == nil ? 0 : try fields.count(name + "_run") ?? 0
        return FoundAt(run: run, time: time)
    }

    private static func value(_ run: Int?) -> Value { run.map { .int(Int64($0)) } ?? .null }

    private static func value(_ time: Timestamp?) -> Value { time.map { .text($0.description) } ?? .null }
}
