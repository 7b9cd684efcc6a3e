import CEL
import Diagnostics
import Model
import YAML

// What a definition says about webhooks.
extension DefinitionReading {
    /// - Parameter collections: the collections as they are written.
    mutating func webhook(_ entry: Entry, _ collections: [Node?]) -> WebhookRule? {
        let node = entry.value
        if !collections.contains(where: { $0?["webhook"] != nil }) {
            findings.add(
                .optionWithoutEffect, "no collection says with 'webhook' which records an event is about",
                at: entry.key.place, hint: "give a collection 'webhook: {ids: …}'")
        }
        reportUseless(node)
        let secret = program(node["secret"], DefinitionNames.settings, isSecret: true)
        guard let secret, let header = reading.text(node["header"]) else { return nil }
        if !header.content.utf8.allSatisfy(Self.isTokenByte) || header.content.isEmpty {
            findings.add(
                .badPath, "'\(shortened(header.content))' is no name of a header", at: header.place,
                hint: "such as 'X-Hub-Signature-256'")
        }
        var rule = WebhookRule(secret: secret, header: header.content)
        rule.prefix = reading.text(node["prefix"])?.content ?? ""
        rule.hash = reading.choice(node["hmac"], WebhookRule.Hash.self)?.content
        rule.encoding = reading.choice(node["encoding"], WebhookRule.Encoding.self)?.content ?? .hex
        rule.signed = program(node["signed"], DefinitionNames.sent)
        rule.time = program(node["time"], DefinitionNames.event)
        rule.format = stampFormat(node["format"])
        if let age = duration(node["age"]) { rule.age = age }
        rule.delivery = program(node["delivery"], DefinitionNames.event)
        return rule
    }

    /// Events of a collection, which say nothing where nobody can tell that they are the system's own, or no record is read by its id.
    mutating func webhookEvents(_ entry: Entry, _ collection: Node) -> WebhookEvents? {
        if collection["get"] == nil {
            findings.add(
                .missingRequest, "the records of events are read by their ids, and the collection has no 'get'",
                at: entry.key.place, hint: "'get' says how")
        }
        let condition = condition(entry.value["when"], DefinitionNames.eventOfCollection)
        let ids = program(entry.value["ids"], DefinitionNames.eventOfCollection)
        return ids.map { WebhookEvents(condition: condition, ids: $0) }
    }

    mutating func reportEventsWithoutProof(_ collections: [Node?]) {
        for entry in collections.compactMap({ $0?.entry("webhook") }) {
            findings.add(
                .missingKey, "nothing tells that an event is the system's own: the connector has no 'webhook'",
                at: entry.key.place, hint: "'webhook' of the connector says what proves it")
        }
    }

    private mutating func reportUseless(_ node: Node) {
        for (key, needed) in [("encoding", "hmac"), ("signed", "hmac"), ("format", "time"), ("age", "time")] {
            guard let entry = node.entry(key), node[needed] == nil else { continue }
            findings.add(.optionWithoutEffect, "'\(key)' needs '\(needed)'", at: entry.key.place)
        }
    }

    /// RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
