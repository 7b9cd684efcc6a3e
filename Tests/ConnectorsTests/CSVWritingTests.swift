import Model
import TestKit
import Testing
import Values

@Suite("Writing a CSV file")
struct CSVWritingTests {
    @Test("changes the bytes of what is written, and no others", arguments: cases)
    func bytes(example: WriteCase) async throws { try await example.check("csv") }

    private static let cases: [WriteCase] = [
        WriteCase(
            "a cell without quotes", "id,name,x\n1,a,b\n2,c,d\n", [.update("1", ["name": .text("z")])],
            "id,name,x\n1,z,b\n2,c,d\n"),
        WriteCase(
            "a cell with quotes keeps them", "id,name,x\n1,\"a\",\"b\"\n", [.update("1", ["name": .text("z")])],
            "id,name,x\n1,\"z\",\"b\"\n"),
        WriteCase(
            "a cell gets quotes where it needs them", "id,name,x\n1,a,b\n",
            [.update("1", ["name": .text("say \"a,b\"")])], "id,name,x\n1,\"say \"\"a,b\"\"\",b\n"),
        WriteCase(
            "a line break in a cell", "id,name,x\r\n1,a,b\r\n2,c,d", [.update("2", ["x": .text("e\nf")])],
            "id,name,x\r\n1,a,b\r\n2,c,\"e\nf\""),
        WriteCase(
            "a carriage return in a cell", "id,name\n1,a\n", [.update("1", ["name": .text("e\rf")])],
            "id,name\n1,\"e\rf\"\n"),
        WriteCase(
            "needless quotes of other cells stay", "\"id\",name,\"x\"\n\"1\",a,\"b\"\n2,\"c\",d\n",
            [.update("1", ["name": .text("z")])], "\"id\",name,\"x\"\n\"1\",z,\"b\"\n2,\"c\",d\n"),
        WriteCase(
            "a cell that holds the value already stays as it is spelled", "id,name,x\n1,\"a\",b\n",
            [.update("1", ["name": .text("a"), "x": .text("c")])], "id,name,x\n1,\"a\",c\n"),
        WriteCase(
            "a file in which nothing changes", "id,name\r\n\r\n1,\"a\"", [.update("1", ["name": .text("a")])],
            "id,name\r\n\r\n1,\"a\""),
        WriteCase(
            "marks, blank lines and mixed line ends stay", "\u{feff}id,name\r\n\r\n1,a\n\n2,b\r\n",
            [.update("2", ["name": .text("z")])], "\u{feff}id,name\r\n\r\n1,a\n\n2,z\r\n"),
        WriteCase(
            "values of other kinds", "id,a,b,c,d,e\n1,,,,,\n",
            [
                .update(
                    "1",
                    [
                        "a": .int(-7), "b": .bool(true), "c": .decimal(Decimal(verified: "0.10")), "d": .null,
                        "e": .double(1.5),
                    ])
            ],
            "id,a,b,c,d,e\n1,-7,true,0.10,,1.5\n"),
        WriteCase("a delete takes its line end along", "id,name\n1,a\n2,b\n3,c", [.delete("2")], "id,name\n1,a\n3,c"),
        WriteCase("a delete of the last row", "id,name\n1,a\n2,b", [.delete("2")], "id,name\n1,a\n"),
        WriteCase(
            "a delete of a row on several lines", "id,name\r\n1,\"a\r\nb\"\r\n2,b\r\n", [.delete("1")],
            "id,name\r\n2,b\r\n"),
        WriteCase("a delete of all rows", "id,name\n1,a\n2,b\n", [.delete("1"), .delete("2")], "id,name\n"),
        WriteCase("a new row", "id,name,x\n1,a,b\n", [.create("2", ["name": .text("z")])], "id,name,x\n1,a,b\n2,z,\n"),
        WriteCase(
            "a new row behind a row without a line end", "id,name\r\n1,a", [.create("2", ["name": .text("z")])],
            "id,name\r\n1,a\r\n2,z\r\n"),
        WriteCase(
            "a new row behind a head without a line end", "id,name", [.create("2", ["name": .text("z")])],
            "id,name\n2,z\n"),
        WriteCase(
            "a new row behind a lone carriage return", "id,name\r\n1,a\r", [.create("2", ["name": .text("z")])],
            "id,name\r\n1,a\r\n2,z\r\n"),
        WriteCase(
            "a new row where all cells have quotes", "id,name\n\"1\",\"a\"\n2,b\n",
            [.create("3", ["name": .text("z\"")])],
            "id,name\n\"1\",\"a\"\n2,b\n\"3\",\"z\"\"\"\n"),
        WriteCase(
            "a new row where only the head has quotes, and no other row is there", "\"id\",\"name\"\n",
            [.create("3", ["name": .text("z")]), .create("4")], "\"id\",\"name\"\n\"3\",\"z\"\n\"4\",\"\"\n"),
        WriteCase(
            "a new row where the head has quotes and the first row has none", "\"id\",\"name\"\n1,a\n",
            [.create("3", ["name": .text("z")])], "\"id\",\"name\"\n1,a\n3,z\n"),
        WriteCase(
            "new rows come in the order of the batch, whatever stands between them", "id,name\n1,a\n2,b\n",
            [.create("9", ["name": .text("z")]), .delete("1"), .create("8", ["name": .text("y")])],
            "id,name\n2,b\n9,z\n8,y\n"),
        WriteCase(
            "a row whose id has quotes", "id,name\n\"a\"\"b\",x\n", [.update("a\"b", ["name": .text("y")])],
            "id,name\n\"a\"\"b\",y\n"),
        WriteCase(
            "what a cell cannot hold is refused, and the rest is written", "id,name\n1,a\n2,b\n",
            [
                .update("1", ["name": .list([])]), .update("2", ["name": .text("z")]),
                .create("3", ["name": .object([:])]),
                .create("4", ["name": .text("a\0b")]),
            ], "id,name\n1,a\n2,z\n",
            refused: [
                "the field 'name' is a column of text, which cannot hold a value of kind list",
                "the field 'name' is a column of text, which cannot hold a value of kind object",
                "the text for the field 'name' holds a NUL character",
            ]),
        WriteCase(
            "a field without a column is refused", "id,name\n1,a\n",
            [.update("1", ["nome": .text("z")]), .create("2", ["x": .null])], "id,name\n1,a\n",
            refused: ["there is no column 'nome'", "there is no column 'x'"]),
        WriteCase(
            "an id cannot change, nor be two things", "id,name\n1,a\n",
            [.update("1", ["id": .text("2")]), .create("3", ["id": .text("4")])], "id,name\n1,a\n",
            refused: [
                "the column 'id' makes the record's id, which cannot change",
                "the record's id is '3', but its field 'id' is set to something else",
            ]),
        WriteCase(
            "a second write for a record of the batch is refused", "id,name\n1,a\n",
            [.update("1", ["name": .text("b")]), .update("1", ["name": .text("c")])], "id,name\n1,b\n",
            refused: ["an earlier write of the same batch is for this record"]),
        WriteCase(
            "the same where no record was there before", "id,name\n",
            [.create("1", ["name": .text("b")]), .create("1", ["name": .text("c")])], "id,name\n1,b\n",
            refused: ["an earlier write of the same batch is for this record"]),
    ]

    @Test("with a semicolon quotes what holds a semicolon")
    func semicolon() async throws {
        let example = WriteCase(
            "", "id;name\n1;\"a;b\"\n2;a,b\n",
            [.update("1", ["name": .text("c,d")]), .update("2", ["name": .text("c;d")])],
            "id;name\n1;\"c,d\"\n2;\"c;d\"\n")
        try await example.check("csv", ["delimiter": .text(";")])
    }

    @Test("takes the parts of an id for its columns")
    func composite() async throws {
        let id = try #require(RecordID(.list([.text("x"), .text("y,z")])))
        let create = WriteRequest(verb: .create, id: id, fields: [(FieldPath("name"), .text("n"))])
        let example = WriteCase("", "name,b,a\n", [create], "name,b,a\nn,\"y,z\",x\n")
        try await example.check("csv", id: ["a", "b"])
        let wrong = WriteCase(
            "", "name,b,a\n", [.create("1")], "name,b,a\n", refused: ["the id '1' does not have 2 parts"])
        try await wrong.check("csv", id: ["a", "b"])
    }
}

extension WriteCase {
    func check(_ type: String, _ more: [String: ResolvedSettings.Content]) async throws {
        try await check(type, id: ["id"], more)
    }
}
