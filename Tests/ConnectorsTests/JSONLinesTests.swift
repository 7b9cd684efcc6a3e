import Model
import TestKit
import Testing
import Values

@Suite("JSON Lines files")
struct JSONLinesTests {
    @Test(
        "are read whatever their space, line ends and marks",
        arguments: [
            ("", ""),
            ("\n \n\t\r\n", ""),
            ("\u{feff}", ""),
            ("\u{feff}{\"id\":1}\n", #"{"id":1}"#),
            ("{\"id\":1}\r\n\r\n  { \"id\" : \"x\" } \r\n", "{\"id\":1}\n{\"id\":\"x\"}"),
            (#"{"a":{"id":9},"id":"a\nb","x":0.10}"#, #"{"a":{"id":9},"id":"a\nb","x":0.10}"#),
            (#"{"\u0069d":"x"}"#, #"{"id":"x"}"#),
            (#"{"id":12345678901234567890}"#, #"{"id":12345678901234567890}"#),
        ])
    func forms(content: String, records: String) async throws {
        #expect(try await TestFile("jsonl", content).outcome() == records)
    }

    @Test("keep text and number apart in an id's kind, and print both the same")
    func kinds() async throws {
        let read = try await ReadCollection(TestFile("jsonl", "{\"id\":\"7\"}\n{\"id\":8}\n\n{\"id\":-9}\n"))
        #expect(read.ids == ["7", "8", "-9"])
        #expect(read.snapshot.kept.map(\.kind) == [.text, .number, .number])
        #expect(read.snapshot.kept.map(\.line) == [1, 2, 4])
        #expect(read.snapshot.greatestNumber == 8)
    }

    @Test("give the same records to several tasks at once")
    func severalTasks() async throws {
        let lines = (1...500).map { #"{"id":\#($0),"n\#($0 % 7)":"\#($0)","u":{"a":[\#($0)]}}"# }
        let snapshot = try await ReadCollection(TestFile("jsonl", lines.joined(separator: "\n"))).snapshot
        await withTaskGroup(of: [String].self) { tasks in
            for _ in 0..<4 {
                tasks.addTask {
                    snapshot.kept.indices.map { number in
                        (try? snapshot.decode(number)).map { JSON.text(.object($0)) } ?? "nothing"
                    }
                }
            }
            for await texts in tasks { #expect(texts == lines) }
        }
    }

    @Test(
        "say where they are wrong",
        arguments: [
            ("{\"id\":1}\n[1]\n", "items.jsonl:2: a record must be an object"),
            ("{\"id\":1}\n\"x\"\n", "items.jsonl:2: a record must be an object"),
            ("{\"id\":1}\n{\"id\":2} {}\n", "items.jsonl:2:10: something stands behind the value"),
            ("{\"id\":1}\n{\"id\":2,}\n", "items.jsonl:2:9: nothing follows the comma"),
            ("{\"id\":1}\n{\"é\":[1,],\"id\":2}\n", "items.jsonl:2:9: nothing follows the comma"),
            ("{\"id\":1}\n{\"id\":2", "items.jsonl:2:8: the text ends too early"),
            ("{\"id\":1}\n{\"x\":2}\n", "items.jsonl:2: the record has no field 'id' for its id"),
            ("{\"id\":\"\"}\n", "items.jsonl:1: the id in the field 'id' is empty"),
            ("{\"id\":1.5}\n", "items.jsonl:1: the id in the field 'id' is neither text nor a whole number"),
            ("{\"id\":1e3}\n", "items.jsonl:1: the id in the field 'id' is neither text nor a whole number"),
            ("{\"id\":null}\n", "items.jsonl:1: the id in the field 'id' is neither text nor a whole number"),
            ("{\"id\":[1,2]}\n", "items.jsonl:1: the id in the field 'id' is neither text nor a whole number"),
            ("{\"id\":1}\n\n{\"id\":\"1\"}\n", "items.jsonl:3: the id '1' stands twice, first on line 1"),
            ("{\"id\":1,\"id\":2}\n", "items.jsonl:1:9: the name 'id' stands twice in one object"),
            (
                "{\"id\":1,\"a\":[{\"x\":1,\"\\u0078\":2}]}\n",
                "items.jsonl:1:21: the name 'x' stands twice in one object"
            ),
            (
                "{\"id\":1,\"a\":\"\u{1}\"}\n",
                "items.jsonl:1:14: the control character U+0001 stands in a string unescaped"
            ),
            ("{\"id\":01}\n", "items.jsonl:1:7: a number begins with 0"),
            ("{\"id\":1}\n  \n  {\"id\":tru}\n", "items.jsonl:3:9: no JSON value starts here"),
        ])
    func places(content: String, message: String) async throws {
        #expect(try await TestFile("jsonl", content).outcome() == message)
    }

    @Test("say where bytes are not UTF-8")
    func encoding() async throws {
        let file = try TestFile("jsonl", Array("{\"id\":1,\"é\":\"".utf8) + [0xFF] + Array("\"}\n".utf8))
        #expect(await file.outcome() == "items.jsonl:1:14: bytes are not UTF-8")
    }

    @Test("find a name that stands twice among a hundred")
    func manyNames() async throws {
        let names = (0..<100).map { "\"n\($0)\":\($0)" }.joined(separator: ",")
        let fine = try TestFile("jsonl", "{\"id\":1,\(names)}\n")
        #expect(try await ReadCollection(fine).records[0].count == 101)
        let wrong = try TestFile("jsonl", "{\"id\":1,\(names),\"n3\":0}\n")
        #expect(
            await wrong.outcome() == "items.jsonl:1:\(names.utf8.count + 10): the name 'n3' stands twice in one object")
    }

    @Test("may have their id inside objects, or made of several fields")
    func paths() async throws {
        let content = #"{"a":1,"meta":{"x":{},"key":"k,1"},"Due Date":{"no":5}}"#
        #expect(try await ReadCollection(TestFile("jsonl", content, id: ["meta.key"])).ids == ["k,1"])
        #expect(try await ReadCollection(TestFile("jsonl", content, id: ["['Due Date'].no"])).ids == ["5"])
        #expect(
            try await ReadCollection(TestFile("jsonl", content, id: ["meta['key']", "a"])).ids == [#"["k,1","1"]"#])
        let missing = try TestFile("jsonl", content, id: ["a.key"])
        #expect(await missing.outcome() == "items.jsonl:1: the record has no field 'a.key' for its id")
    }

    @Test("pass through a window that is smaller than they are")
    func windows() async throws {
        var content = ""
        for number in 0..<6000 {
            content += "{\"id\":\(number),\"text\":\"\(String(repeating: "é", count: number % 211))\"}\n"
        }
        #expect(content.utf8.count > 1 << 20)
        let read = try await ReadCollection(TestFile("jsonl", content))
        #expect(read.ids == (0..<6000).map(String.init))
        #expect(read.records[5999]["text"] == .text(String(repeating: "é", count: 5999 % 211)))
    }

    @Test("are written so that no other byte changes", arguments: cases)
    func writing(example: WriteCase) async throws { try await example.check("jsonl") }

    private static let cases: [WriteCase] = [
        WriteCase(
            "a value among others", "{ \"id\" :1,  \"name\": \"a\" ,\"x\":[1, 2]}\r\n\r\n{\"id\":2}",
            [.update("1", ["name": .text("é\"")])], "{ \"id\" :1,  \"name\": \"é\\\"\" ,\"x\":[1, 2]}\r\n\r\n{\"id\":2}"
        ),
        WriteCase(
            "escapes and numbers of other fields stay", #"{"id":1,"a":"\u00e9\/","b":1.0e2,"c":1}"#,
            [.update("1", ["c": .decimal(Decimal(verified: "0.10"))])], #"{"id":1,"a":"\u00e9\/","b":1.0e2,"c":0.10}"#),
        WriteCase(
            "a value that means the same stays as it is spelled", #"{"id":1,"a":"\u00e9","b":1.0,"c":{"x": 1, "y":2}}"#,
            [.update("1", ["a": .text("é"), "b": .int(1), "c": .object(["y": .int(2), "x": .int(1)])])],
            #"{"id":1,"a":"\u00e9","b":1.0,"c":{"x": 1, "y":2}}"#),
        WriteCase(
            "null is not the empty text", #"{"id":1,"a":null}"#, [.update("1", ["a": .text("")])], #"{"id":1,"a":""}"#),
        WriteCase(
            "a missing field, in a compact record", #"{"id":1,"a":2}"#, [.update("1", ["b": .bool(true)])],
            #"{"id":1,"a":2,"b":true}"#),
        WriteCase(
            "a missing field, in a record with spaces", #"{"id": 1, "a": 2}"#,
            [.update("1", ["b": .list([.int(1), .int(2)])])],
            #"{"id": 1, "a": 2, "b": [1, 2]}"#),
        WriteCase(
            "a missing field, in a record with much space", #"{ "id" : 1 , "a" : 2 }"#, [.update("1", ["b": .null])],
            #"{ "id" : 1 , "a" : 2 , "b" : null }"#),
        WriteCase(
            "a missing field behind a single one", #"{"id": 1}"#, [.update("1", ["b": .int(2), "c": .int(3)])],
            #"{"id": 1, "b": 2, "c": 3}"#),
        WriteCase(
            "a name with escapes", #"{"id":1,"na\u006de":"a"}"#, [.update("1", ["name": .text("b")])],
            #"{"id":1,"na\u006de":"b"}"#),
        WriteCase(
            "a delete takes its line end along", "{\"id\":1}\r\n{\"id\":2}\r\n\n{\"id\":3}", [.delete("2")],
            "{\"id\":1}\r\n\n{\"id\":3}"),
        WriteCase("a delete of the last line", "{\"id\":1}\n{\"id\":2}", [.delete("2")], "{\"id\":1}\n"),
        WriteCase("a delete of all", "\u{feff}{\"id\":1}\n", [.delete("1")], "\u{feff}"),
        WriteCase("a new line in an empty file", "", [.create("a", ["b": .int(1)])], "{\"id\":\"a\",\"b\":1}\n"),
        WriteCase("a new line behind a mark", "\u{feff}", [.create("a")], "\u{feff}{\"id\":\"a\"}\n"),
        WriteCase(
            "a new line behind a line without an end", "{\"id\": 1, \"x\": 2}\r\n{\"id\": 2}",
            [
                .create(
                    "3", ["b": .list([.int(1), .null]), "a": .object(["x": .int(1), "y": .object([:])])], kind: .number)
            ],
            "{\"id\": 1, \"x\": 2}\r\n{\"id\": 2}\r\n{\"id\": 3, \"a\": {\"x\": 1, \"y\": {}}, \"b\": [1, null]}\r\n"),
        WriteCase(
            "new lines with other fields each", "{\"id\":1}\n",
            [.create("2", ["a": .int(1)]), .create("3", ["b": .int(1)])],
            "{\"id\":1}\n{\"id\":\"2\",\"a\":1}\n{\"id\":\"3\",\"b\":1}\n"),
        WriteCase(
            "the id keeps the place among the fields that it is given", "",
            [
                WriteRequest(
                    verb: .create, id: RecordID(key: "7", kind: .number),
                    fields: [(FieldPath("a"), .int(1)), (FieldPath("id"), .int(7))])
            ], "{\"a\":1,\"id\":7}\n"),
        WriteCase(
            "an id cannot change, nor be two things", "{\"id\":1}\n",
            [.update("1", ["id": .int(2)]), .create("3", ["id": .int(4)])], "{\"id\":1}\n",
            refused: [
                "the fields of the record's id cannot change", "the record's id is '3', but its fields say otherwise",
            ]),
        WriteCase("an id may be set to what it is", "{\"id\":1}\n", [.update("1", ["id": .int(1)])], "{\"id\":1}\n"),
        WriteCase(
            "what JSON cannot hold is refused", "{\"id\":1}\n", [.update("1", ["a": .double(.nan)])], "{\"id\":1}\n",
            refused: ["the field 'a' cannot hold a number that is not finite: JSON has none"]),
    ]
}

@Suite("Fields inside objects")
struct NestedFieldTests {
    @Test("are set in place, and make the objects on their way", arguments: cases)
    func writing(example: WriteCase) async throws { try await example.check("jsonl") }

    private static func set(_ fields: [(String, Value)]) -> [WriteRequest] {
        [
            WriteRequest(
                verb: .update, id: RecordID(key: "1"),
                fields: fields.map { name, value in
                    (FieldPath(steps: name.split(separator: ".").map(String.init), text: name), value)
                })
        ]
    }

    private static let cases: [WriteCase] = [
        WriteCase(
            "one that is there", #"{"id":1,"u":{"a": 1,"b":{"c":2}}}"#, set([("u.b.c", .int(3))]),
            #"{"id":1,"u":{"a": 1,"b":{"c":3}}}"#),
        WriteCase(
            "several of one object, there and missing", #"{"id": 1, "u": {"a": 1, "z": 9}, "w": 0}"#,
            set([("u.b", .int(2)), ("u.a", .int(3)), ("w", .int(1))]),
            #"{"id": 1, "u": {"a": 3, "z": 9, "b": 2}, "w": 1}"#),
        WriteCase(
            "missing objects", #"{"id": 1}"#, set([("u.a.b", .int(2)), ("u.c", .int(3))]),
            #"{"id": 1, "u": {"a": {"b": 2}, "c": 3}}"#),
        WriteCase("an empty object", #"{"id": 1, "u": {}}"#, set([("u.a", .int(2))]), #"{"id": 1, "u": {"a": 2}}"#),
        WriteCase(
            "an empty object with space", #"{"id":1,"u":{ }}"#, set([("u.a", .int(2))]), #"{"id":1,"u":{"a":2}}"#),
        WriteCase(
            "null in the place of an object", #"{"id":1,"u":null}"#, set([("u.a", .int(2))]), #"{"id":1,"u":{"a":2}}"#),
        WriteCase(
            "text in the place of an object", #"{"id":1,"u":"x"}"#, set([("u.a", .int(2))]), #"{"id":1,"u":"x"}"#,
            refused: ["the field 'u.a' lies inside something that is no object"]),
        WriteCase(
            "a list in the place of an object", #"{"id":1,"u":{"v":[]}}"#, set([("u.v.w", .int(2))]),
            #"{"id":1,"u":{"v":[]}}"#, refused: ["the field 'u.v.w' lies inside something that is no object"]),
    ]

    @Test("make the id of a new record, and take its place")
    func newRecord() async throws {
        let create = WriteRequest(
            verb: .create, id: RecordID(key: "k"),
            fields: [(FieldPath(steps: ["meta", "x"], text: "meta.x"), .int(1)), (FieldPath("a"), .int(2))])
        let example = WriteCase("", "", [create], "{\"meta\":{\"key\":\"k\",\"x\":1},\"a\":2}\n")
        try await example.check("jsonl", id: ["meta.key"])
    }
}
