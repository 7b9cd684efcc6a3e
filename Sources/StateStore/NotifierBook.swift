import FileIO
package import Values

/// What each notifier was told: `notifications.json`. What is open there is not told again before it is over.
package struct NotifierBook: Sendable, Equatable {
    /// The form of this file that this Lockstep writes.
    static let version = 1

    package var notifiers: [String: ToldNotifier] = [:]
    /// Since when syncs that never succeeded are known, by their names.
    package var unsuccessful: [String: Timestamp] = [:]

    package init() {}
}

/// What one notifier was told, and how it stands itself.
package struct ToldNotifier: Sendable, Equatable {
    /// What is so or was told of late.
    package var alerts: [AlertKey: Alert] = [:]
    /// What job files said of the records of each sync when that was last told: a fingerprint of each part, by its name. The part
    /// without a name is the whole.
    package var definitions: [String: [String: String]] = [:]
    /// What stands in the way of telling it anything; nil where the last message arrived.
    package var trouble: NotifierTrouble?

    package init() {}
}

package struct NotifierTrouble: Sendable, Equatable {
    package var since: Timestamp
    /// A sentence; it holds no secret.
    package var problem: String

    package init(since: Timestamp, problem: String) {
        self.since = since
        self.problem = problem
    }
}

extension NotifierBook {
    func encode() -> [UInt8] {
        let object: Object = [
            "version": .int(Int64(Self.version)), "notifiers": .object(sorted(notifiers.mapValues(\.value))),
            "unsuccessful": .object(sorted(unsuccessful.mapValues { .text($0.description) })),
        ]
        return HeaderSeal.close(Array(JSON.prettyText(.object(object)).utf8))
    }

    init(_ bytes: [UInt8], path: String) throws(StateFailure) {
        guard case .object(let object)? = try? JSON.parse(bytes), case .int(let version)? = object["version"] else {
            throw .damaged(path: path, line: 1, reason: "it has no version")
        }
        guard version == Self.version else { throw .newer(path: path, version: Int(version)) }
        let fields = HeaderFields(object: object, bytes: bytes, path: path)
        let notifiers = try fields.object("notifiers")
        for name in notifiers.object.names { self.notifiers[name] = try ToldNotifier(try notifiers.object(name)) }
        let unsuccessful = try fields.object("unsuccessful")
        for name in unsuccessful.object.names { self.unsuccessful[name] = try unsuccessful.timestamp(name) }
        try HeaderSeal.check(bytes, path: path)
    }
}

extension ToldNotifier {
    fileprivate var value: Value {
        var events: [String: [String: Value]] = [:]
        for (key, alert) in alerts { events[key.event, default: [:]][key.subject] = alert.value }
        return .object([
            "trouble_since": trouble.map { .text($0.since.description) } ?? .null,
            "trouble": trouble.map { .text($0.problem) } ?? .null,
            "alerts": .object(sorted(events.mapValues { .object(sorted($0)) })),
            "definitions": .object(sorted(definitions.mapValues { .object(sorted($0.mapValues { .text($0) })) })),
        ])
    }

    fileprivate init(_ fields: HeaderFields) throws(StateFailure) {
        if let since = try fields.timestamp("trouble_since") {
            trouble = NotifierTrouble(since: since, problem: try fields.optionalText("trouble") ?? "")
        }
        let events = try fields.object("alerts")
        for event in events.object.names {
            let subjects = try events.object(event)
            for subject in subjects.object.names {
                alerts[AlertKey(event, subject)] = try Alert(try subjects.object(subject))
            }
        }
        let definitions = try fields.object("definitions")
        for sync in definitions.object.names {
            let parts = try definitions.object(sync)
            for part in parts.object.names { self.definitions[sync, default: [:]][part] = try parts.text(part) }
        }
    }
}

private func sorted(_ fields: [String: Value]) -> Object {
    Object(fields.sorted { $0.key.precedesByBytes($1.key) }.map { ($0.key, $0.value) })
}

extension StateFolder {
    private var notificationsFile: String { FileIO.path("notifications.json", in: path) }

    /// What was told; nothing where nobody ever was.
    package func notifications() throws(StateFailure) -> NotifierBook {
        let bytes = try onFiles { () throws(FileFailure) in try disk.readIfPresent(notificationsFile) }
        guard let bytes else { return NotifierBook() }
        do {
            return try NotifierBook(bytes, path: notificationsFile)
        } catch {
            guard case .damaged(let path, let line, let reason) = error else { throw error }
            throw .damagedNotifications(path: path, line: line, reason: reason)
        }
    }

    /// Replaces what was told. The caller holds the claim.
    package func save(_ book: NotifierBook, _ claim: NotifierClaim) throws(StateFailure) {
        try onFiles { () throws(FileFailure) in try disk.replace(notificationsFile, with: book.encode()) }
    }

    /// Takes the right to tell: nil where another run has it now.
    package func claimNotifications(holder: String) throws(StateFailure) -> NotifierClaim? {
        let result = try onFiles { () throws(FileFailure) in
            try disk.makeFolder(path)
            return try disk.lock(FileIO.path("notifications.lock", in: path), holder: holder)
        }
        if case .taken(let lock) = result { return NotifierClaim(lock: lock) }
        return nil
    }
}

/// The right to tell what happened, held until the last copy goes: no two runs tell the same.
package struct NotifierClaim: Sendable {
    fileprivate let lock: FileLock
}
