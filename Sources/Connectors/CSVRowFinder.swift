internal import Model

/// Finds where the rows of a CSV file begin and end, without a look at their cells: a line feed ends a row where the
/// quotes before it come in pairs.
struct CSVRowFinder {
    /// The row that was found last, without its line end.
    private(set) var row: ScannedRecord?
    private(set) var rowHasQuotes = false
    /// The bytes that ended the last row that had a line end.
    private(set) var lineEnd: LineEnd = .lineFeed

    /// Where the row ends, its line end included.
    var end: Int { at }

    /// Where the next row begins.
    private var at = 0
    private var line = 1
    /// The first quote at or behind the last place looked at: found once, though many rows may stand before it.
    private var nextQuote = -1

    /// Steps over a byte-order mark at the start of the file.
    mutating func skipMark(in stream: inout FileStream, of file: CollectionFile) throws(EndpointFailure) {
        at = try stream.markEnd(of: file)
    }

    /// Steps to the next row that is not blank; false at the end of the file.
    mutating func next(
        in stream: inout FileStream, of file: CollectionFile, _ dialect: CSVDialect
    ) throws(EndpointFailure) -> Bool {
        while true {
            guard let next = try findEnd(in: &stream, of: file, dialect) else { return false }
            var found = ScannedRecord(start: at, end: next, line: line)
            trimLineEnd(of: &found, in: stream)
            line += rowHasQuotes ? count(Byte.lineFeed, in: stream.bytes(at..<next)) : 1
            at = next
            if found.start < found.end {
                row = found
                return true
            }
        }
    }

    private mutating func trimLineEnd(of row: inout ScannedRecord, in stream: FileStream) {
        let bytes = stream.bytes
        var isTerminated = false
        if bytes[row.end - 1] == Byte.lineFeed {
            row.end -= 1
            isTerminated = true
        }
        var hasReturn = false
        if row.end > row.start, bytes[row.end - 1] == Byte.carriageReturn {
            row.end -= 1
            hasReturn = true
        }
        if isTerminated { lineEnd = hasReturn ? .carriageReturnLineFeed : .lineFeed }
    }

    /// Where the row at `at` ends, its line end included; nil at the end of the file.
    private mutating func findEnd(
        in stream: inout FileStream, of file: CollectionFile, _ dialect: CSVDialect
    ) throws(EndpointFailure) -> Int? {
        var scan = Scan(from: at)
        rowHasQuotes = false
        while true {
            if let end = look(&scan, in: stream.bytes) { return end }
            if stream.filled - at > FileStream.recordLimit {
                throw cut(scan, stream, file, dialect, "the row is longer than 64 MiB")
            }
            let start = at
            if try stream.more(keepingFrom: start) {
                at = 0
                scan.from -= start
                nextQuote = -1
                continue
            }
            if scan.isInQuotes { throw cut(scan, stream, file, dialect, "the quote that opens here is never closed") }
            return at < stream.filled ? stream.filled : nil
        }
    }

    private struct Scan {
        /// All before this has been looked at.
        var from: Int
        var isInQuotes = false
        var nextLine = -1
    }

    /// Looks on until the row ends; nil where the window does.
    @inline(__always)
    private mutating func look(_ scan: inout Scan, in bytes: UnsafeRawBufferPointer) -> Int? {
        while true {
            if nextQuote < scan.from {
                nextQuote = find(Byte.quote, in: bytes, from: scan.from, to: bytes.count) ?? bytes.count
            }
            if !scan.isInQuotes {
                if scan.nextLine < scan.from {
                    scan.nextLine = find(Byte.lineFeed, in: bytes, from: scan.from, to: bytes.count) ?? bytes.count
                }
                if scan.nextLine < nextQuote { return scan.nextLine + 1 }
            }
            guard nextQuote < bytes.count else {
                scan.from = bytes.count
                scan.nextLine = -1
                return nil
            }
            rowHasQuotes = true
            scan.isInQuotes.toggle()
            scan.from = nextQuote + 1
        }
    }

    /// Why a row has no end: often an earlier mistake in it, which upset the pairs.
    private func cut(
        _ scan: Scan, _ stream: FileStream, _ file: CollectionFile, _ dialect: CSVDialect, _ message: String
    ) -> EndpointFailure {
        let rest = stream.bytes(at..<stream.filled)
        var cells = CSVCells(rest, delimiter: dialect.delimiter)
        do throws(CSVProblem) {
            while try cells.next() != nil {}
        } catch {
            return CSVCheck(file: file, dialect: dialect, columns: 0)
                .failure(error, in: rest, line: line, unclosed: message)
        }
        return file.malformed(message, line: line)
    }
}

/// How the lines of a file end.
enum LineEnd {
    case lineFeed, carriageReturnLineFeed

    var bytes: [UInt8] {
        switch self {
        case .lineFeed: [Byte.lineFeed]
        case .carriageReturnLineFeed: [Byte.carriageReturn, Byte.lineFeed]
        }
    }
}

extension FileStream {
    /// Reads the start of the file, and says where its content begins: behind a byte-order mark, where there is one.
    mutating func markEnd(of file: CollectionFile) throws(EndpointFailure) -> Int {
        while filled < 3, try more(keepingFrom: 0) {}
        let start = Array(bytes.prefix(3))
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw file.malformed("the file is UTF-16; it must be UTF-8", line: 1)
        }
        markSize = start == Byte.mark ? 3 : 0
        return markSize
    }
}
