import Diagnostics
import Testing

@Suite("Human renderer")
struct HumanRendererTests {
    private func shown(_ diagnostics: [Diagnostic], _ text: String, color: Bool = false, width: Int = 100) -> String {
        let source = SourceText(name: "a.yaml", text)
        return HumanRenderer(color: color, width: width) { $0 == "a.yaml" ? source : nil }.render(diagnostics)
    }

    /// The two lines of the snippet under a mark on one line of text.
    private func snippet(_ line: String, _ column: Int, _ length: Int, width: Int = 100) -> String {
        let place = Place(file: "a.yaml", line: 1, column: column, length: length)
        let text = shown([Diagnostic(.error, "c", "m", at: place)], line, width: width)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(separator: "\n")
    }

    @Test("shows place, sentence, code, line, caret and hint")
    func example() {
        let lines = Array(repeating: "#", count: 22) + ["      - priorty <-> urgency"]
        let source = SourceText(name: "jobs/helpdesk.yaml", lines.joined(separator: "\n"))
        let diagnostic = Diagnostic(
            .error, "unknown-field", "no column 'priorty' in clients",
            at: Place(file: "jobs/helpdesk.yaml", line: 23, column: 9, length: 7), hint: "did you mean 'priority'?")
        #expect(
            HumanRenderer { _ in source }.render(diagnostic) == """
                jobs/helpdesk.yaml:23:9: error: no column 'priorty' in clients [unknown-field]
                   23 |       - priorty <-> urgency
                      |         ^~~~~~~ did you mean 'priority'?

                """)
    }

    @Test("shows notes with lines of their own")
    func notes() {
        let first = Place(file: "a.yaml", line: 1, column: 1)
        let elsewhere = Place(file: "b.yaml", line: 3, column: 2)
        let diagnostic = Diagnostic(
            .warning, "twice", "'a' stands twice", at: Place(file: "a.yaml", line: 2, column: 1),
            notes: [.init("first here", at: first), .init("and there", at: elsewhere), .init("so it is")])
        #expect(
            shown([diagnostic], "a: 1\na: 2\n") == """
                a.yaml:2:1: warning: 'a' stands twice [twice]
                    2 | a: 2
                      | ^
                a.yaml:1:1: note: first here
                    1 | a: 1
                      | ^
                b.yaml:3:2: note: and there
                note: so it is

                """)
    }

    @Test("does without a place, a text, a line or a code")
    func withoutPlace() {
        let missing = Place(file: "a.yaml", line: 9, column: 1)
        let diagnostics = [
            Diagnostic(.error, "no-jobs", "there are no jobs", hint: "lockstep init makes one"),
            Diagnostic(.error, "", "m"),
            Diagnostic(.error, "c", "m", at: missing, hint: "h"),
        ]
        #expect(
            shown(diagnostics, "a") == """
                error: there are no jobs [no-jobs]
                        lockstep init makes one
                error: m
                a.yaml:9:1: error: m [c]
                        h

                """)
    }

    @Test(
        "puts the caret under the right place",
        arguments: [
            ("abc", 2, 1, "    1 | abc\n      |  ^\n"),
            ("abc", 2, 0, "    1 | abc\n      |  ^\n"),
            ("abc", 4, 1, "    1 | abc\n      |    ^\n"),
            ("abc", 2, 99, "    1 | abc\n      |  ^~\n"),
            ("abc   ", 6, 1, "    1 | abc\n      |      ^\n"),
            ("", 1, 1, "    1 |\n      | ^\n"),
            ("abc", 0, 1, "    1 | abc\n      | ^\n"),
            ("\ta\tbc", 4, 2, "    1 |  a bc\n      |    ^~\n"),
            ("日本: x", 5, 1, "    1 | 日本: x\n      |       ^\n"),
            ("日本: x", 1, 2, "    1 | 日本: x\n      | ^~~~\n"),
            ("🎉 x", 3, 1, "    1 | 🎉 x\n      |    ^\n"),
            ("e\u{301}e\u{301} x", 6, 1, "    1 | e\u{301}e\u{301} x\n      |    ^\n"),
            ("é x", 3, 1, "    1 | é x\n      |   ^\n"),
            ("ｘ한 x", 4, 1, "    1 | ｘ한 x\n      |      ^\n"),
            ("a\u{1B}[31m x", 7, 1, "    1 | a\\u{1b}[31m x\n      |            ^\n"),
            ("a\u{202E}b", 2, 1, "    1 | a\\u{202e}b\n      |  ^~~~~~~~\n"),
            ("a\u{200B}b", 3, 1, "    1 | a\\u{200b}b\n      |          ^\n"),
            ("❤\u{FE0F} x", 4, 1, "    1 | ❤\u{FE0F} x\n      |   ^\n"),
        ])
    func carets(line: String, column: Int, length: Int, wanted: String) {
        #expect(snippet(line, column, length) == wanted)
    }

    @Test(
        "shows long lines through a window around the caret",
        arguments: [
            (1, 2, "    1 | 012345678901234567890123456789…\n      | ^~\n"),
            (50, 3, "    1 | …901234567890123456789012345678…\n      |            ^~~\n"),
            (99, 2, "    1 | …890123456789\n      |            ^~\n"),
            (50, 90, "    1 | …901234567890123456789012345678…\n      |            ^~~~~~~~~~~~~~~~~~~~\n"),
        ])
    func windows(column: Int, length: Int, wanted: String) {
        let line = String(repeating: "0123456789", count: 10)
        #expect(snippet(line, column, length, width: 30) == wanted)
    }

    @Test("counts columns, not scalars, in the window")
    func wideWindow() {
        let line = String(repeating: "日", count: 50)
        #expect(
            snippet(line, 25, 1, width: 30)
                == "    1 | …\(String(repeating: "日", count: 15))…\n      |            ^~\n")
    }

    @Test("underlines a place over several lines to the end of its first")
    func severalLines() {
        let place = Place(file: "a.yaml", start: Position(line: 1, column: 4), end: Position(line: 3, column: 2))
        #expect(
            shown([Diagnostic(.error, "c", "m", at: place)], "a: [b,  \nc\n]").hasSuffix(
                "\n    1 | a: [b,\n      |    ^~~\n"))
    }

    @Test("shows line ends and a byte-order mark as nothing")
    func lineEnds() {
        #expect(snippet("\u{FEFF}a: b\r\nc", 4, 1) == "    1 | a: b\n      |    ^\n")
    }

    @Test("keeps the bar straight for large line numbers")
    func largeNumbers() {
        let place = Place(file: "a.yaml", line: 123_456, column: 1)
        let text = String(repeating: "\n", count: 123_455) + "x"
        #expect(shown([Diagnostic(.error, "c", "m", at: place)], text).hasSuffix("\n123456 | x\n       | ^\n"))
    }

    @Test("escapes what messages, hints and names hold")
    func escapes() {
        let diagnostic = Diagnostic(
            .error, "c", "no '\u{1B}[2J'", at: Place(file: "a\n.yaml", line: 1, column: 1), hint: "say '\u{202E}'",
            notes: [.init("or '\u{7}'")])
        #expect(
            shown([diagnostic], "x") == """
                a\\n.yaml:1:1: error: no '\\u{1b}[2J' [c]
                        say '\\u{202e}'
                note: or '\\u{7}'

                """)
    }

    @Test("colours only when told to")
    func colors() {
        let place = Place(file: "a.yaml", line: 1, column: 1, length: 2)
        let diagnostics = [
            Diagnostic(.error, "c", "m", at: place), Diagnostic(.warning, "d", "n"), Diagnostic(.note, "e", "o"),
        ]
        #expect(
            shown(diagnostics, "ab", color: true) == """
                \u{1B}[1ma.yaml:1:1:\u{1B}[0m \u{1B}[1;31merror:\u{1B}[0m m [c]
                    1 | ab
                      | \u{1B}[1;31m^~\u{1B}[0m
                \u{1B}[1;33mwarning:\u{1B}[0m n [d]
                \u{1B}[1;36mnote:\u{1B}[0m o [e]

                """)
        #expect(!shown(diagnostics, "ab").contains("\u{1B}"))
    }

    @Test(
        "counts errors and warnings",
        arguments: [
            ([], "no errors"), ([.error], "1 error"), ([.error, .error, .warning], "2 errors, 1 warning"),
            ([.warning, .warning], "2 warnings"), ([.note], "no errors"),
        ] as [([Severity], String)])
    func summary(severities: [Severity], wanted: String) {
        #expect(HumanRenderer.summary(of: severities.map { Diagnostic($0, "c", "m") }) == wanted)
    }
}
