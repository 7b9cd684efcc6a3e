import HTTP
import Model
import REST
import Synchronization
import TestKit
import Testing
import Values

@Suite("Look-ups")
struct LookupTests {
    private static let definition = """
        lookups:
          states: {request: GET /states, records: body.states, key: id, name: label}
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              state: {type: text, lookup: states, read: state.id, write: state_id}
              tags: {type: list, lookup: states}
            list: {request: GET /items, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            create: {request: POST /items, body: record, record: body}
            update: {request: "PUT /items/{id}", body: changes}
        """

    private static let states = #"{"states": [{"id": 1, "label": "open"}, {"id": 2, "label": "closed"}]}"#

    @Test("names stand for ids, in a field and in a list, and are asked for once")
    func names() async throws {
        let rig = try Rig(Self.definition) { asked in
            asked.path == "/states"
                ? .ok(Self.states) : .ok(#"{"items": [{"id": 7, "state": {"id": 2}, "tags": [1, 2]}]}"#)
        }
        for _ in 0..<2 {
            let record = try await rig.records()[0]
            #expect(record["state"] == .text("closed"))
            #expect(record["tags"] == .list([.text("open"), .text("closed")]))
        }
        #expect(rig.system.lines == ["GET /items", "GET /states", "GET /items"])
    }

    @Test("an id without a name has the names asked for once more, and then stays an id")
    func unknownID() async throws {
        let rig = try Rig(Self.definition) { asked in
            asked.path == "/states" ? .ok(Self.states) : .ok(#"{"items": [{"id": 7, "state": {"id": 9}}]}"#)
        }
        #expect(try await rig.records()[0]["state"] == .int(9))
        #expect(rig.system.lines == ["GET /items", "GET /states", "GET /states"])
    }

    @Test("a name becomes its id in what is written")
    func written() async throws {
        let desk = Desk([["id": .int(7), "state": .object(["id": .int(1)])]])
        let rig = try Rig(Self.definition) { asked in
            asked.path == "/states" ? .ok(Self.states) : desk.answer(asked)
        }
        let outcome = try await rig.outcome(.update("7", ["state": .text("closed"), "tags": .list([.text("open")])]))
        guard case .stored = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(rig.system.asked.first { $0.method == "PUT" }?.text == #"{"state_id":2,"tags":[1]}"#)
    }

    @Test("a name that is unknown is asked for once more, and then refused with the names there are")
    func unknownName() async throws {
        let rig = try Rig(Self.definition) { _ in .ok(Self.states) }
        let outcome = try await rig.outcome(.create("", ["state": .text("lost")]))
        #expect(outcome == .refused("the system has no 'lost' among its states: it has closed, open"))
        #expect(rig.system.lines == ["GET /states", "GET /states"])
    }

    @Test("a name that is new in the system is found when it is written")
    func newName() async throws {
        let times = Mutex(0)
        let desk = Desk([["id": .int(7)]])
        let rig = try Rig(Self.definition) { asked in
            guard asked.path == "/states" else { return desk.answer(asked) }
            let time = times.withLock {
                $0 += 1; return $0
            }
            return .ok(time == 1 ? Self.states : #"{"states": [{"id": 3, "label": "new"}]}"#)
        }
        guard case .stored = try await rig.outcome(.update("7", ["state": .text("new")])) else {
            Issue.record("it was not written")
            return
        }
        #expect(rig.system.asked.first { $0.method == "PUT" }?.text == #"{"state_id":3}"#)
    }

    @Test("a name that several ids have is that of the first")
    func twice() async throws {
        let desk = Desk([["id": .int(7)]])
        let rig = try Rig(Self.definition) { asked in
            asked.path == "/states"
                ? .ok(#"{"states": [{"id": 1, "label": "x"}, {"id": 2, "label": "x"}]}"#) : desk.answer(asked)
        }
        _ = try await rig.outcome(.update("7", ["state": .text("x")]))
        #expect(rig.system.asked.first { $0.method == "PUT" }?.text == #"{"state_id":1}"#)
    }
}
