internal import Model
internal import Values

/// Steps through the rows of a CSV file (RFC 4180).
struct CSVScanner: RecordScanner {
    var stream: FileStream
    let file: CollectionFile
    let dialect: CSVDialect
    let head: CSVHead
    /// Whether new rows have all cells in quotes: as the first row has, or the head where there is none.
    private(set) var quotesAll: Bool
    var known = CSVKnownFields()
    private var isFirst = true
    private(set) var record = ScannedRecord()
    private(set) var problem: EndpointFailure?
    private(set) var id = RecordKey()
    private var rows: CSVRowFinder

    init(
        of file: CollectionFile, _ stream: FileStream, dialect: CSVDialect, idFields: [FieldPath]
    ) throws(EndpointFailure) {
        self.file = file
        self.stream = stream
        self.dialect = dialect
        rows = CSVRowFinder()
        try rows.skipMark(in: &self.stream, of: file)
        guard try rows.next(in: &self.stream, of: file, dialect), let row = rows.row else {
            throw file.malformed("the file has no head line", line: 1)
        }
        head = try CSVHead(self.stream.bytes(row.range), of: file, line: row.line, dialect, idFields: idFields)
        quotesAll = head.isQuoted
    }

    /// Where the line of the record ends, its line end included.
    var rowEnd: Int { rows.end }
    /// How new rows end: as the last one did.
    var lineEnd: LineEnd { rows.lineEnd }

    var layout: any RecordLayout { CSVLayout(names: head.fields, delimiter: dialect.delimiter) }
    var fieldNames: [String]? { head.names }

    mutating func next() throws(EndpointFailure) -> Bool {
        guard try rows.next(in: &stream, of: file, dialect), let row = rows.row else { return false }
        record = row
        if problem != nil { problem = nil }
        try takeID()
        if isFirst {
            isFirst = false
            quotesAll = isQuotedWhole
        }
        return true
    }

    func withID<R>(_ body: (UnsafeRawBufferPointer, RecordID.Kind) -> R) -> R { id.with(stream.bytes, body) }

    @inline(__always)
    func fingerprint(of raw: UnsafeRawBufferPointer) -> Fingerprint {
        let bits = Fingerprint(of: raw).bits ^ head.digest
        return Fingerprint(bits: bits == 0 ? 1 : bits)
    }

    func checkRecord() throws(EndpointFailure) -> EndpointFailure? {
        try CSVCheck(file: file, dialect: dialect, columns: head.names.count)
            .check(raw, line: record.line, mayHaveQuotes: rows.rowHasQuotes)
    }

    private var isQuotedWhole: Bool {
        var cells = CSVCells(raw, delimiter: dialect.delimiter)
        while let cell = try? cells.next() { if !cell.isQuoted { return false } }
        return true
    }
}

extension CSVScanner {
    /// Takes the cells that make the id.
    private mutating func takeID() throws(EndpointFailure) {
        if head.idColumns.count == 1 {
            try takeSingleID(head.idColumns[0])
        } else {
            try takeCompositeID()
        }
    }

    private mutating func takeSingleID(_ column: Int) throws(EndpointFailure) {
        var cells = CSVCells(raw, delimiter: dialect.delimiter)
        var cell: CSVCell?
        for _ in 0...column { cell = try step(&cells) }
        guard let cell else { return problem = try ragged() }
        if cell.start == cell.end { return problem = emptyID(column) }
        if cell.hasDoubled {
            cells.withContent(of: cell) { content in id.copy { $0.append(contentsOf: content) } }
        } else {
            id.refer(to: record.start + cell.start..<record.start + cell.end)
        }
    }

    private mutating func takeCompositeID() throws(EndpointFailure) {
        var cells = CSVCells(raw, delimiter: dialect.delimiter)
        var parts: [String] = Array(repeating: "", count: head.idColumns.count)
        for column in 0...(head.idColumns.max() ?? 0) {
            guard let cell = try step(&cells) else { return problem = try ragged() }
            guard let part = head.idColumns.firstIndex(of: column) else { continue }
            parts[part] = cells.text(of: cell)
            if parts[part].isEmpty { return problem = emptyID(column) }
        }
        id.compose(parts)
    }

    @inline(__always)
    private func step(_ cells: inout CSVCells) throws(EndpointFailure) -> CSVCell? {
        do {
            return try cells.next()
        } catch {
            throw CSVCheck(file: file, dialect: dialect, columns: head.names.count)
                .failure(error, in: raw, line: record.line)
        }
    }

    /// The row is too short for its id; the check says how.
    private func ragged() throws(EndpointFailure) -> EndpointFailure {
        try checkRecord() ?? emptyID(head.idColumns[0])
    }

    private func emptyID(_ column: Int) -> EndpointFailure {
        file.malformed("the id in the column '\(head.names[column])' is empty", line: record.line)
    }
}
