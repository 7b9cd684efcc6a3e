import Model
import TestKit
import Testing
import Values

@Suite("JSON documents with an array of records")
struct JSONArrayTests {
    @Test(
        "are read whatever their space",
        arguments: [
            ("[]", ""), (" [ ] \r\n", ""), ("\u{feff}[{\"id\":1}]", #"{"id":1}"#),
            ("[{\"id\":1},{\"id\":\"b\"}]", "{\"id\":1}\n{\"id\":\"b\"}"),
            ("\n[\n  {\n    \"id\": 1\n  }\n  ,\n  {\"id\": 2}\n]\n", "{\"id\":1}\n{\"id\":2}"),
        ])
    func forms(content: String, records: String) async throws {
        #expect(try await TestFile("json", content).outcome() == records)
    }

    @Test(
        "may have it anywhere",
        arguments: [
            ("/items", #"{"a":[{"items":[]}],"items":[{"id":1}],"b":{}}"#),
            ("/data/items", #"{"data":{"x":"]}","items":[{"id":1}],"y":[[[]]]},"items":[]}"#),
            ("/1/0", #"[{"id":5},[[{"id":1}],2],"x"]"#),
            ("/a~1b/m~0n/", #"{"a/b":{"m~n":{"":[{"id":1}]}}}"#),
            ("/é", #"{"\u00e9":[{"id":1}]}"#),
        ])
    func pointers(pointer: String, content: String) async throws {
        #expect(try await TestFile("json", content, ["pointer": .text(pointer)]).outcome() == #"{"id":1}"#)
    }

    @Test(
        "say where they are wrong",
        arguments: [
            ("", "", "items.json:1:1: the text ends too early"),
            (
                "", "{}",
                "items.json:1:1: the document is no array; the setting 'pointer' says where in it the records stand"
            ),
            ("", "[\n1]", "items.json:2:1: a record must be an object"),
            ("", "[{\"id\":1}\n{\"id\":2}]", "items.json:2:1: a comma or ']' is missing"),
            ("", "[{\"id\":1},\n]", "items.json:2:1: nothing follows the comma"),
            ("", "[{\"id\":1}", "items.json:1:10: the text ends too early"),
            ("", "[{\"id\":1}]\n\n x", "items.json:3:2: something stands behind the value"),
            ("", "[{\"id\":1},\n\n{\"a\":2}]", "items.json:3: the record has no field 'id' for its id"),
            ("", "[{\"id\":1},\n {\"id\":1}\n]", "items.json:2: the id '1' stands twice, first on line 1"),
            ("", "[{\"id\":1,\n \"é\":1,\"é\":2}]", "items.json:2:8: the name 'é' stands twice in one object"),
            (
                "", "[\n{\"id\":1,\"a\":\"\\x\"}]",
                "items.json:2:14: a backslash is followed by no escape that JSON knows"
            ),
            ("/a", "{\"a\":{}}", "items.json:1:6: what stands at '/a' is no array"),
            ("/b", "{\"a\":[]}", "items.json has nothing at '/b', where its records should be"),
            ("/a/b", "{\"a\":7}", "items.json has nothing at '/a/b', where its records should be"),
            ("/a/7", "{\"a\":[1]}", "items.json has nothing at '/a/7', where its records should be"),
            ("/a", "{\"a\":[],\n\"a\":[]}", "items.json:2:1: the name 'a' stands twice in one object"),
            ("/a", "{\"b\":[1,],\"a\":[]}", "items.json:1:9: nothing follows the comma"),
            ("/a", "{\"a\":[],\"b\":{\"c\" 1}}", "items.json:1:18: a colon is missing"),
            ("/a", "{\"a\":[]", "items.json:1:8: the text ends too early"),
            ("/a", "{\"a\":[]}}", "items.json:1:9: something stands behind the value"),
        ])
    func places(pointer: String, content: String, message: String) async throws {
        #expect(try await TestFile("json", content, ["pointer": .text(pointer)]).outcome() == message)
    }

    @Test("are refused where they are nested too deep")
    func deep() async throws {
        let before = String(repeating: "[", count: 600)
        let file = try TestFile("json", "{\"x\":\(before)", ["pointer": .text("/a")])
        #expect(await file.outcome() == "items.json:1:517: lists and objects are nested more than 512 deep")
    }

    @Test("pass through a window that is smaller than they are, with what stands around the array")
    func windows() async throws {
        let many = (0..<60_000).map { "{\"n\":\($0),\"e\":\"é\\u00e9\"}" }.joined(separator: ",\n")
        let records = (0..<20_000).map { "  {\"id\": \($0), \"text\": \"é\"}" }.joined(separator: ",\n")
        let content = "{\"before\": [\(many)],\n\"items\": [\n\(records)\n],\n\"after\": [\(many)]}\n"
        let file = try TestFile("json", content, ["pointer": .text("/items")])
        let read = try await ReadCollection(file)
        #expect(read.ids == (0..<20_000).map(String.init))
        #expect(read.snapshot.kept[19_999].line == UInt32(60_000 + 1 + 20_000))
        _ = try await file.outcomes([.update("777", ["text": .text("z")]), .delete("0"), .delete("19999")])
        let wanted = content.split(separator: "\n", omittingEmptySubsequences: false).filter {
            $0 != "  {\"id\": 0, \"text\": \"é\"}," && $0 != "  {\"id\": 19999, \"text\": \"é\"}"
        }.joined(separator: "\n")
        let expected = wanted.split(separator: "{\"id\": 777, \"text\": \"é\"}").joined(
            separator: "{\"id\": 777, \"text\": \"z\"}")
        let trimmed = expected.split(separator: "{\"id\": 19998, \"text\": \"é\"},").joined(
            separator: "{\"id\": 19998, \"text\": \"é\"}")
        #expect(file.content.utf8.elementsEqual(trimmed.utf8))
    }

    @Test("are written so that no other byte changes", arguments: cases)
    func writing(example: WriteCase) async throws { try await example.check("json") }

    private static let pretty = """
        [
          {
            "id": 1,
            "name": "a",
            "tags": ["x", "y"]
          },
          {
            "id": 2,
            "name": "b"
          }
        ]

        """

    private static let cases: [WriteCase] = [
        WriteCase(
            "values on their lines", pretty,
            [.update("1", ["name": .text("z"), "tags": .list([.text("w"), .int(1)])])],
            """
            [
              {
                "id": 1,
                "name": "z",
                "tags": ["w", 1]
              },
              {
                "id": 2,
                "name": "b"
              }
            ]

            """),
        WriteCase(
            "a missing field, and a new record", pretty,
            [
                .update("2", ["tags": .list([.text("w"), .object(["k": .list([])])])]),
                .create("3", ["name": .text("c")], kind: .number),
            ],
            """
            [
              {
                "id": 1,
                "name": "a",
                "tags": ["x", "y"]
              },
              {
                "id": 2,
                "name": "b",
                "tags": [
                  "w",
                  {
                    "k": []
                  }
                ]
              },
              {
                "id": 3,
                "name": "c"
              }
            ]

            """),
        WriteCase(
            "a delete of the first", pretty, [.delete("1")], "[\n  {\n    \"id\": 2,\n    \"name\": \"b\"\n  }\n]\n"),
        WriteCase(
            "a delete of the last", pretty, [.delete("2")],
            "[\n  {\n    \"id\": 1,\n    \"name\": \"a\",\n    \"tags\": [\"x\", \"y\"]\n  }\n]\n"),
        WriteCase("a delete of all", pretty, [.delete("1"), .delete("2")], "[]\n"),
        WriteCase(
            "a delete of all, and new ones", pretty, [.delete("1"), .delete("2"), .create("x"), .create("y")],
            "[\n  {\n    \"id\": \"x\"\n  },\n  {\n    \"id\": \"y\"\n  }\n]\n"),
        WriteCase(
            "in the middle of one line", #"[{"id":1}, {"id":2}, {"id":3}]"#,
            [.delete("2"), .update("3", ["a": .int(1)]), .create("4", ["b": .int(2)])],
            #"[{"id":1}, {"id":3,"a":1}, {"id":"4","b":2}]"#),
        WriteCase(
            "deletes at the start", #"[ {"id":1}, {"id":2}, {"id":3}, {"id":4} ]"#,
            [.delete("1"), .delete("2"), .delete("4")],
            #"[ {"id":3} ]"#),
        WriteCase(
            "a new one behind a single one", #"[{"id": 1}]"#, [.create("2", [:], kind: .number)],
            #"[{"id": 1}, {"id": 2}]"#),
        WriteCase(
            "commas before lines", "[ {\"id\":1}\n, {\"id\":2}\n]", [.create("3", [:], kind: .number), .delete("1")],
            "[ {\"id\":2}\n, {\"id\":3}\n]"),
        WriteCase(
            "new ones in an empty document", "[]\n", [.create("a", ["n": .int(1)]), .create("b")],
            "[\n  {\"id\": \"a\", \"n\": 1},\n  {\"id\": \"b\"}\n]\n"),
        WriteCase("nothing in an empty document", " [  ]", [.delete("a")], " [  ]"),
        WriteCase(
            "a mark and line ends stay", "\u{feff}[\r\n{\"id\":1},\r\n{\"id\":2}\r\n]\r\n",
            [.create("3", [:], kind: .number)],
            "\u{feff}[\r\n{\"id\":1},\r\n{\"id\":2},\r\n{\"id\":3}\r\n]\r\n"),
    ]

    @Test("are written inside a larger document")
    func inside() async throws {
        let examples = [
            WriteCase(
                "", "{\n    \"v\": {\"x\": [ ]},\n    \"items\": [],\n    \"w\": 1.50\n}",
                [.create("a"), .create("b", ["n": .int(1)])],
                "{\n    \"v\": {\"x\": [ ]},\n    \"items\": [\n        {\"id\": \"a\"},\n        {\"id\": \"b\", \"n\": 1}\n    ],\n    \"w\": 1.50\n}"
            ),
            WriteCase(
                "", #"{"items":[],"w":1}"#, [.create("a"), .create("b")], #"{"items":[{"id":"a"},{"id":"b"}],"w":1}"#),
            WriteCase(
                "", #"{"a":[{"id":1}],"items":[{"id":1,"n":2}]}"#, [.update("1", ["n": .int(3)]), .create("2")],
                #"{"a":[{"id":1}],"items":[{"id":1,"n":3},{"id":"2"}]}"#),
        ]
        for example in examples { try await example.check("json", ["pointer": .text("/items")]) }
    }
}
