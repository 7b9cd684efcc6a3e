import HTTP
import Model
import REST
import TestKit
import Testing
import Values

@Suite("Writing")
struct WritingTests {
    private func definition(_ writes: String, fields: String = "") -> String {
        """
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
              note: {type: text}
              kind: {type: text, create_only: true}
              \(fields.replacing("\n", with: "\n      "))
            list: {request: GET /items, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            \(writes.split(separator: "\n").joined(separator: "\n    "))
        """
    }

    private static let plain = """
        create: {request: POST /items, body: record, record: body}
        update: {request: "PUT /items/{id}", body: changes}
        delete: {request: "DELETE /items/{id}"}
        """

    private static func desk() -> Desk {
        Desk([["id": .int(1), "name": .text("one"), "note": .text("a")]])
    }

    private static func id(_ outcome: WriteOutcome) -> String? {
        guard case .stored(_, let record) = outcome else { return nil }
        return record?.id?.key
    }

    @Test("a create sends what is set, and takes id and content from the answer")
    func create() async throws {
        let desk = Self.desk()
        let rig = try Rig(definition(Self.plain), desk.answer)
        let outcome = try await rig.outcome(.create("", ["name": .text("two"), "kind": .text("k")]))
        #expect(Self.id(outcome) == "2")
        #expect(rig.system.lines == ["POST /items"])
        #expect(rig.system.asked[0].text == #"{"kind":"k","name":"two"}"#)
        #expect(rig.system.asked[0].headers["Content-Type"] == "application/json")
        guard case .stored(let fingerprint, _) = outcome else { return }
        #expect(try await ReadCollection(rig.endpoint).fingerprint("2") == fingerprint)
    }

    @Test("a create whose answer has but an id is read again")
    func reread() async throws {
        let desk = Self.desk()
        let rig = try Rig(definition("create: {request: POST /items, body: record, id: body.id}"), desk.answer)
        #expect(Self.id(try await rig.outcome(.create("", ["name": .text("two")]))) == "2")
        #expect(rig.system.lines == ["POST /items", "GET /items/2"])
    }

    @Test("an answer without an id leaves a create in doubt")
    func withoutID() async throws {
        let rig = try Rig(definition("create: {request: POST /items, body: record, id: body.id}")) { _ in .ok("{}") }
        let outcome = try await rig.outcome(.create("", ["name": .text("two")]))
        #expect(outcome == .uncertain("the answer does not say which id the new record has"))
    }

    @Test("what is asked afterwards has the record")
    func then() async throws {
        let desk = Self.desk()
        let rig = try Rig(
            definition("create: {request: POST /items, body: record, then: GET /items, record: \"body.items[1]\"}"),
            desk.answer)
        #expect(Self.id(try await rig.outcome(.create("", ["name": .text("two")]))) == "2")
        #expect(rig.system.lines == ["POST /items", "GET /items"])
    }

    @Test("what an earlier create under the same key made is found, and not made again")
    func find() async throws {
        let desk = Self.desk()
        let rig = try Rig(
            definition(
                """
                create:
                  request: POST /items
                  body: record
                  fixed: {mark: key}
                  record: body
                  find: {request: GET /items, record: "body.items.filter(i, has(i.mark) && i.mark == key)[0]"}
                """), desk.answer)
        var request = WriteRequest.create("", ["name": .text("two")])
        request.key = "k-1"
        #expect(Self.id(try await rig.outcome(request)) == "2")
        #expect(Self.id(try await rig.outcome(request)) == "2")
        #expect(rig.system.lines == ["GET /items", "POST /items", "GET /items"])
        #expect(desk.record(2)?["mark"] == .text("k-1"))
        #expect(rig.endpoint.capabilities.remembersKeys)
    }

    @Test("a create that counts once carries its key, the same each time")
    func once() async throws {
        let desk = Self.desk()
        let rig = try Rig(
            definition(
                """
                create:
                  request: POST /items
                  headers: {Idempotency-Key: key, X-Chosen: uuid}
                  body: record
                  record: body
                  once: true
                """), desk.answer)
        var request = WriteRequest.create("", ["name": .text("two")])
        request.key = "k-1"
        _ = try await rig.endpoint.outcomes([request])
        _ = try await rig.endpoint.outcomes([request])
        let sent = rig.system.asked.map(\.headers)
        #expect(sent.map { $0["Idempotency-Key"] } == ["k-1", "k-1"])
        #expect(sent[0]["X-Chosen"] == sent[1]["X-Chosen"])
        let chosen = try #require(sent[0]["X-Chosen"])
        #expect(chosen.split(separator: "-").map(\.utf8.count) == [8, 4, 4, 4, 12])
    }

