import Connectors
import FileIO
import Glibc
import Model
import TestKit
import Testing
import Values

@Suite("A file that is written")
struct WrittenFileTests {
    @Test(
        "stays as it is where it is wrong, and the mistake is named",
        arguments: [
            ("csv", "id,n\n1,a\n2,b\n1,c\n", "1", "items.csv:4: the id '1' stands twice"),
            ("csv", "id,n\n1,a\n2,\"b\n", "1", "items.csv:3:3: the quote that opens here is never closed"),
            ("csv", "", "1", "items.csv:1: the file has no head line"),
            ("jsonl", "{\"id\":1}\n{\"id\":1}\n", "1", "items.jsonl:2: the id '1' stands twice"),
            ("json", "[{\"id\":1}] x", "1", "items.json:1:12: something stands behind the value"),
            ("json", "[{\"id\":1}, {\"id\":2}", "1", "items.json:1:20: the text ends too early"),
        ])
    func malformed(type: String, content: String, id: String, message: String) async throws {
        let file = try TestFile(type, content)
        do {
            _ = try await file.write(WriteBatch([.update(id, ["n": .text("z")]), .create("9")])) { number, _ in
                Issue.record("\(number) was reported")
            }
            Issue.record("the write was made")
        } catch {
            #expect(file.sentence(error) == message)
        }
        #expect(file.content == content)
        #expect(file.folder.names == ["items.\(type)"])
    }

    @Test(
        "keeps a record that cannot be read as it is, and has the others written",
        arguments: [
            ("csv", "id,n\n1,a\n2\n,b\n", "id,n\n1,z\n2\n,b\n9,\n"),
            ("jsonl", "{\"id\":1}\n{\"id\":2,}\n[]\n", "{\"id\":1,\"n\":\"z\"}\n{\"id\":2,}\n[]\n{\"id\":\"9\"}\n"),
        ])
    func unreadable(type: String, before: String, after: String) async throws {
        let file = try TestFile(type, before)
        let outcomes = try await file.outcomes([
            .update("1", ["n": .text("z")]), .update("2", ["n": .text("z")]), .create("9"),
        ])
        #expect(outcomes[1] == .moved)
        #expect(file.content == after)
    }

    @Test(
        "keeps its time and its inode where nothing changes",
        arguments: [
            ("csv", "id,n\n1,a\n"), ("jsonl", "{\"id\":1,\"n\":\"a\"}\n"), ("json", "[{\"id\":1,\"n\":\"a\"}]"),
        ])
    func untouched(type: String, content: String) async throws {
        let file = try TestFile(type, content)
        let before = try Disk().identity(file.path)
        let stamp = try await file.write(WriteBatch([])) { _, _ in }
        #expect(stamp == nil)
        let outcomes = try await file.outcomes([
            .update("1", ["n": .text("a")]), .delete("2"), .update("1", ["n": .text("b")]),
        ])
        #expect(outcomes[1] == .moved)
        #expect(try Disk().identity(file.path) == before)
    }

    @Test("keeps its mode, and the link that leads to it")
    func links() async throws {
        let folder = try ScratchFolder()
        let target = try folder.write("real.csv", "id,n\n1,a\n")
        chmod(target, 0o640)
        symlink("real.csv", folder.path + "/link.csv")
        let endpoint = try ConnectorCatalogue.endpoint(
            type: "csv", settings: ResolvedSettings(["path": .text(folder.path + "/link.csv")]), collection: "any",
            folder: "", disk: Disk())
        _ = try await endpoint.outcomes([.update("1", ["n": .text("z")])])
        #expect(try folder.text("real.csv") == "id,n\n1,z\n")
        #expect(try Disk().identity(target)?.permissions == 0o640)
        var status = stat()
        #expect(lstat(folder.path + "/link.csv", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test(
        "takes thousands of records, and knows its stamp",
        arguments: [
            ("csv", "id,text\n"), ("jsonl", ""), ("json", "[]"),
        ])
    func many(type: String, content: String) async throws {
        let file = try TestFile(type, content)
        let batch = WriteBatch(count: 5000) { number in
            .create("\(number)", ["text": .text(String(repeating: "é,", count: number % 50))])
        }
        var stored = 0
        let stamp = try await file.write(batch) { number, outcome in
            if number == stored, case .stored = outcome { stored += 1 }
        }
        #expect(stored == 5000)
        #expect(try await file.stamp() == stamp)
        let read = try await ReadCollection(file)
        #expect(read.ids == (0..<5000).map(String.init))
        #expect(read.records[4999]["text"] == .text(String(repeating: "é,", count: 49)))
        let updates = WriteBatch(count: 5000) { number in .update("\(4999 - number)", ["text": .text("n\(number)")]) }
        let after = try await file.write(updates) { _, _ in }
        let again = try await ReadCollection(file, KnownRecords(links: read.links, side: .left))
        #expect(again.snapshot.stamp == after)
        #expect(again.ids == read.ids)
        #expect(again.records[0]["text"] == .text("n4999"))
    }

