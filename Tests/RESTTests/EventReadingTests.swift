import Model
import REST
import TestKit
import Testing
import Values

@Suite("What an event says")
struct EventReadingTests {
    private static let collections = """
        collections:
          items:
            fields:
              id: {type: text, read_only: true}
            list: {request: GET /items, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            webhook:
              when: "!has(body.kind) || body.kind == 'item' && (settings.project == null || body.project == settings.project)"
              ids: body.ids
          notes:
            id: [item, id]
            fields:
              item: {type: text, read_only: true}
              id: {type: text, read_only: true}
            list: {request: GET /notes, records: body}
            get: {request: "GET /notes/{id}", record: body}
            webhook: {ids: body.ids}
          others:
            fields: {id: {type: text, read_only: true}}
            list: {request: GET /others, records: body}
        """

    private static let now = Timestamp("2026-11-21T10:00:00Z") ?? .earliest

    private func reading(
        _ body: String, _ collection: String = "items", rule: String = "",
        headers: [(name: String, value: String)] = [],
        settings: [String: ResolvedSettings.Content] = [:]
    ) throws -> EventReading? {
        let webhook = "webhook: {secret: settings.token, header: X-Proof, delivery: \"headers['x-id']\"\(rule)}\n"
        let definition = try Rig.definition(webhook + Self.collections, auth: "{bearer: settings.token}")
        return EventReading(
            definition, collection: collection, ResolvedSettings(Rig.settings.merging(settings) { $1 }),
            headers: headers, raw: Array(body.utf8))
    }

