import Diagnostics

/// Rows of cells under a head, each column as wide as its widest cell in the terminal's columns.
struct Table {
    enum Alignment {
        case left, right
    }

    struct Cell {
        var text: String
        var paint: Style.Paint?

        init(_ text: String, _ paint: Style.Paint? = nil) {
            self.text = text.escapedForDisplay
            self.paint = paint
        }
    }

    let style: Style
    var columns: [(head: String, alignment: Alignment)]
    var rows: [[Cell]] = []

    /// Lines with their line feeds.
    var text: String {
        let all = [columns.map { Cell($0.head) }] + rows
        let widths = columns.indices.map { column in all.map { DisplayWidth.columns($0[column].text) }.max() ?? 0 }
        return all.map { line($0, widths) + "\n" }.joined()
    }

    private func line(_ cells: [Cell], _ widths: [Int]) -> String {
        var text = ""
        var gap = 0
        for (column, cell) in cells.enumerated() {
            let padding = widths[column] - DisplayWidth.columns(cell.text)
            let painted = cell.paint.map { style.paint(cell.text, $0) } ?? cell.text
            let before = columns[column].alignment == .right ? padding : 0
            if !cell.text.isEmpty {
                text += String(repeating: " ", count: gap + before) + painted
                gap = 2 + padding - before
            } else {
                gap += 2 + padding
            }
        }
        return text
    }
}

/// How many columns of a terminal a text takes.
enum DisplayWidth {
    static func columns(_ text: String) -> Int {
        text.reduce(0) { $0 + columns($1) }
    }

    /// A character is as wide as its first scalar, two columns where that is wide or shown as a picture.
    private static func columns(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.properties.generalCategory.isMark || first.value == 0x200B { return 0 }
        let isPicture = character.unicodeScalars.contains { $0.value == 0xFE0F } || first.properties.isEmojiPresentation
        return isPicture || wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// The scalars that Unicode's East Asian Width calls wide or full-width (UAX 11), as ranges.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
    ]
}

extension Unicode.GeneralCategory {
    fileprivate var isMark: Bool { self == .nonspacingMark || self == .enclosingMark || self == .format }
}
