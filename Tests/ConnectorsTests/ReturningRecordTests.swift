import Model
import TestKit
import Testing
import Values

/// Records that were deleted once, and come back to where they stood.
struct ReturningRecordTests {
    private func back(
        _ id: String, _ fields: [(String, Value)], raw: String = "", at position: Int? = nil
    ) -> WriteRequest {
        let record = WholeRecord(object: Object(fields), raw: Array(raw.utf8), position: position)
        return WriteRequest(verb: .create, id: RecordID(key: id), fields: record.fields, former: record)
    }

    @Test("rows of CSV come back to the byte, in their places, while others go")
    func csv() async throws {
        let example = WriteCase(
            "", "id,name\n1,a\n4,d\n5,new\n",
            [
                back("3", [("id", .text("3")), ("name", .text("c"))], raw: #"3,"c""#, at: 2),
                back("2", [("id", .text("2")), ("name", .text("b\n"))], raw: "2,\"b\n\"", at: 1), .delete("5"),
                back("9", [("id", .text("9")), ("name", .text("z"))], raw: #""9",z"#, at: 7),
            ],
            "id,name\n1,a\n2,\"b\n\"\n3,\"c\"\n4,d\n\"9\",z\n")
        try await example.check("csv")
    }

    @Test("a row that comes first stands first, and line ends are those of the file")
    func first() async throws {
        let example = WriteCase(
            "", "id,name\r\n2,b\r\n", [back("1", [("id", .text("1")), ("name", .text("a"))], raw: "1,a", at: 0)],
            "id,name\r\n1,a\r\n2,b\r\n")
        try await example.check("csv")
    }

    @Test("bytes that no longer spell the record are left, and its values are written as new ones are")
    func otherHead() async throws {
        let example = WriteCase(
            "", "name,id\nb,2\n", [back("1", [("id", .text("1")), ("name", .text("a"))], raw: #"1,"a""#, at: 0)],
            "name,id\na,1\nb,2\n")
        try await example.check("csv")
        let narrower = WriteCase(
            "", "id\n2\n", [back("1", [("id", .text("1")), ("name", .text("a"))], raw: "1,a", at: 0)], "id\n2\n",
            refused: ["no column 'name' in the file"])
        let file = try TestFile("csv", narrower.before)
        let outcomes = try await file.outcomes(narrower.batch)
        guard case .refused = outcomes[0] else { return #expect(Bool(false), "\(outcomes)") }
        #expect(file.content == narrower.after)
    }

    @Test("lines of JSON come back to the byte, in their places")
    func lines() async throws {
        let raw = #"{"name" : "b", "id":"2", "more": [1, 2.50]}"#
        let fields: [(String, Value)] = [
            ("name", .text("b")), ("id", .text("2")),
            ("more", .list([.int(1), try #require(Decimal("2.50").map(Value.decimal))])),
        ]
        let example = WriteCase(
            "", #"{"id":"1"}"# + "\n" + #"{"id":"3"}"# + "\n", [back("2", fields, raw: raw, at: 0), .delete("1")],
            raw + "\n" + #"{"id":"3"}"# + "\n")
        try await example.check("jsonl")
        let broken = WriteCase(
            "", #"{"id":"1"}"# + "\n", [back("2", [("id", .text("2"))], raw: "{\n\"id\":\"2\"}", at: 0)],
            #"{"id":"2"}"# + "\n" + #"{"id":"1"}"# + "\n")
        try await broken.check("jsonl")
    }

    @Test(
        "elements of a JSON array come back to the byte, in their places, whatever stands or goes around them",
        arguments: [
            (before: ["2"], back: ["1": 0], gone: [], after: ["1", "2"]),
            (["1", "3"], ["2": 1], [], ["1", "2", "3"]),
            (["3", "4"], ["1": 0, "2": 1], [], ["1", "2", "3", "4"]),
            (["9", "3"], ["1": 0, "2": 1], ["9"], ["1", "2", "3"]),
            (["9", "3"], ["2": 0], ["9"], ["2", "3"]),
            (["9", "8", "3", "7"], ["2": 0, "4": 2, "5": 9], ["9", "8", "7"], ["2", "3", "4", "5"]),
            (["9"], ["1": 0], ["9"], ["1"]),
            (["9", "8"], ["1": 0, "2": 1], ["9", "8"], ["1", "2"]),
        ])
    func array(before: [String], back: [String: Int], gone: [String], after: [String]) async throws {
        for (open, between, close) in [
            ("[", ", ", "]"), ("[\n  ", ",\n  ", "\n]\n"), ("{\"a\": [\n    ", ",\n    ", "]}"),
        ] {
            func text(_ ids: [String]) -> String {
                open + ids.map { #"{"id" : "\#($0)"}"# }.joined(separator: between) + close
            }
            let returning = back.sorted { $0.value < $1.value }.map { id, position in
                self.back(id, [("id", .text(id))], raw: #"{"id" : "\#(id)"}"#, at: position)
            }
            let example = WriteCase("", text(before), returning + gone.map { .delete($0) }, text(after))
            try await example.check("json", id: ["id"], open.hasPrefix("{") ? ["pointer": .text("/a")] : [:])
        }
    }

    @Test("a record that is there already is confirmed where it holds the same, and left alone where it does not")
    func thereAlready() async throws {
        let record: [(String, Value)] = [("id", .text("2")), ("name", .text("b"))]
        let same = WriteCase(
            "", "id,name\n2,b\n3,c\n", [back("2", record, raw: "2,b", at: 5)], "id,name\n2,b\n3,c\n")
        try await same.check("csv")
        let other = WriteCase(
            "", "id,name\n2,x\n", [back("2", record, raw: "2,b", at: 5)], "id,name\n2,x\n")
        try await other.check("csv")
    }

    @Test("where it turns out to stand further on, nothing is written")
    func furtherOn() async throws {
        let file = try TestFile("csv", "id,name\n1,a\n2,b\n")
        await #expect(throws: EndpointFailure.self) {
            _ = try await file.outcomes([
                self.back("2", [("id", .text("2")), ("name", .text("b"))], raw: "2,b", at: 0)
            ])
        }
        #expect(file.content == "id,name\n1,a\n2,b\n")
    }

    @Test("a whole record is kept as JSON, and is the same when it is read back")
    func coding() throws {
        for record in [
            WholeRecord(object: Object([("a", .text("x"))]), raw: Array("x\n\"y".utf8), position: 3),
            WholeRecord(object: Object([("when", .date(try #require(CalendarDate("2026-10-26"))))])),
            WholeRecord(object: Object([("a", .null)]), raw: [0xFF, 0x00], position: nil),
        ] {
            var bytes: [UInt8] = []
            record.encode(to: &bytes)
            let read = try #require(WholeRecord(try JSON.parse(bytes)))
            #expect(read.object == record.object)
            #expect(read.position == record.position)
            #expect(read.raw == (String(validating: record.raw, as: UTF8.self) == nil ? [] : record.raw))
        }
        for wrong in ["[]", "{}", #"{"is":1}"#] { #expect(WholeRecord(try JSON.parse(Array(wrong.utf8))) == nil) }
        #expect(WholeRecord(try JSON.parse(Array(#"{"at":-1,"is":{}}"#.utf8)))?.position == nil)
    }
}
