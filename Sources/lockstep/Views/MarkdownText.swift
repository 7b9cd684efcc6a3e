import Diagnostics

/// Text of records for a comment in Markdown, as GitHub and its kin show it: shown as it is, and never read as markup, a mention, a
/// link or a reference.
enum MarkdownText {
    /// As much of a value is shown.
    private static let most = 120

    /// A text of a record, shortened: as code, in which nobody looks for mentions, references or addresses.
    static func cell(_ text: String) -> String {
        text.isEmpty ? "" : "<code>\(escaped(text.shortenedForDisplay(columns: most)))</code>"
    }

    /// Every character that Markdown or HTML could read as something is spelled as a reference; control characters and those that
    /// change the direction of text are shown by their names.
    ///
    /// A reference is read before mentions and addresses are looked for: behind `@` and `#` stands a comment, which parts the text.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.escapedForDisplay.unicodeScalars {
            if isPlain(scalar) { out.unicodeScalars.append(scalar) } else { out += "&#\(scalar.value);" }
            if scalar == "@" || scalar == "#" { out += "<!-- -->" }
        }
        return out
    }

    /// Letters, digits, spaces, and the few signs of which nothing is made within a line. Of all other ASCII something is: a full stop and
    /// a colon make links of bare addresses, `_` and `*` emphasis, `|` a cell.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", " ", ",", ";", "(", ")", "?", "'", "%", "$", "=", "+", "-", "/": true
        default: scalar.value >= 0x80
        }
    }
}
