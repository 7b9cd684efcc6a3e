internal import Values

/// One cell of a row: where its content stands, without its quotes.
struct CSVCell {
    var start: Int
    var end: Int
    var isQuoted: Bool
    /// Whether a doubled quote stands in it.
    var hasDoubled: Bool

    /// Where the cell stands with its quotes.
    var range: Range<Int> { isQuoted ? start - 1..<end + 1 : start..<end }
}

/// A row that RFC 4180 does not allow, and the offset where it does not.
enum CSVProblem: Error {
    case quoteInCell(Int)
    case textAfterQuote(Int)
    case unclosedQuote(Int)
}

/// Steps through the cells of a row.
struct CSVCells {
    let row: UnsafeRawBufferPointer
    let delimiter: UInt8
    private var at = 0
    private var isDone = false

    init(_ row: UnsafeRawBufferPointer, delimiter: UInt8) {
        self.row = row
        self.delimiter = delimiter
    }

    /// The next cell; nil behind the last one.
    mutating func next() throws(CSVProblem) -> CSVCell? {
        if isDone { return nil }
        if at < row.count, row[at] == Byte.quote { return try quoted() }
        let end = find(delimiter, in: row, from: at, to: row.count) ?? row.count
        if let quote = find(Byte.quote, in: row, from: at, to: end) { throw .quoteInCell(quote) }
        let cell = CSVCell(start: at, end: end, isQuoted: false, hasDoubled: false)
        step(over: end)
        return cell
    }

    private mutating func quoted() throws(CSVProblem) -> CSVCell {
        var cell = CSVCell(start: at + 1, end: at + 1, isQuoted: true, hasDoubled: false)
        while true {
            guard let quote = find(Byte.quote, in: row, from: cell.end, to: row.count) else { throw .unclosedQuote(at) }
            guard quote + 1 < row.count, row[quote + 1] == Byte.quote else {
                cell.end = quote
                break
            }
            cell.hasDoubled = true
            cell.end = quote + 2
        }
        let after = cell.end + 1
        if after < row.count, row[after] != delimiter { throw .textAfterQuote(after) }
        step(over: after)
        return cell
    }

    private mutating func step(over end: Int) {
        if end < row.count {
            at = end + 1
        } else {
            isDone = true
        }
    }

    /// Calls the body with what a cell means.
    func withContent<R>(of cell: CSVCell, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        let content = UnsafeRawBufferPointer(rebasing: row[cell.start..<cell.end])
        if !cell.hasDoubled { return body(content) }
        var plain: [UInt8] = []
        plain.reserveCapacity(content.count)
        var at = 0
        while at < content.count {
            plain.append(content[at])
            // What follows a quote within a quoted cell is its double.
            at += content[at] == Byte.quote ? 2 : 1
        }
        return plain.withUnsafeBytes(body)
    }

    func text(of cell: CSVCell) -> String {
        withContent(of: cell) { String(decoding: $0, as: UTF8.self) }
    }
}
