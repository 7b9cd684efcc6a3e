import Model
import TestKit
import Testing
import Values

@Suite("What a fake server makes of writes")
struct FakeServerWritingTests {
    private func server(_ change: (inout FakeOptions) -> Void = { _ in }) -> FakeServer {
        var options = FakeOptions(newIDs: .assigned)
        change(&options)
        return FakeServer(options, [["id": .int(1), "name": .text("one")]])
    }

    private func create(_ name: String, key: String? = nil) -> WriteRequest {
        WriteRequest(
            verb: .create, id: .unassigned, fields: [(FieldPath("name"), .text(name))], key: key)
    }

    private func names(_ server: FakeServer) -> [Value?] { server.records.map { $0["name"] } }

    @Test("it gives ids, and never one that was taken before")
    func assigned() async throws {
        let server = server { $0.idPrefix = "S-" }
        var outcomes = try await server.endpoint.outcomes([create("a"), create("b")])
        #expect(outcomes.map(\.storedID) == ["S-1", "S-2"])
        server.remove(RecordID(key: "S-2"))
        outcomes = try await server.endpoint.outcomes([create("c")])
        #expect(outcomes.map(\.storedID) == ["S-3"])
        #expect(names(server) == [.text("one"), .text("a"), .text("c")])
    }

    @Test(
        "a create that is asked for again makes no second record where keys are remembered", arguments: [false, true])
    func keys(remembers: Bool) async throws {
        let server = server { $0.remembersKeys = remembers }
        let first = try await server.endpoint.outcomes([create("a", key: "k")])
        let second = try await server.endpoint.outcomes([create("a", key: "k")])
        #expect((first.map(\.storedID) == second.map(\.storedID)) == remembers)
        #expect(server.records.count == (remembers ? 2 : 3))
        #expect(server.log.map(\.key) == (remembers ? ["k"] : ["k", "k"]))
    }

    @Test("what goes wrong at a write does so before or after it took effect")
    func faults() async throws {
        let wanted: [(FakeFault, WriteOutcome?, hasEffect: Bool)] = [
            (.refused, .refused("400 Bad Request"), false), (.forbidden, .forbidden("403 Forbidden"), false),
            (.later, .later("429 Too Many Requests", after: .seconds(1)), false),
            (.timeOut, .later("time ran out before anything was sent", after: nil), false),
            (.serverError, .uncertain("500 Internal Server Error"), false), (.lost, .uncertain("no answer"), true),
            (.cut, .uncertain("no answer"), true), (.unauthorised, nil, false), (.unreachable, nil, false),
            (.slow, .stored(.none), true),
        ]
        for (fault, outcome, hasEffect) in wanted {
            let server = server()
            server.fail(fault, at: 1, of: .write)
            let outcomes = try? await server.endpoint.outcomes([.delete("1")])
            #expect(outcomes?.first == outcome, "\(fault)")
            #expect(server.records.isEmpty == hasEffect, "\(fault)")
            #expect(server.log.count == (hasEffect ? 1 : 0))
        }
    }

    @Test("where a batch is one call it fails as one, and not all of it may have taken effect")
    func oneCall() async throws {
        let wanted: [(FakeFault, EndpointFailure, Int)] = [
            (.later, .busy(message: "429 Too Many Requests", after: .seconds(1)), 0),
            (.timeOut, .unreachable(message: "time ran out before anything was sent"), 0),
            (.serverError, .uncertain(message: "500 Internal Server Error"), 0),
            (.lost, .uncertain(message: "no answer"), 2), (.cut, .uncertain(message: "no answer"), 1),
        ]
        for (fault, failure, count) in wanted {
            let server = server { $0.groupSize = nil }
            server.fail(fault, at: 1, of: .write)
            var thrown: EndpointFailure?
            do throws(EndpointFailure) {
                _ = try await server.endpoint.write(WriteBatch([create("a"), create("b")])) { _, _ in }
            } catch {
                thrown = error
            }
            #expect(thrown == failure)
            #expect(server.records.count == 1 + count)
        }
    }

    @Test("it tidies what it is given, and says what it made of it")
    func tidying() async throws {
        let server = server {
            $0.tidyings = [
                .trim(field: "name", to: 4), .round(field: "size"), .upperCase(field: "code"),
                .nullForEmpty(field: "note"),
            ]
        }
        let write = WriteRequest(
            verb: .create, id: .unassigned,
            fields: [
                (FieldPath("name"), .text(" long name")), (FieldPath("size"), .double(2.5)),
                (FieldPath("code"), .text("ab")), (FieldPath("note"), .text("")),
            ])
        let kept: Object = [
            "name": .text("lon"), "size": .int(3), "code": .text("AB"), "note": .null, "id": .int(2),
        ]
        guard case .stored(_, let stored?) = try await server.endpoint.outcomes([write])[0] else {
            throw Breach("nothing is said of what was stored")
        }
        #expect(stored == StoredRecord(id: RecordID(.int(2)), content: .object(kept)))
        #expect(try await ReadCollection(server.endpoint)["2"] == kept)
        // What it has as it was told needs no words.
        let update = WriteRequest.update("1", ["name": .text("uno")])
        let outcome = try await server.endpoint.outcomes([update])[0]
        #expect(outcome == .stored(try await ReadCollection(server.endpoint).fingerprint("1") ?? .none))
    }

    @Test("one that keeps silent about what it stored gives an id, and no fingerprint")
    func silent() async throws {
        let server = server { $0.tellsWhatItStored = false }
        let outcomes = try await server.endpoint.outcomes([create("a"), .update("1", ["name": .text("b")])])
        #expect(outcomes == [.stored(.none, as: StoredRecord(id: RecordID(.int(2)))), .stored(.none)])
    }

    @Test("it refuses what it is told to, and stamps each change with its time")
    func habits() async throws {
        let server = server {
            $0.updatedField = "updated"
            $0.refuses = { write, record in
                if write.verb == .delete { return .forbidden("no deletes") }
                return record?["name"] == .text("bad") ? .refused("bad name") : nil
            }
        }
        let outcomes = try await server.endpoint.outcomes([create("bad"), .delete("1"), create("good")])
        #expect(outcomes[0] == .refused("bad name"))
        #expect(outcomes[1] == .forbidden("no deletes"))
        #expect(server.records.map { $0["updated"] } == [.text("2026-11-21T10:00:01Z"), .text("2026-11-21T10:00:02Z")])
    }

    @Test("one that knows no conditions overwrites what somebody else has written")
    func conditions() async throws {
        for honours in [true, false] {
            let server = server { $0.honoursConditions = honours }
            let old = try #require(try await ReadCollection(server.endpoint).fingerprint("1"))
            server.edit(RecordID(.int(1))!) { $0["name"] = .text("theirs") }
            let outcomes = try await server.endpoint.outcomes([.update("1", ["name": .text("ours")], if: old)])
            #expect((outcomes == [.moved]) == honours)
            #expect(names(server) == [.text(honours ? "theirs" : "ours")])
        }
    }

    @Test("someone may come between two calls")
    func meanwhile() async throws {
        let server = server()
        server.meanwhile(at: 2, of: .write) { $0.put(["name": .text("somebody's")]) }
        _ = try await server.endpoint.outcomes([create("a"), create("b")])
        #expect(names(server) == ["one", "a", "somebody's", "b"].map { .text($0) })
    }
}

extension WriteOutcome {
    fileprivate var storedID: String? {
        if case .stored(_, let stored) = self { stored?.id?.key } else { nil }
    }
}
