import Diagnostics
import Testing

@Suite("Text for display")
struct DisplayTextTests {
    @Test(
        "shows what could move the cursor, colour the screen, turn the writing or hide",
        arguments: [
            ("\u{1B}[31mred", "\\u{1b}[31mred"), ("a\nb\r\tc", "a\\nb\\r\\tc"),
            ("\0\u{7}\u{7F}", "\\u{0}\\u{7}\\u{7f}"),
            ("\u{85}\u{9B}31m", "\\u{85}\\u{9b}31m"),
            ("\u{202E}\u{2066}\u{200F}\u{61C}", "\\u{202e}\\u{2066}\\u{200f}\\u{61c}"),
            ("a\u{200B}\u{200D}\u{2060}\u{FEFF}b", "a\\u{200b}\\u{200d}\\u{2060}\\u{feff}b"),
            ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"), ("\u{AD}\u{115F}\u{3164}", "\\u{ad}\\u{115f}\\u{3164}"),
            ("\u{E0041}", "\\u{e0041}"), ("\u{301}a", "\\u{301}a"), ("\n\u{301}", "\\n\\u{301}"),
            ("👩\u{200D}a", "👩\\u{200d}a"), ("1\u{200D}2", "1\\u{200d}2"), ("\u{FFF9}", "\\u{fff9}"), ("\r\n", "\\r\\n"),
        ])
    func escapes(text: String, wanted: String) {
        #expect(text.escapedForDisplay == wanted)
    }

    @Test(
        "leaves what people write",
        arguments: [
            "", "VPN down", "C:\\new", "“é” – 日本 🎉", "e\u{301}", "❤\u{FE0F}", "עברית العربية", "\u{A0}", "\u{FFFD}",
            "👩\u{200D}💻", "👨\u{200D}👩\u{200D}👧\u{200D}👦", "👍🏽", "🏳\u{FE0F}\u{200D}🌈", "1\u{FE0F}\u{20E3}",
        ])
    func leaves(text: String) {
        #expect(text.escapedForDisplay.utf8.elementsEqual(text.utf8))
    }

    @Test("more accents than a language has are shown, and not stacked")
    func stacked() {
        let accents = String(repeating: "\u{301}", count: 10_000)
        let shown = ("Z" + accents + "algo").escapedForDisplay
        #expect(shown.hasPrefix("Z" + String(repeating: "\u{301}", count: 8) + "\\u{301}\\u{301}"))
        #expect(shown.hasSuffix("\\u{301}algo"))
        #expect(shown.unicodeScalars.count { $0 == "\u{301}" } == 8)
    }

    @Test(
        "takes as many columns as a terminal gives it",
        arguments: [
            ("", 0), ("VPN down", 8), ("日本", 4), ("e\u{301}", 1), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
            ("👩\u{200D}💻!", 3), ("👍🏽", 2), ("🇩🇪", 2), ("❤\u{FE0F}", 2), ("a\u{FE0F}", 1), ("ｆｕｌｌ", 8), ("\u{1B}", 6),
            ("עברית", 5),
        ])
    func columns(text: String, wanted: Int) {
        #expect(text.displayColumns == wanted)
    }

    @Test(
        "is cut between characters, and never wider than asked",
        arguments: [
            ("VPN down", 8, "VPN down"), ("VPN down", 7, "VPN do…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"), ("cafe\u{301}s", 5, "cafe\u{301}s"), ("cafe\u{301}s", 4, "caf…"),
            ("👩\u{200D}💻👩\u{200D}💻", 3, "👩\u{200D}💻…"), ("ab\u{1B}cd", 7, "ab…"), ("ab\u{1B}cd", 10, "ab\\u{1b}cd"),
            ("日", 1, "…"), ("a", 0, "…"), ("", 0, ""),
        ])
    func shortened(text: String, most: Int, wanted: String) {
        let shown = text.shortenedForDisplay(columns: most)
        #expect(shown.utf8.elementsEqual(wanted.utf8))
    }
}
