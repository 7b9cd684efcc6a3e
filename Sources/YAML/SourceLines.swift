import Diagnostics

extension SourceText {
    /// The scalars of a line, none if there is no such line.
    func scalars(ofLine number: Int) -> [Unicode.Scalar] {
        line(number).map { Array($0.unicodeScalars) } ?? []
    }

    /// The position behind the last character.
    var end: Position {
        Position(line: lineCount, column: scalars(ofLine: lineCount).count + 1)
    }

    /// Where a block scalar's visible text ends: libyaml's mark stands behind the empty lines that follow it, often in
    /// the next entry's indentation.
    func endOfBlock(from start: Position, to end: Position) -> Position {
        var number = end.line
        while number > start.line {
            var text = scalars(ofLine: number)[...]
            if number == end.line { text = text.prefix(end.column - 1) }
            if let last = text.lastIndex(where: { !$0.isBlank }) { return Position(line: number, column: last + 2) }
            number -= 1
        }
        return Position(line: start.line, column: start.column + 1)
    }
}

extension Unicode.Scalar {
    /// A space or a tab.
    var isBlank: Bool { self == " " || self == "\t" }
}

extension Sequence<Unicode.Scalar> {
    var text: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: self)
        return String(text)
    }
}
