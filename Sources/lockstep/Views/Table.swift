import Diagnostics

/// Rows of cells under a head, each column as wide as its widest cell in the terminal's columns.
///
/// Where that is wider than the screen, the last column flows over several lines, and names are shortened.
struct Table {
    enum Alignment {
        case left, right
    }

    struct Column {
        var head: String
        var alignment = Alignment.left
        /// Whether it is left out where no row has anything in it.
        var isOptional = false
        /// Whether its cells may be shortened.
        var isFlexible = false

        init(_ head: String, _ alignment: Alignment = .left, isOptional: Bool = false, isFlexible: Bool = false) {
            self.head = head
            self.alignment = alignment
            self.isOptional = isOptional
            self.isFlexible = isFlexible
        }
    }

    struct Cell {
        var text: String
        var paint: Style.Paint?

        init(_ text: String, _ paint: Style.Paint? = nil) {
            self.text = text.escapedForDisplay
            self.paint = paint
        }
    }

    let screen: Screen
    /// What stands before each line.
    var indent = ""
    var columns: [Column]
    var rows: [[Cell]] = []

    init(screen: Screen, indent: String = "", columns: [Column]) {
        self.screen = screen
        self.indent = indent
        self.columns = columns
    }

    /// As wide as it needs to be.
    init(style: Style, columns: [(head: String, alignment: Alignment)]) {
        self.init(
            screen: Screen(style: style, columns: nil), columns: columns.map { Column($0.head, $0.alignment) })
    }

    private static let gap = 2
    /// The fewest columns of a cell that is shortened, and of the last one where it flows.
    private static let fewest = 12

    /// Whether it needs no shortening.
    var fits: Bool { screen.columns.map { width(widths(shown)) <= $0 } ?? true }

    /// Lines with their line feeds.
    var text: String {
        let shown = shown
        let widths = fitted(widths(shown), shown)
        if let most = screen.columns, let last = shown.last, shown.count > 1, columns[last].alignment == .left,
            width(widths) > most
        {
            return stacked(last, most)
        }
        return ([columns.map { Cell($0.head) }] + rows).map { line($0, shown, widths) }.joined()
    }

    /// Where not even a little of the last column has room, it stands below each row.
    private func stacked(_ last: Int, _ most: Int) -> String {
        var upper = Table(screen: screen, indent: indent, columns: Array(columns[..<last]))
        upper.rows = rows.map { Array($0[..<last]) }
        let shown = upper.shown
        let widths = upper.fitted(upper.widths(shown), shown)
        let margin = indent + "    "
        let wrapping = Wrapping(columns: most - margin.utf8.count, hang: 0)
        return upper.line(upper.columns.map { Cell($0.head) }, shown, widths)
            + zip(upper.rows, rows).map { cells, row in
                let lines = wrapping.text(row[last].text).split(separator: "\n")
                return upper.line(cells, shown, widths)
                    + lines.map { margin + painted(String($0), row[last]) + "\n" }.joined()
            }.joined()
    }

    /// The numbers of the columns that have anything in them.
    private var shown: [Int] {
        columns.indices.filter { at in !columns[at].isOptional || rows.contains { !$0[at].text.isEmpty } }
    }

    /// The width of each column that is shown.
    private func widths(_ shown: [Int]) -> [Int] {
        shown.map { at in
            rows.reduce(columns[at].head.displayColumns) { max($0, $1[at].text.displayColumns) }
        }
    }

    private func width(_ widths: [Int]) -> Int {
        indent.utf8.count + widths.reduce(0, +) + Self.gap * max(0, widths.count - 1)
    }

    /// The widths, made less where the screen is too narrow: of the last column first.
    private func fitted(_ widths: [Int], _ shown: [Int]) -> [Int] {
        guard let most = screen.columns, let last = widths.indices.last else { return widths }
        var widths = widths
        for at in [last] + widths.indices.filter({ columns[shown[$0]].isFlexible }) {
            let excess = width(widths) - most
            if excess <= 0 { break }
            if at == last, columns[shown[at]].alignment == .right { continue }
            widths[at] = max(min(widths[at], Self.fewest), widths[at] - excess)
        }
        return widths
    }

    private func line(_ cells: [Cell], _ shown: [Int], _ widths: [Int]) -> String {
        var text = indent
        var gap = 0
        for (column, width) in zip(shown.dropLast(), widths) {
            let cell = cells[column].text.shortenedForDisplay(columns: width)
            let padding = width - cell.displayColumns
            let before = columns[column].alignment == .right ? padding : 0
            if cell.isEmpty {
                gap += width + Self.gap
            } else {
                text += String(repeating: " ", count: gap + before) + painted(cell, cells[column])
                gap = padding - before + Self.gap
            }
        }
        guard let last = shown.last, let width = widths.last, !cells[last].text.isEmpty else { return text + "\n" }
        return text + String(repeating: " ", count: gap) + self.last(cells[last], width, columns[last], widths) + "\n"
    }

    /// The last cell: over as many lines as it needs.
    private func last(_ cell: Cell, _ width: Int, _ column: Column, _ widths: [Int]) -> String {
        let padding = column.alignment == .right ? max(0, width - cell.text.displayColumns) : 0
        guard screen.columns != nil, cell.text.displayColumns > width else {
            return String(repeating: " ", count: padding) + painted(cell.text, cell)
        }
        let start = self.width(widths) - width
        return Wrapping(columns: width, hang: 0).text(cell.text).split(separator: "\n")
            .map { painted(String($0), cell) }.joined(separator: "\n" + String(repeating: " ", count: start))
    }

    private func painted(_ text: String, _ cell: Cell) -> String {
        cell.paint.map { screen.style.paint(text, $0) } ?? text
    }
}
