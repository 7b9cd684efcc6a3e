internal import Model
internal import Values

/// The head line of a CSV file: the names of its columns.
struct CSVHead: Sendable {
    let names: [String]
    /// The columns that make the id.
    let idColumns: [Int]
    /// A digest of the columns: a row says something else where the head does, though its bytes are the same.
    let digest: UInt64
    /// Whether each name stands in quotes.
    let isQuoted: Bool
    let fields: FieldNames

    init(_ fields: FieldNames, names: [String], idColumns: [Int], delimiter: UInt8, isQuoted: Bool) {
        self.fields = fields
        self.names = names
        self.idColumns = idColumns
        self.isQuoted = isQuoted
        var bytes = [delimiter]
        for name in names { bytes += Array(name.utf8) + [0] }
        digest = Fingerprint(of: bytes).bits
    }

    /// The column of a field.
    func column(of path: FieldPath) throws(RecordFailure) -> Int {
        guard path.steps.count == 1, let column = fields.position(of: path.steps[0].text) else {
            throw RecordFailure("there is no column '\(path)'")
        }
        return column
    }

    func isID(_ column: Int) -> Bool { idColumns.contains(column) }
}

/// Reads rows as records: every column is text.
struct CSVLayout: RecordLayout {
    let names: FieldNames
    let delimiter: UInt8

    func decode(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object {
        var values: [Value] = []
        values.reserveCapacity(names.count)
        var cells = CSVCells(raw, delimiter: delimiter)
        do throws(CSVProblem) {
            while let cell = try cells.next() { values.append(.text(cells.text(of: cell))) }
        } catch {
            throw RecordFailure("the row is no CSV")
        }
        guard let object = Object(names, values) else {
            throw RecordFailure("the row has \(values.count) cells, but the head names \(names.count) columns")
        }
        return object
    }
}
