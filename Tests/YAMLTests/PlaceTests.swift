import Diagnostics
import Testing
import YAML

@Suite("Places")
struct PlaceTests {
    @Test(
        "cover what is visible of each node",
        arguments: [
            ("a: 1  # c\n", ["a: 1", "a", "1"]),
            ("é: 1\n日本: 'x' \n", ["é: 1⏎日本: 'x'", "é", "1", "日本", "'x'"]),
            ("- 🎉🎉 : \"é\"   \n", ["- 🎉🎉 : \"é\"", "🎉🎉 : \"é\"", "🎉🎉", "\"é\""]),
            ("\u{FEFF}a: b\n", ["a: b", "a", "b"]),
            ("a: b\r\nc: d\r\n", ["a: b⏎c: d", "a", "b", "c", "d"]),
            ("a: [1, {b: c}, ]  \n", ["a: [1, {b: c}, ]", "a", "[1, {b: c}, ]", "1", "{b: c}", "b", "c"]),
            ("k: [x: 1 , y]\n", ["k: [x: 1 , y]", "k", "[x: 1 , y]", "x: 1", "x", "1", "y"]),
            ("a:\n  - 1\n  - 2  \n\n\nb:\n", ["a:⏎  - 1⏎  - 2  ⏎⏎⏎b:", "a", "- 1⏎  - 2", "1", "2", "b", ""]),
            ("a:\n- 1\n\n# c\nb: 2", ["a:⏎- 1⏎⏎# c⏎b: 2", "a", "- 1", "1", "b", "2"]),
            ("- - a\n  - b\n- c", ["- - a⏎  - b⏎- c", "- a⏎  - b", "a", "b", "c"]),
            ("- |\n  x\n  \n\n- >-\n  y z", ["- |⏎  x⏎  ⏎⏎- >-⏎  y z", "|⏎  x", ">-⏎  y z"]),
            ("a: |  # c\nb: 1\n", ["a: |  # c⏎b: 1", "a", "|", "b", "1"]),
            ("- 'a\n   b'\n- c\n  d  \n- e", ["- 'a⏎   b'⏎- c⏎  d  ⏎- e", "'a⏎   b'", "c⏎  d", "e"]),
            ("- &a x\n- b: *a\n", ["- &a x⏎- b: *a", "&a x", "b: *a", "b", "&a x"]),
        ])
    func cover(text: String, wanted: [String]) throws {
        let source = SourceText(name: "job.yaml", text)
        let document = YAMLDocument.parse(source)
        #expect(try covered(#require(document.root), in: source) == wanted)
    }

    @Test("count Unicode scalars from 1")
    func columns() throws {
        let root = try #require(parse("a: 1\n日🎉e\u{301}: [x, yz]\n").root)
        let value = try #require(root.entries?.last?.value)
        #expect(value.place == Place(file: "job.yaml", line: 2, column: 7, length: 7))
        #expect(value.items?.last?.place == Place(file: "job.yaml", line: 2, column: 11, length: 2))
    }

    @Test("are empty for what is left out")
    func missing() throws {
        let value = try #require(parse("a:\n").root?.entries?.first?.value)
        #expect(value.scalar?.resolved == .null)
        #expect(value.place == Place(file: "job.yaml", line: 1, column: 3, length: 0))
    }

    @Test("of a text without content are its beginning", arguments: ["", "\n\n", "# nothing yet\n", "\u{FEFF}"])
    func empty(text: String) throws {
        let document = parse(text)
        #expect(document.diagnostics.isEmpty)
        let root = try #require(document.root)
        #expect(root.scalar?.resolved == .null)
        #expect(root.place == Place(file: "job.yaml", line: 1, column: 1, length: 0))
    }
}
