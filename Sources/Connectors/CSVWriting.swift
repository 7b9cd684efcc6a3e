internal import Model
internal import Values

extension CSVScanner {
    func holds(_ fields: [FieldValue]) throws(RecordFailure) -> Bool {
        let texts = try texts(of: fields)
        return try eachCell { cells, cell, column in
            guard let text = texts[column] else { return true }
            return cells.text(of: cell).hasSameBytes(as: text)
        }
    }

    func patched(with fields: [FieldValue]) throws(RecordFailure) -> [UInt8] {
        let texts = try texts(of: fields)
        let row = raw
        var out: [UInt8] = []
        out.reserveCapacity(row.count + 32)
        var copied = 0
        var failure: RecordFailure?
        _ = try eachCell { cells, cell, column in
            guard let text = texts[column], !cells.text(of: cell).hasSameBytes(as: text) else { return true }
            if head.isID(column) { failure = idChange(column) }
            out.append(contentsOf: row[copied..<cell.range.lowerBound])
            dialect.write(text, quoted: cell.isQuoted, to: &out)
            copied = cell.range.upperBound
            return true
        }
        if let failure { throw failure }
        out.append(contentsOf: row[copied...])
        return out
    }

    mutating func encoded(_ id: RecordID, _ fields: [FieldValue]) throws(RecordFailure) -> [UInt8] {
        if !known.isSame(fields) { known = try CSVKnownFields(fields, head) }
        var texts: [String?] = Array(repeating: nil, count: head.names.count)
        for at in fields.indices { texts[known.columns[at]] = try cellText(fields[at]) }
        let parts = try idParts(of: id, count: head.idColumns.count)
        for (part, column) in zip(parts, head.idColumns) {
            if let text = texts[column], !text.hasSameBytes(as: part) { throw idMismatch(id, head.names[column]) }
            texts[column] = part
        }
        var out: [UInt8] = []
        out.reserveCapacity(256)
        for column in head.names.indices {
            if column > 0 { out.append(dialect.delimiter) }
            dialect.write(texts[column] ?? "", quoted: quotesAll, to: &out)
        }
        return out
    }

    mutating func keepRecord() throws(EndpointFailure) {}

    mutating func replaceRecord(with bytes: [UInt8]) throws(EndpointFailure) {
        try stream.replace(record.range, with: bytes)
    }

    mutating func removeRecord() throws(EndpointFailure) {
        try stream.replace(record.start..<rowEnd, with: [])
    }

    mutating func insert(_ bytes: [UInt8]) throws(EndpointFailure) {
        try stream.replace(record.start..<record.start, with: bytes + lineEnd.bytes)
    }

    mutating func append(_ bytes: [UInt8]) throws(EndpointFailure) {
        try stream.append(line: bytes, lineEnd: lineEnd)
    }

    mutating func finish() throws(EndpointFailure) {}

    /// The texts to set, by column.
    private func texts(of fields: [FieldValue]) throws(RecordFailure) -> [String?] {
        var texts: [String?] = Array(repeating: nil, count: head.names.count)
        for field in fields { texts[try head.column(of: field.path)] = try cellText(field) }
        return texts
    }

    /// Calls the body with each cell of the record while it gives true; false where it did not.
    private func eachCell(_ body: (CSVCells, CSVCell, Int) -> Bool) throws(RecordFailure) -> Bool {
        var cells = CSVCells(raw, delimiter: dialect.delimiter)
        do throws(CSVProblem) {
            var column = 0
            while column < head.names.count, let cell = try cells.next() {
                guard body(cells, cell, column) else { return false }
                column += 1
            }
            return true
        } catch {
            throw RecordFailure("the row is no CSV")
        }
    }

    private func idChange(_ column: Int) -> RecordFailure {
        RecordFailure("the column '\(head.names[column])' makes the record's id, which cannot change")
    }
}

/// The columns of the fields that the last new row had: those of a batch mostly have the same.
struct CSVKnownFields {
    private var paths: [FieldPath] = []
    private(set) var columns: [Int] = []

    init() {}

    init(_ fields: [FieldValue], _ head: CSVHead) throws(RecordFailure) {
        for field in fields {
            columns.append(try head.column(of: field.path))
            paths.append(field.path)
        }
    }

    func isSame(_ fields: [FieldValue]) -> Bool {
        guard fields.count == paths.count else { return false }
        for at in paths.indices where paths[at] != fields[at].path { return false }
        return true
    }
}

/// The texts of an id's fields.
func idParts(of id: RecordID, count: Int) throws(RecordFailure) -> [String] {
    if count == 1, !id.key.isEmpty { return [id.key] }
    guard case .list(let values) = id.value, values.count == count else {
        throw RecordFailure("the id '\(id)' does not have \(count) parts")
    }
    return values.map { $0.text ?? "" }
}

func idMismatch(_ id: RecordID, _ field: String) -> RecordFailure {
    RecordFailure("the record's id is '\(id)', but its field '\(field)' is set to something else")
}

extension FileStream {
    /// Writes a line behind the content, which gets the line end that its last line lacks.
    mutating func append(line: [UInt8], lineEnd: LineEnd) throws(EndpointFailure) {
        try copyRest()
        guard let output else { return }
        switch output.lastByte {
        case Byte.lineFeed: break
        case _ where output.size <= markSize: break
        case Byte.carriageReturn: try output.write([Byte.lineFeed])
        default: try output.write(lineEnd.bytes)
        }
        try output.write(line)
        try output.write(lineEnd.bytes)
    }
}
