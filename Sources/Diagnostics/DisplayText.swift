extension String {
    /// The text as it may be shown: nothing in it can move the cursor, colour the screen, turn the direction of
    /// writing, or hide.
    ///
    /// Control characters (C0, C1, DEL), line and paragraph separators, and whatever Unicode calls ignorable in display
    /// (zero-width characters, marks of direction, tags) are written `\u{1b}`; line feed, carriage return and tab `\n`,
    /// `\r`, `\t`. A backslash stays as it is: the text is for reading, not for reading back.
    package var escapedForDisplay: String {
        guard unicodeScalars.contains(where: \.mustBeEscaped) else { return self }
        var shown = ""
        for scalar in unicodeScalars { shown += scalar.escapedForDisplay }
        return shown
    }
}

extension Unicode.Scalar {
    /// Whether the scalar must not reach a terminal or a page as it is.
    var mustBeEscaped: Bool {
        if value < 0x80 { return value < 0x20 || value == 0x7F }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        default: return isHidden
        }
    }

    /// Variation selectors choose a glyph and hide nothing; the interlinear marks hide, though Unicode does not list
    /// them.
    private var isHidden: Bool {
        switch value {
        case 0xFE00...0xFE0F: false
        case 0xFFF9...0xFFFB: true
        default: properties.isDefaultIgnorableCodePoint
        }
    }

    var escapedForDisplay: String {
        guard mustBeEscaped else { return String(self) }
        switch self {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: return "\\u{\(String(value, radix: 16))}"
        }
    }

    /// How many columns of a terminal a scalar takes when it is shown as it is: 0 for a mark on the one before, 2 for
    /// wide ones.
    var columns: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return properties.isEmojiPresentation || isWide ? 2 : 1
        }
    }

    /// The blocks that Unicode's `EastAsianWidth.txt` gives as wide or full-width.
    private var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF,
            0x1B000...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD:
            true
        default: false
        }
    }
}
