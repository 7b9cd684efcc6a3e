import HTTP
import Model
import REST
import TestKit
import Testing
import Values

@Suite("Changes")
struct ChangesTests {
    private func instants(_ since: String, _ type: String = "{type: timestamp, read_only: true}") -> String {
        """
        collections:
          items:
            updated: at
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
              at: \(type)
            list:
              request: GET /items
              records: body.items
              since:
                query: {from: cursor}
                \(since)
            get: {request: "GET /items/{id}", record: body}
        """
    }

    private static func dated(_ records: [(Int, String)], date: String? = nil) -> Reply {
        let list = records.map { #"{"id": \#($0), "name": "n", "at": \#($1)}"# }.joined(separator: ", ")
        return .ok(#"{"items": [\#(list)]}"#, date.map { [(name: "Date", value: $0)] } ?? [])
    }

    @Test("the cursor is the newest instant, and is asked for with the grain and the lag taken off")
    func newest() async throws {
        let rig = try Rig(instants("lag: 90s")) { asked in
            asked["from"] == nil
                ? Self.dated([(1, #""2026-01-02T03:04:05Z""#), (2, #""2026-01-01T00:00:00Z""#)])
                : Self.dated([(1, #""2026-01-02T03:04:06Z""#)])
        }
        let whole = try await rig.endpoint.read(.none, .whole)
        #expect(whole.cursor == Cursor("@2026-01-02T03:04:05Z"))
        let part = try await rig.changes(since: try #require(whole.cursor))
        #expect(rig.system.asked[1]["from"] == "2026-01-02T03:02:34Z")
        #expect(part.ids == ["1"])
        #expect(!part.isWhole)
        #expect(part.cursor == Cursor("@2026-01-02T03:04:06Z"))
    }

    @Test("the cursor is never later than the system's own clock when the reading began")
    func systemClock() async throws {
        let rig = try Rig(instants("grain: 1m")) { _ in
            Self.dated([(1, #""2026-01-02T03:04:05Z""#)], date: "Fri, 02 Jan 2026 03:00:00 GMT")
        }
        #expect(try await rig.endpoint.read(.none, .whole).cursor == Cursor("@2026-01-02T03:00:00Z"))
        _ = try await rig.changes(since: Cursor("@2026-01-02T03:00:00Z"))
        #expect(rig.system.asked[1]["from"] == "2026-01-02T02:59:00Z")
    }

    @Test("instants are spelled as the system wants them")
    func spelled() async throws {
        for (format, wanted) in [
            ("epoch", "1767322984"), ("epoch_ms", "1767322984000"), ("'%d.%m.%Y %H:%M:%S'", "02.01.2026 03:03:04"),
        ] {
            let rig = try Rig(instants("format: \(format)\n        grain: 1m")) { _ in Self.dated([]) }
            let part = try await rig.changes(since: Cursor("@2026-01-02T03:04:04Z"))
            #expect(rig.system.asked[0]["from"] == wanted, "\(format)")
            #expect(part.cursor == Cursor("@2026-01-02T03:04:04Z"), "nothing new says nothing of the time")
        }
    }

    @Test("instants are read as the system spells them")
    func read() async throws {
        let epoch = try Rig(instants("format: epoch", "{type: timestamp, format: epoch}")) { _ in
            Self.dated([(1, "1767323045")])
        }
        #expect(try await epoch.endpoint.read(.none, .whole).cursor == Cursor("@2026-01-02T03:04:05Z"))
        let milliseconds = try Rig(instants("format: epoch", "{type: timestamp, format: epoch_ms}")) { _ in
            Self.dated([(1, "1767323045250")])
        }
        #expect(try await milliseconds.endpoint.read(.none, .whole).cursor == Cursor("@2026-01-02T03:04:05.25Z"))
    }

    @Test("a cursor of another kind leads to the whole")
    func foreign() async throws {
        for text in ["=token", "@nonsense", "", "2026"] {
            let rig = try Rig(instants("")) { _ in Self.dated([]) }
            #expect(try await rig.changes(since: Cursor(text)).isWhole, "\(text)")
        }
    }

    @Test("ids that are asked for beside the changes are read each on its own")
    func andIDs() async throws {
        let rig = try Rig(instants("")) { asked in
            switch asked.path {
            case "/items": Self.dated([])
            case "/items/7": .ok(#"{"id": 7, "name": "seven"}"#)
            default: .status(404)
            }
        }
        let ids = ["7", "8"].map { RecordID(key: $0, kind: .number) }
        let part = try await rig.changes(since: Cursor("@2026-01-02T03:04:05Z"), and: ids)
        #expect(part.ids == ["7"])
        #expect(rig.system.lines.filter { $0.hasPrefix("GET /items/") }.sorted() == ["GET /items/7", "GET /items/8"])
    }

    private func tokens(_ since: String) -> String {
        """
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
            list:
              request: GET /items
              records: body.items
              page: {next: body.next, token: page}
              deleted: has(record.gone)
              since:
                request: GET /changes
                query: {since: cursor}
                \(since)
            get: {request: "GET /items/{id}", record: body}
        """
    }

    @Test("a token is that of the first or of the last answer")
    func token() async throws {
        for (from, wanted) in [("first", "=t1"), ("last", "=t2")] {
            let rig = try Rig(tokens("next: body.sync\n        from: \(from)")) { asked in
                asked["page"] == nil
                    ? .ok(items(1..<2, #", "sync": "t1", "next": "b""#)) : .ok(items(2..<3, #", "sync": "t2""#))
            }
            let whole = try await rig.endpoint.read(.none, .whole)
            #expect(whole.cursor == Cursor(wanted))
            let part = try await rig.changes(since: Cursor("=t0"))
            #expect(rig.system.lines[2] == "GET /changes?since=t0")
            #expect(part.cursor == Cursor(wanted))
        }
    }

    @Test("where the system no longer knows the token, the whole is read")
    func expired() async throws {
        let rig = try Rig(tokens("next: body.sync\n        expired: status == 410")) { asked in
            asked.path == "/changes" ? .status(410) : .ok(items(1..<3, #", "sync": "new""#))
        }
        let snapshot = try await rig.changes(since: Cursor("=old"))
        #expect(snapshot.isWhole)
        #expect(snapshot.ids == ["1", "2"])
        #expect(snapshot.cursor == Cursor("=new"))
        #expect(rig.system.lines == ["GET /changes?since=old", "GET /items"])
    }

    @Test("a tombstone says that its record is gone, and of a record that is not among the changes nothing follows")
    func tombstones() async throws {
        let rig = try Rig(tokens("next: body.sync")) { asked in
            asked.path == "/changes"
                ? .ok(#"{"items": [{"id": 2, "gone": true}, {"id": 3, "name": "x"}], "sync": "b"}"#)
                : .ok(items(1..<4, #", "sync": "a""#))
        }
        let links = try await ReadCollection(rig.endpoint).links
        let part = try await rig.endpoint.read(
            KnownRecords(links: links, side: .left), .changes(since: Cursor("=a"), and: []))
        #expect(part.ids == ["3"])
        #expect((0..<3).map { part.saw(link: $0) } == [true, false, true])
    }

    @Test("where only the ids of changes are told, each is read")
    func feed() async throws {
        let rig = try Rig(tokens("next: body.sync\n        ids: body.ids")) { asked in
            switch asked.path {
            case "/changes": .ok(#"{"ids": [3, 4], "sync": "b"}"#)
            case "/items/3": .ok(#"{"id": 3, "name": "three"}"#)
            case "/items/4": .status(404)
            default: .ok(items(1..<5, #", "sync": "a""#))
            }
        }
        let links = try await ReadCollection(rig.endpoint).links
        let part = try await rig.endpoint.read(
            KnownRecords(links: links, side: .left), .changes(since: Cursor("=a"), and: []))
        #expect(part.ids == ["3"])
        #expect((0..<4).map { part.saw(link: $0) } == [true, true, true, false])
        #expect(part.cursor == Cursor("=b"))
    }
}