    @Test("an answer that says 'is there already' leads to the record that is there")
    func exists() async throws {
        let desk = Self.desk()
        desk.change { $0.faults["POST /items"] = .status(409, #"{"id": 1}"#) }
        let rig = try Rig(
            definition(
                "create: {request: POST /items, body: record, record: body, id: body.id, exists: status == 409}"),
            desk.answer)
        #expect(Self.id(try await rig.outcome(.create("", ["name": .text("one")]))) == "1")
        #expect(rig.system.lines == ["POST /items", "GET /items/1"])
    }

    @Test("a create that is refused because of others is refused with the system's words, whatever the status")
    func refusedCreate() async throws {
        for status in [400, 404, 409, 412, 422] {
            let rig = try Rig("message: body.error\n" + definition(Self.plain)) { _ in
                .status(status, #"{"error": "there is one"}"#)
            }
            let outcome = try await rig.outcome(.create("", ["name": .text("x")]))
            #expect(outcome == .refused("there is one (status \(status))"))
        }
    }

    @Test("an update sends what changed and nothing else, and takes what is read afterwards")
    func update() async throws {
        let desk = Self.desk()
        let rig = try Rig(definition(Self.plain), desk.answer)
        let outcome = try await rig.outcome(.update("1", ["name": .text("eins")]))
        #expect(rig.system.lines == ["GET /items/1", "PUT /items/1", "GET /items/1"])
        #expect(rig.system.asked[1].text == #"{"name":"eins"}"#)
        guard case .stored(let fingerprint, _) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await ReadCollection(rig.endpoint).fingerprint("1") == fingerprint)
    }

    @Test("an update of the whole sends what stands there, changed")
    func whole() async throws {
        let desk = Self.desk()
        let rig = try Rig(
            definition("update: {request: \"PUT /items/{id}\", body: record, whole: true, record: body}"), desk.answer)
        _ = try await rig.outcome(.update("1", ["name": .text("eins")]))
        #expect(rig.system.asked[1].text == #"{"name":"eins","note":"a"}"#)
        #expect(rig.system.lines == ["GET /items/1", "PUT /items/1"])
    }

    @Test("what is fixed goes into every record, also below a field")
    func fixed() async throws {
        let desk = Self.desk()
        let rig = try Rig(
            definition("create: {request: POST /items, body: record, record: body, fixed: {'a.b': '1 + 1'}}"),
            desk.answer)
        _ = try await rig.outcome(.create("", ["name": .text("two")]))
        #expect(desk.record(2)?["a"] == .object(["b": .int(2)]))
    }

    @Test("what only the system sets, or only a create, is refused and nothing is sent")
    func refusedFields() async throws {
        let rig = try Rig(definition(Self.plain), Self.desk().answer)
        #expect(
            try await rig.outcome(.update("1", ["kind": .text("x")]))
                == .refused("'kind' is set when a record is made, and not later"))
        #expect(try await rig.outcome(.update("1", ["id": .int(9)])) == .refused("only the system sets 'id'"))
        #expect(try await rig.outcome(.create("", ["other": .text("x")])) == .refused("there is no field 'other'"))
        #expect(rig.system.lines == [])
    }

    @Test("verbs that the definition does not have are refused")
    func verbs() async throws {
        let rig = try Rig(definition(""), Self.desk().answer)
        #expect(!rig.endpoint.capabilities.canCreate && !rig.endpoint.capabilities.canDelete)
        #expect(
            try await rig.endpoint.outcomes([.create("", ["name": .text("x")]), .delete("1")])
                == [.refused("records of 'items' cannot be made"), .refused("records of 'items' cannot be removed")])
        #expect(
            try await rig.outcome(.update("1", ["name": .text("x")]))
                == .refused("records of 'items' cannot be changed"))
    }

    @Test("a record that is not what the plan saw is left alone")
    func moved() async throws {
        let desk = Self.desk()
        let rig = try Rig(definition(Self.plain), desk.answer)
        let known = try #require(try await ReadCollection(rig.endpoint).fingerprint("1"))
        desk.change { $0.records[1]?["note"] = .text("somebody else's") }
        #expect(
            try await rig.endpoint.outcomes([.update("1", ["name": .text("x")], if: known), .delete("1", if: known)])
                == [.moved, .moved])
        #expect(!rig.system.lines.contains { !$0.hasPrefix("GET") })
        #expect(
            try await rig.endpoint.outcomes([.update("8", ["name": .text("x")]), .delete("9")]) == [.moved, .moved])
    }

    @Test("a version guards a record up to the request that changes it")
    func version() async throws {
        let guarded = """
            version: headers.etag
            update: {request: "PUT /items/{id}", headers: {If-Match: version}, body: changes, record: body}
            delete: {request: "DELETE /items/{id}", headers: {If-Match: version}}
            """
        let desk = Self.desk()
        let rig = try Rig(definition(guarded), desk.answer)
        guard case .stored = try await rig.outcome(.update("1", ["name": .text("eins")])) else {
            Issue.record("it was not written")
            return
        }
        #expect(rig.system.asked[1].headers["If-Match"] != nil)
        let late = try Rig(definition(guarded)) { asked in
            let reply = desk.answer(asked)
            // Another changes it right after it was looked at.
            desk.change { $0.records[1]?["note"] = .text("\(asked.line)") }
            return reply
        }
        #expect(try await late.outcome(.update("1", ["name": .text("x")])) == .moved)
        #expect(desk.record(1)?["name"] == .text("eins"))
    }

    @Test("a delete removes, and one of what is gone by then is done")
    func delete() async throws {
        let desk = Self.desk()
        let rig = try Rig(definition(Self.plain), desk.answer)
        desk.change { $0.faults["DELETE /items/1"] = .status(404) }
        #expect(try await rig.outcome(.delete("1")) == .stored(.none))
        desk.change { $0.faults = [:] }
        #expect(try await rig.outcome(.delete("1")) == .stored(.none))
        #expect(desk.record(1) == nil)
    }

    @Test("a field with a request of its own is set by it, and not where it is so already")
    func set() async throws {
        let fields = """
            state:
                type: text
                set:
                  choices: {request: "GET /moves", records: body.items}
                  choose: to == value
                  request: "PUT /items/{id}"
                  body: "{'state': choice.to}"
            """
        let desk = Desk([["id": .int(1), "name": .text("one"), "state": .text("open")]])
        let rig = try Rig(definition(Self.plain, fields: fields)) { asked in
            asked.path == "/moves"
                ? .ok(#"{"items": [{"name": "Close", "to": "closed"}, {"name": "Wait", "to": "waiting"}]}"#)
                : desk.answer(asked)
        }
        guard case .stored = try await rig.outcome(.update("1", ["state": .text("closed")])) else {
            Issue.record("it was not set")
            return
        }
        #expect(desk.record(1)?["state"] == .text("closed"))
        let asked = rig.system.lines.count
        guard case .stored = try await rig.outcome(.update("1", ["state": .text("closed")])) else {
            Issue.record("it was not left")
            return
        }
        #expect(Array(rig.system.lines[asked...]) == ["GET /items/1"])
        #expect(
            try await rig.outcome(.update("1", ["state": .text("lost")]))
                == .refused("'state' cannot become 'lost' from what it is now; possible: Close, Wait"))
    }

    @Test("several writes are reported each, and nothing is sent before they may take effect")
    func batch() async throws {
        let desk = Self.desk()
        let rig = try Rig(definition(Self.plain), desk.answer)
        let outcomes = try await rig.endpoint.outcomes((0..<20).map { .create("", ["name": .text("n\($0)")]) })
        #expect(Set(outcomes.compactMap(Self.id)).count == 20)
        let batch = WriteBatch(count: 1) { () throws(EndpointFailure) in
            throw .unavailable(message: "no")
        } _: { _ in
            .create("", ["name": .text("x")])
        }
        var thrown: EndpointFailure?
        let before = rig.system.lines.count
        do throws(EndpointFailure) {
            _ = try await rig.endpoint.write(batch) { _, _ in }
        } catch {
            thrown = error
        }
        #expect(thrown == .unavailable(message: "no"))
        #expect(rig.system.lines.count == before)
    }

    @Test(
        "nothing is written after an answer that was cut short: neither is a delete taken for done, nor a create for not done before"
    )
    func cutShort() async throws {
        let writes = """
            create:
              request: POST /items
              body: record
              record: body
              find: {request: "GET /items?key={key}", record: "body.items[0]"}
            delete: {request: "DELETE /items/{id}"}
            """
        var create = WriteRequest.create("", ["name": .text("two")])
        create.key = "k-1"
        for request in [WriteRequest.delete("1"), create] {
            let rig = try Rig(definition(writes)) { asked in asked.method == "GET" ? .ok(#"{"items": [{"i"#) : .ok("{}")
            }
            guard case .unreachable = await rig.failure(of: request) else {
                Issue.record("\(rig.system.lines)")
                continue
            }
            #expect(rig.system.lines.count == 1)
        }
    }
}
