/// A line of source as it is shown, and where on it the caret goes. Long lines are shown through a window around the
/// caret.
struct Excerpt {
    /// What is shown of the line, without blanks at its end.
    private(set) var text = ""
    /// How many columns stand before the caret.
    private(set) var indent = 0
    /// How many columns are underlined, at least one.
    private(set) var width = 0

    private static let ellipsis = "…"

    /// - Parameters:
    ///   - line: the scalars of the whole line.
    ///   - marked: the marked scalars' indices; what lies past the line's end is not underlined.
    ///   - limit: the most columns to show, the ellipses not counted.
    init(_ line: [Unicode.Scalar], marking marked: Range<Int>, limit: Int) {
        let visible = (line.lastIndex { $0 != " " && $0 != "\t" } ?? -1) + 1
        let window = Excerpt.window(of: line, upTo: visible, around: marked.lowerBound, limit: limit)
        if window.lowerBound > 0 {
            text = Excerpt.ellipsis
            indent = 1
        }
        for index in window {
            let cell = Cell(line[index])
            text += cell.text
            if index < marked.lowerBound {
                indent += cell.columns
            } else if index < marked.upperBound {
                width += cell.columns
            }
        }
        if window.upperBound < visible { text += Excerpt.ellipsis }
        if marked.lowerBound > window.upperBound, window.upperBound == visible {
            indent += min(limit, Excerpt.columns(line[visible..<min(marked.lowerBound, line.count)]))
        }
        width = max(1, width)
    }

    /// The scalars to show: all of them where they fit; else as many as fit from a third of the limit before the mark
    /// on.
    private static func window(of line: [Unicode.Scalar], upTo visible: Int, around mark: Int, limit: Int) -> Range<Int>
    {
        if visible <= limit, columns(line[..<visible]) <= limit { return 0..<visible }
        let mark = min(mark, visible)
        var start = mark
        var before = 0
        while start > 0, before + Cell(line[start - 1]).columns <= limit / 3 {
            start -= 1
            before += Cell(line[start]).columns
        }
        var end = mark
        while end < visible, before + Cell(line[end]).columns <= limit {
            before += Cell(line[end]).columns
            end += 1
        }
        return start..<end
    }

    private static func columns(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
        scalars.reduce(0) { $0 + Cell($1).columns }
    }

    /// One scalar as it is shown: a tab as a space, so that the caret stands right whatever the terminal makes of tabs.
    private struct Cell {
        var text: String
        var columns: Int

        init(_ scalar: Unicode.Scalar) {
            if scalar == "\t" {
                (text, columns) = (" ", 1)
            } else if scalar.mustBeEscaped {
                text = scalar.escapedForDisplay
                columns = text.utf8.count
            } else {
                (text, columns) = (String(scalar), scalar.columns)
            }
        }
    }
}
