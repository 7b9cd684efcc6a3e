extension String {
    /// The text as it may be shown: nothing in it can move the cursor, colour the screen, turn the direction of
    /// writing, or hide.
    ///
    /// Control characters (C0, C1, DEL), line and paragraph separators, and whatever Unicode calls ignorable in display
    /// (zero-width characters, marks of direction, tags) are written `\u{1b}`; line feed, carriage return and tab `\n`,
    /// `\r`, `\t`. So are accents that stand on nothing, or of which more than eight stand on one character: they would
    /// reach into other lines. A backslash stays as it is: the text is for reading, not for reading back.
    package var escapedForDisplay: String {
        if isPlain { return self }
        var shown = ""
        for piece in DisplayPieces(self) { shown += piece.text }
        return shown
    }

    /// As ``escapedForDisplay``, and cut where it takes more columns of a terminal: the last one is then an ellipsis.
    /// Neither a character nor what stands for an escaped one is cut in two.
    package func shortenedForDisplay(columns most: Int) -> String {
        if isPlain, utf8.count <= most { return self }
        var shown = ""
        var used = 0
        // How much of it leaves room for the ellipsis.
        var whole = 0
        for piece in DisplayPieces(self) {
            if used + piece.columns > most { return String(decoding: shown.utf8.prefix(whole), as: UTF8.self) + "…" }
            shown += piece.text
            used += piece.columns
            if used < most { whole = shown.utf8.count }
        }
        return shown
    }

    /// How many columns of a terminal the text takes as it is shown.
    package var displayColumns: Int {
        isPlain ? utf8.count : DisplayPieces(self).reduce(0) { $0 + $1.columns }
    }

    /// Whether each byte is a character of one column.
    private var isPlain: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
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
        mustBeEscaped ? escaped : String(self)
    }

    /// `\u{1b}`, `\n`.
    var escaped: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(value, radix: 16))}"
        }
    }

    /// Whether it stands on the character before it.
    var isMark: Bool {
        if value < 0x300 { return false }
        return switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// How many columns of a terminal a scalar takes when it is shown as it is: 0 for a mark on the one before, 2 for
    /// wide ones.
    var columns: Int {
        if value < 0x300 { return 1 }
        // The vowels and final consonants of a Hangul syllable stand in the columns of its first consonant.
        if isMark || (0x1160...0x11FF).contains(value) { return 0 }
        return properties.isEmojiPresentation || isWide ? 2 : 1
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
