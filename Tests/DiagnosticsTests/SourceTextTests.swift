import Diagnostics
import Testing

@Suite("Source text")
struct SourceTextTests {
    @Test(
        "gives each line without its end",
        arguments: [
            ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\r\nb\r\n\nc", ["a", "b", "", "c"]), ("a\rb", ["a\rb"]),
            ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]), ("\u{FEFF}", [""]), ("\r\n", ["", ""]), ("\n\r", ["", ""]),
        ])
    func lines(text: String, wanted: [String]) {
        let source = SourceText(name: "a", text)
        #expect(source.lineCount == wanted.count)
        #expect((1...wanted.count).compactMap(source.line) == wanted)
        #expect(source.line(0) == nil)
        #expect(source.line(-1) == nil)
        #expect(source.line(wanted.count + 1) == nil)
    }

    @Test("replaces bad UTF-8")
    func badUTF8() {
        #expect(SourceText(name: "a", bytes: [0x61, 0xFF, 0x62]).line(1) == "a\u{FFFD}b")
    }

    @Test("gives the last line again without mixing up files or lines")
    func lastLine() {
        var lines = LastLine()
        let (a, b) = (SourceText(name: "a", "x\ny"), SourceText(name: "b", "z"))
        func text(_ number: Int, _ source: SourceText) -> String? {
            lines.scalars(ofLine: number, in: source).map { $0.map(String.init).joined() }
        }
        #expect(
            [text(1, a), text(1, a), text(2, a), text(1, b), text(3, a), text(1, a)] == ["x", "x", "y", "z", nil, "x"])
    }
}
