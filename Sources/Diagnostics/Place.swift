/// A point in a source text. Both numbers start at 1; a column counts Unicode scalars, as editors do.
package struct Position: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: Position, b: Position) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// A stretch of a named source text: what a caret is drawn under. `end` is the position after the last scalar.
package struct Place: Sendable, Hashable {
    package var file: String
    package var start: Position
    package var end: Position

    package init(file: String, start: Position, end: Position) {
        self.file = file
        self.start = start
        self.end = end
    }

    package init(file: String, line: Int, column: Int = 1, length: Int = 1) {
        self.init(
            file: file, start: Position(line: line, column: column),
            end: Position(line: line, column: column + length))
    }

    /// The file and the line, as people write them: `jobs/helpdesk.yaml:27`.
    package var fileAndLine: String { "\(file):\(start.line)" }
}