    @Test(
        "holds no record that is too large to be read",
        arguments: [
            ("csv", "id,n\n1,\"", "items.csv:2:3: the row is longer than 64 MiB"),
            ("csv", "id,n\n1,", "items.csv:2: the row is longer than 64 MiB"),
            ("jsonl", "\n{\"id\":1,\"n\":\"", "items.jsonl:2: the line is longer than 64 MiB"),
        ])
    func tooLarge(type: String, start: String, message: String) async throws {
        let content = Array(start.utf8) + [UInt8](repeating: 0x78, count: 65 << 20)
        #expect(try await TestFile(type, content).outcome() == message)
    }
}

@Suite("What is added to a JSON object looks like what is there")
struct JSONStyleTests {
    private static let set: [WriteRequest] = [
        WriteRequest(
            verb: .update, id: RecordID(key: "1"),
            fields: [
                (FieldPath(steps: ["u", "v"], text: "u.v"), .object(["a": .int(1), "b": .list([])])),
                (FieldPath("l"), .list([.int(1), .list([.text("x"), .null])])),
            ])
    ]

    @Test(
        "whatever its style",
        arguments: [
            WriteCase(
                "compact", #"[{"id":1,"x":2}]"#, set, #"[{"id":1,"x":2,"u":{"v":{"a":1,"b":[]}},"l":[1,["x",null]]}]"#),
            WriteCase(
                "spaced", #"[{"id": 1, "x": 2}]"#, set,
                #"[{"id": 1, "x": 2, "u": {"v": {"a": 1, "b": []}}, "l": [1, ["x", null]]}]"#),
            WriteCase(
                "spaced within braces", #"[{ "id": 1, "x": 2 }]"#, set,
                #"[{ "id": 1, "x": 2, "u": { "v": { "a": 1, "b": [] } }, "l": [1, ["x", null]] }]"#),
            WriteCase(
                "on lines", "[{\n\t\"id\": 1,\n\t\"x\": 2\n}]", set,
                """
                [{
                \t"id": 1,
                \t"x": 2,
                \t"u": {
                \t\t"v": {
                \t\t\t"a": 1,
                \t\t\t"b": []
                \t\t}
                \t},
                \t"l": [
                \t\t1,
                \t\t[
                \t\t\t"x",
                \t\t\tnull
                \t\t]
                \t]
                }]
                """),
            WriteCase(
                "on lines, with an object inside that is not",
                "[\n {\n  \"id\": 1,\n  \"u\": {\"x\": 2},\n  \"l\": [3]\n }\n]", set,
                "[\n {\n  \"id\": 1,\n  \"u\": {\"x\": 2, \"v\": {\"a\": 1, \"b\": []}},\n  \"l\": [1, [\"x\", null]]\n }\n]"
            ),
            WriteCase(
                "on lines, with lists on lines", "[\n {\n  \"id\": 1,\n  \"u\": {},\n  \"l\": [\n   3\n  ]\n }\n]", set,
                """
                [
                 {
                  "id": 1,
                  "u": {
                   "v": {
                    "a": 1,
                    "b": []
                   }
                  },
                  "l": [
                   1,
                   [
                    "x",
                    null
                   ]
                  ]
                 }
                ]
                """),
        ])
    func styles(example: WriteCase) async throws { try await example.check("json") }
}
