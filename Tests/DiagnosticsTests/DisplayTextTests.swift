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
            ("\u{E0041}", "\\u{e0041}"), ("\u{FFF9}", "\\u{fff9}"), ("\r\n", "\\r\\n"),
        ])
    func escapes(text: String, wanted: String) {
        #expect(text.escapedForDisplay == wanted)
    }

    @Test(
        "leaves what people write",
        arguments: [
            "", "VPN down", "C:\\new", "“é” – 日本 🎉", "e\u{301}", "❤\u{FE0F}", "עברית العربية", "\u{A0}", "\u{FFFD}",
        ])
    func leaves(text: String) {
        #expect(text.escapedForDisplay.utf8.elementsEqual(text.utf8))
    }
}
