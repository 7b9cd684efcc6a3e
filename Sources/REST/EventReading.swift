internal import CEL
package import Model
package import Values

/// Finds in an event, which a system sent of its own accord, what proves that it is the system's own, and which records it is about. No
/// request is made.
package struct EventReading: Sendable {
    package let rule: WebhookRule
    private let events: WebhookEvents
    private let collection: CollectionDefinition
    private let headers: [(name: String, value: String)]
    private let raw: [UInt8]
    private let names: Names
    private let secrets: Names

    /// nil where the definition says nothing of events of the collection.
    ///
    /// - Parameter raw: the body as it came.
    package init?(
        _ definition: SystemDefinition, collection name: String, _ settings: ResolvedSettings,
        headers: [(name: String, value: String)], raw: [UInt8]
    ) {
        guard let rule = definition.webhook, let collection = definition.collection(name),
            let events = collection.webhook
        else { return nil }
        self.rule = rule
        self.events = events
        self.collection = collection
        self.headers = headers
        self.raw = raw
        let values = SettingValues(definition, settings)
        names = Names([
            ("settings", .object(values.open)), ("headers", .object(Self.fields(headers))), ("collection", .text(name)),
        ])
        secrets = Names([("settings", .object(values.all))])
    }

    /// Of several headers of one name expressions see the first, as in answers.
    private static func fields(_ headers: [(name: String, value: String)]) -> Object {
        var fields = Object()
        for (name, value) in headers {
            let name = name.lowercased()
            if fields[name] == nil { fields[name] = .text(value) }
        }
        return fields
    }

    /// What is shared with the system; nil where the connection has no such secret.
    package var secret: [UInt8]? {
        // What an expression over secrets fails with is told to nobody.
        switch try? rule.secret.find(secrets) {
        case .text(let text)? where !text.isEmpty: Array(text.utf8)
        case .bytes(let bytes)? where !bytes.isEmpty: bytes
        default: nil
        }
    }

    /// What the system hashed.
    package func signed() throws(EventFailure) -> [UInt8] {
        guard let signed = rule.signed else { return raw }
        guard let text = String(validating: raw, as: UTF8.self) else { throw .notJSON }
        switch try find(signed, names.with([("raw", .text(text))])) {
        case .text(let text): return Array(text.utf8)
        case .bytes(let bytes): return bytes
        default: throw .nothingSigned(rule.header)
        }
    }

    /// What the headers have as proof, without what stands before it; none where there is no such header.
    package var proofs: [String] {
        headers.filter { $0.name.lowercased() == rule.header.lowercased() }.compactMap { header in
            let value = header.value.trimmed
            return value.utf8.starts(with: rule.prefix.utf8)
                ? String(decoding: value.utf8.dropFirst(rule.prefix.utf8.count), as: UTF8.self).trimmed : nil
        }
    }

    /// What the event says. It is asked for once it is known that the event is the system's own.
    ///
    /// - Returns: nil where it is not about records of the collection.
    package func found(now: Timestamp) throws(EventFailure) -> FoundEvent? {
        // What comes to try whether anybody listens may have none.
        if raw.isEmpty, rule.time == nil { return nil }
        guard let body = raw.isEmpty ? .null : try? JSON.parse(raw) else { throw .notJSON }
        let names = names.with([("body", body)])
        try checkTime(names, now)
        if let condition = events.condition {
            do {
                guard try condition.holds(names) else { return nil }
            } catch {
                throw .expression(error.message)
            }
        }
        let ids = try ids(find(events.ids, names))
        if ids.isEmpty { return nil }
        let delivery = try rule.delivery.flatMap { program throws(EventFailure) in try find(program, names).word }
        return FoundEvent(ids: ids, delivery: delivery.map { String($0.prefix(Self.longestDelivery)) })
    }

    private static let longestDelivery = 512
    private static let longestID = 4096

    private func checkTime(_ names: Names, _ now: Timestamp) throws(EventFailure) {
        guard let program = rule.time else { return }
        let value = try find(program, names)
        let instant: Value? =
            if let format = rule.format { format.value(value, .timestamp) } else {
                try? ValueType.timestamp.convert(value)
            }
        guard case .timestamp(let sent)? = instant else { throw .noTime }
        let passed = now.since(sent)
        if passed > rule.age || passed < .zero - rule.age { throw .tooOld(sent: sent, now: now, age: rule.age) }
    }

    /// The ids of a value: one, a list of them, or of an id with several parts a list of those.
    private func ids(_ value: Value) throws(EventFailure) -> [RecordID] {
        let parts = collection.id.count
        switch value {
        case .null: return []
        case .list(let values):
            let isOne = parts > 1 && values.count == parts && values.allSatisfy { $0.list == nil }
            var ids: [RecordID] = []
            var known: Set<RecordID> = []
            for value in isOne ? [value] : values {
                let id = try id(value, parts)
                if known.insert(id).inserted { ids.append(id) }
            }
            return ids
        default: return [try id(value, parts)]
        }
    }

    private func id(_ value: Value, _ parts: Int) throws(EventFailure) -> RecordID {
        guard let id = RecordID(value), (value.list?.count ?? 1) == parts, id.key.utf8.count <= Self.longestID else {
            throw .noID(collection: collection.name, parts: parts)
        }
        return id
    }

    private func find(_ program: Program, _ names: Names) throws(EventFailure) -> Value {
        do {
            return try program.find(names)
        } catch {
            throw .expression(error.message)
        }
    }
}

/// What an event says.
package struct FoundEvent: Sendable, Equatable {
    /// Each once.
    package var ids: [RecordID]
    package var delivery: String?
}

/// Why nothing follows from an event. None of it tells a secret, nor what a proof should have been.
package enum EventFailure: Error, Hashable {
    /// The body is no JSON.
    case notJSON
    /// What the header is a hash of cannot be put together.
    case nothingSigned(String)
    case noTime
    case tooOld(sent: Timestamp, now: Timestamp, age: Duration)
    /// What was found names no record of the collection.
    case noID(collection: String, parts: Int)
    case expression(String)
}

extension String {
    fileprivate var trimmed: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
        let rest = utf8.drop(while: isSpace)
        let end = rest.lastIndex { !isSpace($0) }
        return end.map { String(decoding: rest[...$0], as: UTF8.self) } ?? ""
    }
}
