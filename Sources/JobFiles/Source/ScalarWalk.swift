import Diagnostics
import YAML

/// Finds where each scalar of a YAML value stands in the file, by walking along the file's text beside it.
///
/// A run of blanks of the value lies somewhere in a run of blanks of the file; an escape or a doubled quote stands for
/// one scalar; everything else stands as it is.
struct ScalarWalk {
    private let lines: SourceLines
    private let style: ScalarStyle
    private let place: Place
    private var line: Int
    private var column: Int
    private var text: [Unicode.Scalar]
    /// Whether each scalar of the value stood in the file as it is, on the first line.
    private(set) var isVerbatim = true

    init(_ scalar: Scalar, at place: Place, in lines: SourceLines) {
        self.lines = lines
        self.place = place
        style = scalar.style
        line = place.start.line
        column = place.start.column - 1
        text = lines.scalars(ofLine: line)
        switch style {
        case .plain: break
        case .singleQuoted, .doubleQuoted: column += 1
        case .literal, .folded:
            isVerbatim = false
            nextLine()
            skipBlanks()
        }
    }

    /// The position of each scalar of the value.
    mutating func positions(of value: [Unicode.Scalar]) -> [Position] {
        var positions: [Position] = []
        positions.reserveCapacity(value.count)
        var wasBlank = false
        for scalar in value {
            skipContinuation()
            let isEscaped = style == .doubleQuoted && current == "\\"
            let isBlank = scalar.isBlank && !isEscaped
            if wasBlank && !isBlank { skipBlanks() }
            wasBlank = isBlank
            positions.append(Position(line: line, column: column + 1))
            step(over: scalar, isBlank: isBlank)
        }
        return positions
    }

    private var current: Unicode.Scalar? { column < text.count ? text[column] : nil }
    private var next: Unicode.Scalar? { column + 1 < text.count ? text[column + 1] : nil }

    private mutating func step(over scalar: Unicode.Scalar, isBlank: Bool) {
        if isBlank {
            // Where a line is folded, the blanks of the value stay on its end until the next word.
            if current == scalar { column += 1 } else { isVerbatim = false }
            return
        }
        if current != scalar { isVerbatim = false }
        if style == .doubleQuoted, current == "\\" {
            column += escapeLength
            isVerbatim = false
        } else if style == .singleQuoted, current == "'", next == "'" {
            column += 2
            isVerbatim = false
        } else if column < text.count {
            column += 1
        }
    }

    private var escapeLength: Int {
        switch next {
        case "x": 4
        case "u": 6
        case "U": 10
        default: 2
        }
    }

    /// A backslash at the end of a line joins it to the next.
    private mutating func skipContinuation() {
        while style == .doubleQuoted, current == "\\", next == nil, line < place.end.line {
            nextLine()
            while column < text.count, text[column].isBlank { column += 1 }
        }
    }

    private mutating func skipBlanks() {
        while true {
            while let scalar = current, scalar.isBlank { column += 1 }
            guard current == nil, line < place.end.line else { return }
            nextLine()
        }
    }

    private mutating func nextLine() {
        line += 1
        column = 0
        text = lines.scalars(ofLine: line)
        isVerbatim = false
    }
}
