import Model
import TestKit
import Testing

@Suite("A CSV file that is wrong says where")
struct CSVErrorTests {
    @Test(
        "with the line, the column where there is one, and what is wrong",
        arguments: [
            ("", "items.csv:1: the file has no head line"),
            ("\n\r\n\n", "items.csv:1: the file has no head line"),
            ("\u{feff}", "items.csv:1: the file has no head line"),
            ("id,name\n1,a\n2\n", "items.csv:3: the row has 1 cell, but the head names 2 columns"),
            ("id,name\n1,a,b\n", "items.csv:2: the row has 3 cells, but the head names 2 columns"),
            ("id\n1,\"a\"\n", "items.csv:2: the row has 2 cells, but the head names 1 column"),
            ("id,name\n1,a\"b\n", "items.csv:2:4: a quote stands inside a cell without quotes"),
            ("id,name\n1,é\"b\"\n2,c\n", "items.csv:2:4: a quote stands inside a cell without quotes"),
            ("id,name\n1,\"a\"b\n", "items.csv:2:6: text follows a closing quote"),
            ("id,name\n1,\"a\n\nb\" \n", "items.csv:4:3: text follows a closing quote"),
            ("id,name\n1,\"a\n2,b\n3,c\n", "items.csv:2:3: the quote that opens here is never closed"),
            ("id,name\n1,x\"\n2,b\n3,c\n", "items.csv:2:4: a quote stands inside a cell without quotes"),
            ("id,\"name\n1,x\n", "items.csv:1:4: the quote that opens here is never closed"),
            ("id,name\n1,a\n2,b\n1,c\n", "items.csv:4: the id '1' stands twice, first on line 2"),
            ("id,name\n1,\"a\n\n\"\n\"1\",c\n", "items.csv:5: the id '1' stands twice, first on line 2"),
            ("id,name,id\n1,a,2\n", "items.csv:1: two columns are named 'id'"),
            ("\n\nid,name,\"name\"\n", "items.csv:3: two columns are named 'name'"),
            ("id,,name\n", "items.csv:1: column 2 has no name"),
            ("id,name,\n", "items.csv:1: column 3 has no name"),
            (
                "id;name\n1;a\n",
                "items.csv has no column 'id' for the id; its columns are 'id;name'. Is the delimiter another one? Set delimiter: \";\""
            ),
            ("Id,name\n1,a\n", "items.csv has no column 'id' for the id; its columns are 'Id', 'name'"),
            ("id,name\n1,a\n,b\n", "items.csv:3: the id in the column 'id' is empty"),
            ("id,name\n\"\",b\n", "items.csv:2: the id in the column 'id' is empty"),
            ("name,id\nb\n", "items.csv:2: the row has 1 cell, but the head names 2 columns"),
        ])
    func places(content: String, message: String) async throws {
        #expect(try await TestFile("csv", content).outcome() == message)
    }

    private static let notUTF8 =
        "the bytes are not UTF-8; if the file is from Excel, save it as 'CSV UTF-8', or convert it: iconv -f WINDOWS-1252 -t UTF-8"

    @Test(
        "where bytes are not UTF-8",
        arguments: [
            ([0xFF], "items.csv:2:7: \(notUTF8)"),
            ([0xC3], "items.csv:2:7: \(notUTF8)"),
            ([0xC0, 0xAF], "items.csv:2:7: \(notUTF8)"),
            ([0xE0, 0x80, 0x80], "items.csv:2:7: \(notUTF8)"),
            ([0xED, 0xA0, 0x80], "items.csv:2:7: \(notUTF8)"),
            ([0xF4, 0x90, 0x80, 0x80], "items.csv:2:7: \(notUTF8)"),
            ([0xF0, 0x9F, 0x99], "items.csv:2:7: \(notUTF8)"),
        ] as [([UInt8], String)])
    func encoding(bytes: [UInt8], message: String) async throws {
        let content = Array("id,name\n1,aé🙂z".utf8) + bytes + Array("\n".utf8)
        #expect(try await TestFile("csv", content).outcome() == message)
    }

    @Test("where the head is not UTF-8, or the file is UTF-16")
    func headEncoding() async throws {
        let head = try TestFile("csv", Array("id,n".utf8) + [0xE9, 0x0A])
        #expect(await head.outcome() == "items.csv:1:5: \(Self.notUTF8)")
        let wide = try TestFile("csv", [0xFF, 0xFE, 0x69, 0, 0x64, 0])
        #expect(await wide.outcome() == "items.csv:1: the file is UTF-16; it must be UTF-8")
    }

    @Test("where a part of a composite id is empty, or missing")
    func composite() async throws {
        let empty = try TestFile("csv", "a,b,c\n1,2,3\n1,,3\n", id: ["a", "b"])
        #expect(await empty.outcome() == "items.csv:3: the id in the column 'b' is empty")
        let missing = try TestFile("csv", "a,b,c\n1,2,3\n", id: ["a", "x"])
        #expect(await missing.outcome() == "items.csv has no column 'x' for the id; its columns are 'a', 'b', 'c'")
        let twice = try TestFile("csv", "a,b,c\n1,2,3\n1,2,4\n", id: ["a", "b"])
        #expect(await twice.outcome() == #"items.csv:3: the id '["1","2"]' stands twice, first on line 2"#)
    }

    @Test("and a quote that swallows the rest of a large file is named where it opens")
    func swallowed() async throws {
        var content = "id,name\n1,a\n2,\"b\n"
        for number in 3..<80_000 { content += "\(number),some text that fills the row\n" }
        #expect(
            try await TestFile("csv", content).outcome() == "items.csv:3:3: the quote that opens here is never closed")
    }
}
