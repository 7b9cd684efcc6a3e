import Testing

@testable import lockstep

struct WrappingTests {
    private func wrap(_ text: String, _ columns: Int) -> String { Wrapping(columns: columns).text(text) }

    @Test("what fits stays as it is, to the space")
    func fits() {
        let text = "a  b   c\n\n  HOLD  left 1\n"
        #expect(wrap(text, 14) == text)
        #expect(wrap("", 10) == "")
    }

    @Test("a long line is broken between words, and hung in")
    func words() {
        #expect(wrap("helpdesk/tickets: 1 create on the right", 24) == "helpdesk/tickets: 1\n    create on the right")
        #expect(
            wrap("  + create right R-1 from left 1\n      title: x", 24)
                == "  + create right R-1\n    from left 1\n      title: x")
    }

    @Test("what follows a mark and two spaces hangs under what stands behind them")
    func marks() {
        #expect(wrap("  HOLD  left 1 is held since noon", 20) == "  HOLD  left 1 is\n        held since\n        noon")
        #expect(wrap("    do:  run it now and here", 19) == "    do:  run it now\n         and here")
    }

    @Test("a mark that leaves no room hangs in no deeper than the middle")
    func deepMark() {
        #expect(wrap("a-very-long-mark  b c d e f", 20) == "a-very-long-mark  b\n          c d e f")
    }

    @Test("a word that no line can hold begins where it stands, and is cut between characters")
    func longWord() {
        #expect(wrap("    abcdefghijklmnopqrst", 12) == "    abcdefgh\n      ijklmn\n      opqrst")
        #expect(wrap("a: bcdefghijklmnopqrst", 12) == "a: bcdefghij\n    klmnopqr\n    st")
        #expect(wrap("    日本語日本語e\u{301}", 9) == "    日本\n    語日\n    本語e\u{301}")
        #expect(wrap("    👩\u{200D}💻👩\u{200D}💻", 6) == "    👩\u{200D}💻\n   👩\u{200D}💻")
    }

    @Test("our colours take no column, and none is lost")
    func colours() {
        let bold = "\u{1B}[1mhelpdesk\u{1B}[0m"
        #expect(wrap("\(bold): a b", 13) == "\(bold): a b")
        #expect(wrap("\(bold): a b", 12) == "\(bold): a\n    b")
        #expect(
            wrap("  \u{1B}[33mHOLD\u{1B}[0m  left 1 is held", 17)
                == "  \u{1B}[33mHOLD\u{1B}[0m  left 1 is\n        held")
        #expect(
            wrap("  \u{1B}[32mok  \u{1B}[0m  the job is enabled", 20)
                == "  \u{1B}[32mok\u{1B}[0m    the job is\n        enabled")
    }
}
