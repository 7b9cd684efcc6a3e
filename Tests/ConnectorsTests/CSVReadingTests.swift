import Connectors
import FileIO
import Model
import TestKit
import Testing
import Values

@Suite("A CSV file is read")
struct CSVReadingTests {
    @Test(
        "whatever its quotes, line ends and marks",
        arguments: [
            ("id,name\n", ""),
            ("id,name", ""),
            ("id,name\n1,a\n", #"{"id":"1","name":"a"}"#),
            ("id,name\n1,a", #"{"id":"1","name":"a"}"#),
            ("id,name\r\n1,a\r\n", #"{"id":"1","name":"a"}"#),
            ("id,name\r\n1,a\r", #"{"id":"1","name":"a"}"#),
            ("\u{feff}id,name\n1,a\n", #"{"id":"1","name":"a"}"#),
            ("\u{feff}\"id\",name\n1,a\n", #"{"id":"1","name":"a"}"#),
            ("\n\nid,name\n\n1,a\n\r\n\n", #"{"id":"1","name":"a"}"#),
            ("id,name\n1,\n", #"{"id":"1","name":""}"#),
            ("id,name\n1,\"\"\n", #"{"id":"1","name":""}"#),
            ("id,name\n1,\" a \"\n", #"{"id":"1","name":" a "}"#),
            ("id,name\n1, a \n", #"{"id":"1","name":" a "}"#),
            ("id,name\n1,\"a,b\"\n", #"{"id":"1","name":"a,b"}"#),
            ("id,name\n1,\"say \"\"hi\"\"\"\n", #"{"id":"1","name":"say \"hi\""}"#),
            ("id,name\n1,\"\"\"\"\n", #"{"id":"1","name":"\""}"#),
            ("id,name\n1,\"a\nb\r\nc\"\n", #"{"id":"1","name":"a\nb\r\nc"}"#),
            ("\"id\",\"na\"\"me\"\n\"1\",\"a\"", #"{"id":"1","na\"me":"a"}"#),
            ("name,id\n\"x\",\"a\"\"b\"\n", #"{"name":"x","id":"a\"b"}"#),
            ("id\n1\n2\n", "{\"id\":\"1\"}\n{\"id\":\"2\"}"),
        ])
    func forms(content: String, records: String) async throws {
        #expect(try await TestFile("csv", content).outcome() == records)
    }

    @Test("with the names of its columns, and the lines of its records")
    func heads() async throws {
        let read = try await ReadCollection(TestFile("csv", "id,name\n\n1,\"a\nb\"\n2,c\n"))
        #expect(read.snapshot.fieldNames == ["id", "name"])
        #expect(read.snapshot.kept.map(\.line) == [3, 5])
    }

    @Test("through a window that is smaller than the file, with rows cut anywhere")
    func windows() async throws {
        var content = "id,text\n"
        for number in 0..<4000 {
            let text = String(repeating: "é\"\",\n", count: number % 97)
            content += "\(number),\"\(text)\"\(number % 3 == 0 ? "\r\n" : "\n")"
        }
        let read = try await ReadCollection(TestFile("csv", content))
        #expect(content.utf8.count > 1 << 20)
        #expect(read.ids == (0..<4000).map(String.init))
        for number in 0..<4000 {
            let text = String(repeating: "é\",\n", count: number % 97)
            #expect(read.records[number]["text"] == .text(text))
        }
    }

    @Test("though one row is far larger than the window")
    func largeRow() async throws {
        let text = String(repeating: "0123456789", count: 500_000)
        let read = try await ReadCollection(TestFile("csv", "id,text\n1,a\n2,\"\(text)\"\n3,c\n"))
        #expect(read.ids == ["1", "2", "3"])
        #expect(read.records[1]["text"] == .text(text))
    }

    @Test("and a row says something new where the head does, though its bytes are the same")
    func heading() async throws {
        let file = try TestFile("csv", "id,first,last\n1,a,b\n")
        let links = try await ReadCollection(file).links
        try file.replace("id,last,first\n1,a,b\n")
        let again = try await ReadCollection(file, KnownRecords(links: links, side: .left))
        #expect(again.ids == ["1"])
        #expect(again.records[0]["last"] == .text("a"))
    }
}
