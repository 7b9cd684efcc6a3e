import HTTP
import Model
import REST
import Synchronization
import TestKit
import Testing
import Values

@Suite("Files of records")
struct FileTests {
    /// `/items` has the files, `/files/ID` their bytes; items belong to `/issues`.
    static let definition = """
        limits: {concurrent: 1}
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
              content: {type: file, download: "GET /files/{id}", size: size, name: name}
            list: {request: GET /items, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            create:
              upload:
                request: POST /uploads
                query: {filename: record.name}
                file: {content: record.content}
              request: POST /items
              body: "{'name': record.name, 'token': upload.token}"
              record: body
            delete: {request: "DELETE /items/{id}"}
        """

    private func rig(
        _ desk: FileDesk, _ room: FileShelf = FileShelf(), _ definition: String = definition,
        settings: [String: ResolvedSettings.Content] = [:]
    ) throws -> Rig {
        try Rig(definition, settings: settings, files: room.depot, digests: room.memory) { desk.answer($0) }
    }

    @Test("a record has the digest of its file, which is fetched once and known from then on")
    func once() async throws {
        let desk = FileDesk(["one": "1", "two": ""])
        let shelf = FileShelf()
        let rig = try rig(desk, shelf)
        let expected: [Value] = [.text(FileShelf.digest("1")), .text(FileShelf.digest(""))]
        #expect(try await rig.records().map { $0["content"] } == expected)
        #expect(rig.system.lines == ["GET /items", "GET /files/1", "GET /files/2"])
        #expect(try await rig.records().map { $0["content"] } == expected)
        #expect(rig.system.lines.suffix(1) == ["GET /items"])
        // Another process knows them too.
        let next = try self.rig(desk, FileShelf(knowing: shelf.kept))
        #expect(try await next.records().map { $0["content"] } == expected)
        #expect(next.system.lines == ["GET /items"])
    }

