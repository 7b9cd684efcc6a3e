import HTTP
import Model
import REST
import TestKit
import Testing
import Values

@Suite("Single records and their requests")
struct ByIDTests {
    private static let definition = """
        collections:
          items:
            fields:
              id: {type: text, read_only: true}
              name: {type: text}
            list:
              request: GET /items
              query: {project: settings.project, 'empty': "''"}
              headers: {X-Project: settings.project}
              records: body.items
              where: "!has(record.hidden)"
            get: {request: "GET /items/{id}?as={id}", record: body}
        """

    private static func only(_ ids: [String], _ script: @escaping @Sendable (Asked) async -> Reply) async throws
        -> (snapshot: Snapshot, saw: [Bool], lines: [String])
    {
        let known = ids.map { #"{"id": \#(JSON.text(.text($0))), "name": "x"}"# }.joined(separator: ", ")
        let rig = try Rig(definition) { asked in
            asked.path == "/items" ? .ok(#"{"items": [\#(known)]}"#) : await script(asked)
        }
        let links = try await ReadCollection(rig.endpoint).links
        let snapshot = try await rig.endpoint.read(
            KnownRecords(links: links, side: .left), .only(ids.map { RecordID(key: $0) }))
        return (snapshot, ids.indices.map { snapshot.saw(link: $0) }, Array(rig.system.lines.dropFirst()))
    }

    @Test("404 and 410 say that a record is gone; 403, 400 and 422 say nothing of it")
    func absent() async throws {
        let statuses = ["a": 404, "b": 410, "c": 403, "d": 400, "e": 422]
        let read = try await Self.only(statuses.keys.sorted()) { asked in
            .status(statuses[String(asked.path.dropFirst(7))] ?? 500)
        }
        #expect(read.saw == [false, false, true, true, true])
        #expect(read.snapshot.ids == [])
    }

    @Test("a record that the list leaves out is absent where it is asked for by its id")
    func hidden() async throws {
        let read = try await Self.only(["a", "b"]) { asked in
            .ok(
                #"{"id": "\#(asked.path.dropFirst(7))", "name": "y"\#(asked.path == "/items/b" ? #", "hidden": 1"# : "")}"#
            )
        }
        #expect(read.snapshot.ids == ["a"])
        #expect(read.saw == [true, false])
    }

    @Test("an id stays one segment of the path and one value of the query, whatever stands in it")
    func encoded() async throws {
        let ids = ["a/b%2Fc", "a?b#c", "ü é", "a+b&c=d", "日本", "...", "a\u{0}\r\nHost: x", "%2e%2e"]
        for id in ids {
            let read = try await Self.only([id]) { asked in
                .ok(JSON.text(.object(["id": .text(id), "name": .text("y")])))
            }
            let line = try #require(read.lines.first)
            let target = line.dropFirst(4)
            let parts = target.split(separator: "?")
            #expect(parts.count == 2, "\(line)")
            let segments = parts[0].split(separator: "/", omittingEmptySubsequences: false)
            #expect(segments.count == 3, "\(line)")
            #expect(PercentCoding.decode(String(segments[2])).map { Array($0.utf8) } == Array(id.utf8), "\(line)")
            #expect(PercentCoding.decode(String(parts[1].dropFirst(3))).map { Array($0.utf8) } == Array(id.utf8))
            #expect(!target.utf8.contains { $0 <= 0x20 || $0 >= 0x7F }, "\(line)")
            #expect(read.snapshot.ids == [id])
        }
    }

    @Test("an id that would be a step in the path is never asked for")
    func steps() async throws {
        for id in ["..", "."] {
            let rig = try Rig(Self.definition) { _ in .ok("{}") }
            var message = ""
            do throws(EndpointFailure) {
                _ = try await rig.endpoint.read(.none, .only([RecordID(key: id)]))
            } catch {
                if case .malformed(_, let words) = error { message = words }
            }
            #expect(message == "'\(id)' cannot stand in an address")
            #expect(rig.system.lines == [])
        }
    }

    @Test("a parameter or a header whose value is null is left out, and one that is empty is not")
    func leftOut() async throws {
        let without = try Rig(Self.definition) { _ in .ok(#"{"items": []}"#) }
        #expect(try await without.ids() == [])
        #expect(without.system.lines == ["GET /items?empty="])
        #expect(without.system.asked[0].headers["X-Project"] == nil)
        let with = try Rig(Self.definition, settings: ["project": .text("Ä&b")]) { _ in .ok(#"{"items": []}"#) }
        #expect(try await with.ids() == [])
        #expect(with.system.asked[0]["project"] == "Ä&b")
        #expect(with.system.asked[0].headers["X-Project"] == "Ä&b")
    }

    @Test("what the list leaves out is no record, and what is deleted is none either")
    func left() async throws {
        let rig = try Rig(Self.definition + "\n") { _ in
            .ok(#"{"items": [{"id": "a", "hidden": true}, {"id": "b"}, {"id": "c", "hidden": null}]}"#)
        }
        #expect(try await rig.ids() == ["b"])
    }

    @Test("an entry without an id fails the reading: a record that cannot be named is not passed over")
    func withoutID() async throws {
        let rig = try Rig(Self.definition) { _ in .ok(#"{"items": [{"id": "a"}, {"name": "b"}]}"#) }
        #expect(await rig.failure() == .malformed(place: "", message: "a record has no id: 'id' is not in it"))
    }

    private static let children = """
        collections:
          orders:
            fields:
              id: {type: int, read_only: true}
            list: {request: GET /orders, records: body.items, deleted: "has(record.gone)"}
          items:
            parent: {collection: orders, field: order}
            id: [order, id]
            fields:
              id: {type: int, read_only: true}
              order: {type: int, required: true}
              name: {type: text}
            list: {request: "GET /orders/{parent}/items", records: body.items}
            get: {request: "GET /orders/{parent}/items/{id}", record: body}
        """

    @Test("records that belong to others are read of each of them, and one that is gone meanwhile has none")
    func ofParents() async throws {
        let rig = try Rig(Self.children) { asked in
            switch asked.path {
            case "/orders": .ok(#"{"items": [{"id": 1}, {"id": 2}, {"id": 3, "gone": 1}, {"id": 4}]}"#)
            case "/orders/1/items": .ok(items(7..<9))
            case "/orders/2/items": .status(404)
            case "/orders/4/items": .ok(items(7..<8))
            default: .status(500)
            }
        }
        #expect(try await rig.records().map { $0["order"] } == [.int(1), .int(1), .int(4)])
        #expect(try await rig.ids() == [#"["1","7"]"#, #"["1","8"]"#, #"["4","7"]"#])
    }

    @Test("one of them is asked for by both parts of its id")
    func childByID() async throws {
        let rig = try Rig(Self.children) { _ in .ok(#"{"id": 7, "name": "x"}"#) }
        let id = try #require(RecordID(.list([.int(1), .int(7)])))
        let snapshot = try await rig.endpoint.read(.none, .only([id]))
        #expect(rig.system.lines == ["GET /orders/1/items/7"])
        #expect(snapshot.ids == [#"["1","7"]"#])
    }

    @Test("an answer that was cut short, or is no JSON, does not say that a record is gone")
    func cutShort() async throws {
        for text in ["", #"{"id": "a", "na"#, "<html>log in</html>"] {
            let cut: @Sendable (Asked) async -> Reply = { _ in .ok(text) }
            await #expect(throws: EndpointFailure.self, "\(text)") { try await Self.only(["a"], cut) }
        }
        for reply in [Reply.status(204, ""), .ok("null")] {
            #expect(try await Self.only(["a"]) { _ in reply }.saw == [false])
        }
    }
}
