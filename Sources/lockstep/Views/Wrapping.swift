import Diagnostics

/// Breaks lines that are wider than a terminal, between words, and hangs what follows in.
///
/// The text is escaped for display, but for our own colours, which take no column.
struct Wrapping {
    let columns: Int
    /// How far the lines that follow are hung in; nil where that follows from the line.
    var hang: Int?

    func text(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(line).joined(separator: "\n")
    }

    private func line(_ line: Substring) -> String {
        if line.utf8.count <= columns { return String(line) }
        let pieces = Self.pieces(line)
        guard pieces.reduce(0, { $0 + $1.columns }) > columns else { return String(line) }
        var filling = Filling(
            columns: columns, hang: hang ?? min(Self.hang(pieces.filter { $0.columns > 0 }), columns / 2))
        var gap = 0
        for word in pieces.split(omittingEmptySubsequences: false, whereSeparator: \.isSpace) {
            filling.add(word, after: gap)
            // A colour alone is no word.
            gap = word.allSatisfy { $0.columns == 0 } ? gap + 1 : 1
        }
        return filling.text
    }

    /// How far the following lines are hung in: to what stands behind a mark such as `HOLD` and two spaces; else a
    /// little deeper than the line itself.
    private static func hang(_ pieces: [Piece]) -> Int {
        let indent = pieces.prefix(while: \.isSpace).count
        let mark = pieces[indent...].prefix { !$0.isSpace }
        let gap = pieces[(indent + mark.count)...].prefix(while: \.isSpace).count
        if gap > 1 { return indent + mark.reduce(0) { $0 + $1.columns } + gap }
        return indent == 0 ? 4 : indent + 2
    }

    private struct Piece {
        var text: String
        var columns: Int
        var isSpace: Bool { text == " " }
    }

    private static func pieces(_ line: Substring) -> [Piece] {
        var pieces: [Piece] = []
        var colour = ""
        for character in line {
            if character == "\u{1B}" || !colour.isEmpty {
                colour.append(character)
                if character == "m" {
                    pieces.append(Piece(text: colour, columns: 0))
                    colour = ""
                }
            } else {
                let text = String(character)
                pieces.append(Piece(text: text, columns: text.displayColumns))
            }
        }
        return pieces
    }

    /// Lines as they are filled with words.
    private struct Filling {
        let columns: Int
        let hang: Int
        var text = ""
        private var used = 0

        init(columns: Int, hang: Int) {
            self.columns = columns
            self.hang = hang
        }

        mutating func add(_ word: ArraySlice<Piece>, after gap: Int) {
            let width = word.reduce(0) { $0 + $1.columns }
            if width == 0 {
                text += word.map(\.text).joined()
                return
            }
            // What no line can hold begins on this one.
            if used + gap + width > columns, used > hang, width <= columns - hang || used + gap >= columns - 1 {
                breakLine()
            } else {
                text += String(repeating: " ", count: gap)
                used += gap
            }
            for piece in word {
                if used + piece.columns > columns, used > hang { breakLine() }
                text += piece.text
                used += piece.columns
            }
        }

        private mutating func breakLine() {
            text += "\n" + String(repeating: " ", count: hang)
            used = hang
        }
    }
}
