import Diagnostics
import Testing
import YAML

@testable import JobFiles

struct PlacedTextTests {
    private func placed(_ yaml: String) throws -> (text: PlacedText, source: SourceText) {
        let source = SourceText(name: "a.yaml", yaml)
        let root = try #require(YAMLDocument.parse(source).root)
        let node = try #require(root.entries?.first?.value)
        return (PlacedText(try #require(node.scalar), at: node.place, in: SourceLines(source)), source)
    }

    /// What the file has at the place of each scalar of the text.
    private func seen(_ text: PlacedText, in source: SourceText) -> String {
        text.scalars.indices.map { index in
            let start = text.place(of: index..<index + 1).start
            let line = Array((source.line(start.line) ?? "").unicodeScalars)
            return line.indices.contains(start.column - 1) ? String(line[start.column - 1]) : "¶"
        }.joined()
    }

    @Test("a plain text stands as it is")
    func plain() throws {
        let (text, source) = try placed("key:   a -> ü 😀 b  # and a comment")
        #expect(text.text == "a -> ü 😀 b")
        #expect(seen(text, in: source) == "a -> ü 😀 b")
        #expect(text.isVerbatim)
        #expect(text.place(of: 7..<8).start == Position(line: 1, column: 15))
    }

    @Test("quotes are not part of a text")
    func quoted() throws {
        let (double, source) = try placed("key: \"a -> b\"")
        #expect(seen(double, in: source) == "a -> b")
        #expect(double.isVerbatim)
        let (single, other) = try placed("key: 'it''s -> b'")
        #expect(single.text == "it's -> b")
        #expect(seen(single, in: other) == "it's -> b")
        #expect(!single.isVerbatim)
        #expect(single.place(of: 3..<4).start.column == 11)
    }

    @Test("an escape stands for one scalar, and a part that ends behind it covers it whole")
    func escapes() throws {
        let (text, source) = try placed(#"key: "a\u00e9\tb\x41\U0001F600c""#)
        #expect(text.text == "aé\tbA😀c")
        #expect(seen(text, in: source) == #"a\\b\\c"#)
        #expect(text.place(of: 1..<2) == Place(file: "a.yaml", line: 1, column: 8, length: 6))
        #expect(text.place(of: 4..<6) == Place(file: "a.yaml", line: 1, column: 17, length: 14))
    }

    @Test("a folded text is found on its lines")
    func folded() throws {
        let (text, source) = try placed("key:\n  one\n  two\n\n  three")
        #expect(text.text == "one two\nthree")
        #expect(text.place(of: 4..<7) == Place(file: "a.yaml", line: 3, column: 3, length: 3))
        #expect(text.place(of: 8..<13) == Place(file: "a.yaml", line: 5, column: 3, length: 5))
        #expect(seen(text, in: source).filter { $0 != "¶" } == "onetwothree")
    }

    @Test("block texts are found under their mark")
    func blocks() throws {
        let (literal, source) = try placed("key: |\n  a = 1\n    b = 2\n  c\n")
        #expect(literal.text == "a = 1\n  b = 2\nc\n")
        #expect(literal.place(of: 8..<9) == Place(file: "a.yaml", line: 3, column: 5))
        #expect(seen(literal, in: source).contains("b = 2"))
        let (folded, _) = try placed("key: >-\n  status in ['a']\n  && size(b) > 1\n")
        #expect(folded.text == "status in ['a'] && size(b) > 1")
        #expect(folded.place(of: 19..<23) == Place(file: "a.yaml", line: 3, column: 6, length: 4))
    }

    @Test("a line that is joined to the next goes on there")
    func continuation() throws {
        let (text, _) = try placed("key: \"abc\\\n   def\"")
        #expect(text.text == "abcdef")
        #expect(text.place(of: 3..<6) == Place(file: "a.yaml", line: 2, column: 4, length: 3))
    }

    @Test("parts lose the blanks around them and keep their place")
    func parts() throws {
        let (text, _) = try placed("key: 'a  ->  b'")
        #expect(text.part(1..<3).text == "")
        #expect(text.part(5..<8).text == "b")
        #expect(text.part(5..<8).place == Place(file: "a.yaml", line: 1, column: 14))
        #expect(text.part(5..<8).place(ofOffsets: 0..<9) == Place(file: "a.yaml", line: 1, column: 14))
        #expect(text.part(5..<8).place(ofOffsets: 1..<1).start.column == 15)
    }
}
