import TestKit
import Testing
import Values

@testable import lockstep

@Suite("Plans in Markdown")
struct PlanMarkdownTests {
    /// A job with so many records, all but the first of them new, whose titles begin so.
    private func markdown(records: Int, note: String) async throws -> String {
        let world = try TestWorld(withSmallJob: ())
        let rows = (1...records).map { "\($0),\(note) \($0)\n" }
        try world.write("desk/tickets.csv", "id,title\n" + rows.joined())
        let captured = CapturedConsole(isTerminal: true, columns: 40)
        #expect(await world.run(["plan", "--format", "markdown"], on: captured.console) == .inStep)
        return captured.text(.output)
    }

    private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part) - 1 }

    @Test(
        "however many writes there are, it has room in a comment, closes what it opens, and says how many more there are"
    )
    func long() async throws {
        for (records, note) in [
            (3, "short"), (600, "short"), (5000, "a text of some length"), (800, "|`<@#>*_|`<@#>*_"),
        ] {
            let text = try await markdown(records: records, note: note)
            #expect(text.utf16.count <= PlanMarkdown.limit)
            #expect(count("<details>", in: text) == count("</details>", in: text))
            let rows = text.split(separator: "\n").filter { $0.hasPrefix("| <code>") || $0.hasPrefix("| new") }
            let shown = rows.count
            let isCut = text.contains(" more\n")
            #expect(isCut == (records > 100))
            if isCut {
                let rest = try #require(text.firstMatch(of: /and ([0-9,]+) more\n/))
                let number = Int(rest.output.1.filter { $0 != "," })
                #expect(number.map { $0 + shown } == records - 1)
            }
            #expect(text.hasPrefix(PlanMarkdown.marker + "\n"))
        }
    }

    @Test("no sign of Markdown or HTML is left in what a record holds", arguments: Array("|`<>&*_[]!\\~\":.{}^"))
    func signs(sign: Character) {
        let text = MarkdownText.escaped("a\(sign)b")
        #expect(text == "a&#\(sign.unicodeScalars.first?.value ?? 0);b")
    }

    @Test("mentions, references and addresses are parted, so that nothing finds them behind the references")
    func mentions() {
        #expect(MarkdownText.escaped("@all") == "&#64;<!-- -->all")
        #expect(MarkdownText.escaped("#1") == "&#35;<!-- -->1")
        #expect(MarkdownText.escaped("a@b.c") == "a&#64;<!-- -->b&#46;c")
    }

    @Test("control characters and marks of direction are shown by their names")
    func controls() {
        #expect(
            !MarkdownText.escaped("\u{1B}[31m\u{202E}\u{0}\n\r").unicodeScalars.contains {
                $0.value < 32 || $0.value == 0x202E
            })
    }
}

extension String {
    fileprivate func components(separatedBy part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count
    }
}