    @Test("what is remembered is kept once for a reading, and names system, collection, record and size")
    func kept() async throws {
        let shelf = FileShelf()
        _ = try await rig(FileDesk(["one": "1", "two": "22"]), shelf).records()
        #expect(
            shelf.kept.keys.map(\.text).sorted() == [
                #"["https://desk.example","items",1,1]"#, #"["https://desk.example","items",2,2]"#,
            ])
        #expect(shelf.writes == 1)
    }

    @Test("a file that has another size by now is fetched again")
    func size() async throws {
        let desk = FileDesk(["one": "1"])
        let rig = try rig(desk)
        _ = try await rig.records()
        desk.put(1, "longer")
        #expect(try await rig.records().first?["content"] == .text(FileShelf.digest("longer")))
    }

    @Test("a digest that the system tells is taken, and nothing is fetched")
    func told() async throws {
        let hex = String(repeating: "aB", count: 32)
        let text = Self.definition.replacing("size: size", with: "size: size, hash: sha")
        let rig = try Rig(text, files: FileShelf().depot) { _ in
            .ok(#"{"items": [{"id": 1, "name": "x", "size": 3, "sha": "\#(hex)"}]}"#)
        }
        #expect(try await rig.records().first?["content"] == .text("sha256:" + hex.lowercased()))
        #expect(rig.system.lines == ["GET /items"])
    }

    @Test("a file above the limit is not fetched: its record is held, and others are read")
    func tooLarge() async throws {
        let desk = FileDesk(["big": String(repeating: "x", count: 1_048_577), "small": "s"])
        let rig = try rig(desk, settings: ["max_file_mb": .text("1")])
        let snapshot = try await rig.endpoint.read(.none, .whole)
        #expect(
            failure(snapshot, 0) == "the file 'big' has 1048577 bytes: 'max_file_mb' allows 1048576")
        #expect(try snapshot.decode(1)["content"] == .text(FileShelf.digest("s")))
        #expect(rig.system.lines == ["GET /items", "GET /files/2"])
    }

    @Test("a file whose size nobody told is cut off at the limit")
    func endless() async throws {
        let desk = FileDesk(["big": String(repeating: "x", count: 1_048_577)])
        let shelf = FileShelf()
        let text = Self.definition.replacing(", size: size", with: "")
        let rig = try rig(desk, shelf, text, settings: ["max_file_mb": .text("1")])
        let snapshot = try await rig.endpoint.read(.none, .whole)
        #expect(
            failure(snapshot, 0)
                == "the file 'big' cannot be fetched: the answer of desk.example is longer than 1048576 bytes")
        #expect(shelf.kept.isEmpty)
    }

    @Test("a file that comes short, or cannot be had, holds its own record and is asked for again")
    func short() async throws {
        let desk = FileDesk(["short": "abc", "gone": "def", "locked": "ghi"])
        let shelf = FileShelf()
        let rig = try Rig(Self.definition, files: shelf.depot, digests: shelf.memory) { asked in
            switch asked.path {
            case "/files/1": .ok("a")
            case "/files/2": .status(404)
            case "/files/3": .status(403)
            default: desk.answer(asked)
            }
        }
        let snapshot = try await rig.endpoint.read(.none, .whole)
        #expect(
            (0..<3).map { failure(snapshot, $0) } == [
                "the file 'short' cannot be fetched: 1 bytes of it came, and it is said to have 3",
                "the file 'gone' cannot be fetched: it answers with status 404",
                "the file 'locked' cannot be fetched: it answers with status 403",
            ])
        #expect(shelf.kept.isEmpty)
        _ = try await rig.endpoint.read(.none, .whole)
        #expect(rig.system.lines.count { $0.hasPrefix("GET /files/") } == 6)
    }

    @Test("a system that fails in the midst of a file fails the reading")
    func lost() async throws {
        let desk = FileDesk(["one": "1"])
        let rig = try Rig(Self.definition, files: FileShelf().depot) { asked in
            asked.path == "/files/1" ? .lostAfter : desk.answer(asked)
        }
        guard case .unreachable? = await rig.failure() else {
            Issue.record("it did not fail")
            return
        }
    }

    @Test("a file goes from one system to the other as it is, by its digest, and is not fetched where it was made")
    func carried() async throws {
        let shelf = FileShelf()
        let (source, target) = (FileDesk(["a \"b\"\r\nü.txt": "bytes"]), FileDesk([:]))
        let left = try rig(source, shelf)
        let right = try rig(target, shelf)
        let record = try #require(try await left.records().first)
        let fields: [String: Value] = ["name": record["name"] ?? .null, "content": record["content"] ?? .null]
        guard case .stored(_, let stored) = try await right.outcome(.create("", fields)) else {
            Issue.record("it was not made")
            return
        }
        #expect(stored?.content?.object?["content"] == .text(FileShelf.digest("bytes")))
        #expect(target.content(1) == "bytes")
        #expect(
            right.system.lines == ["POST /uploads?filename=a%20%22b%22%0D%0A%C3%BC.txt", "POST /items"])
        #expect(right.system.asked[0].headers["Content-Type"] == "application/octet-stream")
        // No echo: it is read back as what it was made with, and known already.
        #expect(try await right.records().first?["content"] == .text(FileShelf.digest("bytes")))
        #expect(right.system.lines.suffix(1) == ["GET /items"])
    }

    @Test("what is no longer at hand is fetched again where it comes from")
    func evicted() async throws {
        let shelf = FileShelf(most: 1)
        let source = FileDesk(["one": "1", "two": "2"])
        let left = try rig(source, shelf)
        let right = try rig(FileDesk([:]), shelf)
        _ = try await left.records()
        let outcome = try await right.outcome(
            .create("", ["name": .text("one"), "content": .text(FileShelf.digest("1"))]))
        guard case .stored = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(left.system.lines == ["GET /items", "GET /files/1", "GET /files/2", "GET /files/1"])
    }

    @Test("a file that changed meanwhile, or that nobody has, is refused with a word and nothing is made")
    func refused() async throws {
        let shelf = FileShelf(most: 1)
        let source = FileDesk(["one": "1", "two": "2"])
        let left = try rig(source, shelf)
        let target = FileDesk([:])
        let right = try rig(target, shelf)
        _ = try await left.records()
        source.put(1, "!", as: 1)
        func outcome(_ content: Value) async throws -> WriteOutcome {
            try await right.outcome(.create("", ["name": .text("x"), "content": content]))
        }
        #expect(
            try await outcome(.text(FileShelf.digest("1")))
                == .refused(
                    "its file changed while it was carried over: it has the digest \(FileShelf.digest("!"))"))
        let unknown = FileShelf.digest("unknown")
        #expect(
            try await outcome(.text(unknown))
                == .refused("no record that was read has a file with the digest \(unknown)"))
        #expect(
            try await outcome(.text("../../etc/passwd"))
                == .refused("it has no file: 'sha256:' and 64 hexadecimal digits stand for one"))
        #expect(right.system.lines.isEmpty)
    }

    @Test("where the system from which a file comes fails, the record waits, and the other connection is whole")
    func sourceFails() async throws {
        let shelf = FileShelf(most: 1)
        let fails = Mutex(false)
        let source = FileDesk(["one": "1", "two": "2"])
        let left = try Rig(Self.definition, files: shelf.depot, digests: shelf.memory) { asked in
            fails.withLock { $0 } ? .lostBefore : source.answer(asked)
        }
        let right = try rig(FileDesk([:]), shelf)
        _ = try await left.records()
        fails.withLock { $0 = true }
        let outcome = try await right.outcome(
            .create("", ["name": .text("one"), "content": .text(FileShelf.digest("1"))]))
        guard case .later(let words, _) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(words.hasPrefix("its file cannot be fetched: desk.example closed the connection"))
    }

    @Test("an upload whose answer is lost made nothing, and a create whose answer is lost is in doubt")
    func lostAnswers() async throws {
        let shelf = FileShelf()
        let target = FileDesk([:])
        let source = try rig(FileDesk(["one": "1"]), shelf)
        _ = try await source.records()
        let request = WriteRequest.create("", ["name": .text("one"), "content": .text(FileShelf.digest("1"))])
        let first = try Rig(Self.definition, files: shelf.depot) { asked in
            asked.path == "/uploads" ? .lostAfter : target.answer(asked)
        }
        guard case .unreachable? = await first.failure(of: request) else {
            Issue.record("the connection did not fail")
            return
        }
        let second = try Rig(Self.definition, files: shelf.depot) { asked in
            let reply = target.answer(asked)
            return asked.method == "POST" && asked.path == "/items" ? .lostAfter : reply
        }
        guard case .uncertain = try await second.outcome(request) else {
            Issue.record("it is not in doubt")
            return
        }
        #expect(target.content(1) == "1")
    }

    @Test(
        "in a body of several parts the file has its name and its type, and nothing of them ends a line or the quotes")
    func parts() async throws {
        let text = """
            collections:
              items:
                fields:
                  id: {type: int, read_only: true}
                  name: {type: text}
                  kind: {type: text}
                  content: {type: file, download: "GET /files/{id}", size: size, name: name}
                list: {request: GET /items, records: body.items}
                get: {request: "GET /items/{id}", record: body}
                create:
                  request: POST /items
                  headers: {X-Atlassian-Token: "'no-check'"}
                  file: {content: record.content, part: file, name: record.name, type: record.kind}
                  record: body[0]
            """
        let shelf = FileShelf()
        let digest = try shelf.depot.make(Array("bytes".utf8))
        let rig = try Rig(text, files: shelf.depot, digests: shelf.memory) { _ in
            .ok(#"[{"id": 1, "name": "n", "size": 5}]"#)
        }
        let name = "a\"b\r\nX: y ü.txt"
        _ = try await rig.outcome(
            .create("", ["name": .text(name), "kind": .text("text/plain\r\nX: y"), "content": .text(digest)]))
        let sent = try #require(rig.system.asked.first)
        let boundary = "lockstep-" + digest.suffix(56)
        #expect(sent.headers["Content-Type"] == "multipart/form-data; boundary=\(boundary)")
        #expect(sent.headers["X-Atlassian-Token"] == "no-check")
        #expect(
            sent.text == """
                --\(boundary)\r
                Content-Disposition: form-data; name="file"; filename="a%22b%0D%0AX: y ü.txt"\r
                Content-Type: application/octet-stream\r
                \r
                bytes\r
                --\(boundary)--\r

                """)
    }

    @Test("a file is not changed once its record is there")
    func unchangeable() async throws {
        let rig = try rig(FileDesk(["one": "1"]))
        #expect(
            try await rig.outcome(.update("1", ["content": .text(FileShelf.digest("2"))]))
                == .refused("'content' is set when a record is made, and not later"))
    }

    @Test("samples have no files, and fetch none")
    func samples() async throws {
        let rig = try rig(FileDesk(["one": "1"]))
        let sample = try await rig.endpoint.sample(5)
        #expect(sample.records.map { $0["content"] } == [.null])
        #expect(rig.system.lines == ["GET /items"])
    }

    private func failure(_ snapshot: Snapshot, _ number: Int) -> String? {
        do throws(RecordFailure) {
            _ = try snapshot.decode(number)
            return nil
        } catch {
            return error.message
        }
    }
}