    private func found(
        _ body: String, _ collection: String = "items", rule: String = "",
        headers: [(name: String, value: String)] = [],
        settings: [String: ResolvedSettings.Content] = [:]
    ) throws -> FoundEvent? {
        try #require(try reading(body, collection, rule: rule, headers: headers, settings: settings)).found(
            now: Self.now)
    }

    @Test("one id, a number, or a list of them; each once")
    func ids() throws {
        #expect(try found(#"{"ids": "a"}"#)?.ids.map(\.key) == ["a"])
        #expect(try found(#"{"ids": 7}"#)?.ids.map(\.key) == ["7"])
        #expect(try found(#"{"ids": ["a", 7, "7", "a", "b/../%2F\n"]}"#)?.ids.map(\.key) == ["a", "7", "b/../%2F\n"])
        let many = (0..<100_000).map { "\($0)" }
        #expect(try found("{\"ids\": [\(many.joined(separator: ","))]}")?.ids.map(\.key) == many)
    }

    @Test("an id of several parts is a list, and several such ids a list of lists")
    func parts() throws {
        let one = try #require(RecordID(.list([.text("1"), .text("2")])))
        let two = try #require(RecordID(.list([.text("3"), .text("4")])))
        #expect(try found(#"{"ids": [1, 2]}"#, "notes")?.ids == [one])
        #expect(try found(#"{"ids": [[1, "2"], ["3", 4]]}"#, "notes")?.ids == [one, two])
    }

    @Test(
        "what is no id of a record is refused",
        arguments: [
            ("items", #"{"ids": {"a": 1}}"#), ("items", #"{"ids": [["a", "b"]]}"#), ("items", #"{"ids": [""]}"#),
            ("items", #"{"ids": 1.5}"#), ("items", #"{"ids": [null]}"#), ("items", #"{"ids": true}"#),
            ("notes", #"{"ids": "a"}"#), ("notes", #"{"ids": [["a"]]}"#), ("notes", #"{"ids": ["a", "b", "c"]}"#),
            ("items", "{\"ids\": \"\(String(repeating: "x", count: 5000))\"}"),
        ])
    func noID(collection: String, body: String) throws {
        #expect(throws: EventFailure.noID(collection: collection, parts: collection == "notes" ? 2 : 1)) {
            try found(body, collection)
        }
    }

    @Test("an event without ids, of another kind, or of another project is about nothing")
    func nothing() throws {
        for body in ["", "{}", #"{"ids": null}"#, #"{"ids": []}"#, #"{"kind": "ping", "ids": 1}"#, "[]", "7", "null"] {
            #expect(try found(body) == nil, "\(body)")
        }
        let project: [String: ResolvedSettings.Content] = ["project": .text("ops")]
        #expect(try found(#"{"kind": "item", "project": "dev", "ids": 1}"#, settings: project) == nil)
        #expect(try found(#"{"kind": "item", "ids": 1}"#, settings: project) == nil)
        #expect(try found(#"{"kind": "item", "project": "ops", "ids": 1}"#, settings: project)?.ids.count == 1)
    }

    @Test(
        "what is no JSON is refused, however deep",
        arguments: ["{", "a=1", "{\"ids\": \"\u{1}\"}", String(repeating: "[", count: 1_000_000)])
    func noJSON(body: String) throws {
        #expect(throws: EventFailure.notJSON) { try found(body) }
    }

    @Test("the delivery is found, and kept no longer than it need be")
    func delivery() throws {
        #expect(try found(#"{"ids": 1}"#)?.delivery == nil)
        #expect(try found(#"{"ids": 1}"#, headers: [("X-ID", "d1"), ("x-id", "d2")])?.delivery == "d1")
        let long = String(repeating: "y", count: 100_000)
        #expect(try found(#"{"ids": 1}"#, headers: [("X-Id", long)])?.delivery?.count == 512)
    }

    @Test("proofs are those of every header of the name, without what stands before them")
    func proofs() throws {
        let headers = [("x-proof", " v1=one "), ("X-PROOF", "v1=two"), ("X-Proof", "two"), ("X-Other", "v1=three")]
        let all = headers.map { (name: $0.0, value: $0.1) }
        #expect(try reading("", rule: ", prefix: 'v1='", headers: all)?.proofs == ["one", "two"])
        #expect(try reading("", headers: all)?.proofs == ["v1=one", "v1=two", "two"])
        #expect(try reading("")?.proofs == [])
    }

    @Test("what is hashed is the body to the byte, or what the definition puts together")
    func signed() throws {
        #expect(try reading("{ \"ids\":1 }\n")?.signed() == Array("{ \"ids\":1 }\n".utf8))
        let rule = ", hmac: sha256, signed: \"'POST' + settings.url + raw + headers['x-time']\""
        let made = try reading("{}", rule: rule, headers: [("X-Time", "17")])
        #expect(try made?.signed() == Array("POSThttps://desk.example{}17".utf8))
        #expect(throws: EventFailure.nothingSigned("X-Proof")) { try reading("{}", rule: rule)?.signed() }
    }

    @Test(
        "an event that is too old, or of the future, is refused",
        arguments: [
            ("1795255200", true), ("1795254901", true), ("1795254899", false), ("1795255499", true),
            ("1795255501", false), ("soon", false), ("9999999999999999999", false),
        ])
    func age(time: String, isTaken: Bool) throws {
        let rule = ", time: \"headers['x-time']\", format: epoch"
        let taken = (try? found(#"{"ids": 1}"#, rule: rule, headers: [("X-Time", time)])) ?? nil
        #expect((taken != nil) == isTaken)
        #expect(throws: EventFailure.noTime) { try found(#"{"ids": 1}"#, rule: rule) }
        #expect(throws: EventFailure.noTime) { try found("", rule: rule) }
    }

    @Test("a time may be spelled as ISO 8601 has it") func isoTime() throws {
        let rule = ", time: body.at, age: 1m"
        #expect(try found(#"{"ids": 1, "at": "2026-11-21T11:00:30+01:00"}"#, rule: rule)?.ids.count == 1)
        #expect(throws: EventFailure.self) { try found(#"{"ids": 1, "at": "2026-11-21T10:01:01Z"}"#, rule: rule) }
    }

    @Test("a collection of which nothing is said has no events; the secret is that of the connection")
    func others() throws {
        #expect(try reading("{}", "others") == nil)
        #expect(try reading("{}", "nothing") == nil)
        #expect(try reading("{}")?.secret == Array("s3cr3t-token".utf8))
        #expect(try reading("{}", settings: ["token": .secret(Secret(""))])?.secret == nil)
    }

    @Test("an expression that fails says so, without the secret")
    func failing() throws {
        do {
            _ = try found(#"{"ids": 1, "kind": {}}"#, rule: ", time: int(body.kind)")
            Issue.record("it was taken")
        } catch let failure as EventFailure {
            guard case .expression(let message) = failure else { throw failure }
            #expect(!message.contains("s3cr3t"))
        }
    }
}
