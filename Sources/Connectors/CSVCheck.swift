internal import Model
internal import Values

/// Finds mistakes in a row, and says where they are.
struct CSVCheck {
    let file: CollectionFile
    let dialect: CSVDialect
    let columns: Int

    /// A wrong number of cells is the row's own mistake. A quote in the wrong place is not: what it opened or closed may be the cells of
    /// other rows; and bytes in another encoding are most likely those of the whole file.
    func check(
        _ row: UnsafeRawBufferPointer, line: Int, mayHaveQuotes: Bool
    ) throws(EndpointFailure) -> EndpointFailure? {
        let found = mayHaveQuotes ? try countCells(in: row, line: line) : count(dialect.delimiter, in: row) + 1
        if found != columns { return ragged(found, line: line) }
        try checkText(row, line: line)
        return nil
    }

    func checkText(_ row: UnsafeRawBufferPointer, line: Int) throws(EndpointFailure) {
        guard let offset = firstInvalidUTF8(in: row) else { return }
        throw at(
            offset, in: row, line: line,
            "the bytes are not UTF-8; if the file is from Excel, save it as 'CSV UTF-8', or convert it: iconv -f WINDOWS-1252 -t UTF-8"
        )
    }

    private func countCells(in row: UnsafeRawBufferPointer, line: Int) throws(EndpointFailure) -> Int {
        var cells = CSVCells(row, delimiter: dialect.delimiter)
        var count = 0
        do throws(CSVProblem) {
            while try cells.next() != nil { count += 1 }
        } catch {
            throw failure(error, in: row, line: line)
        }
        return count
    }

    private func ragged(_ found: Int, line: Int) -> EndpointFailure {
        file.malformed(
            "the row has \(found) \(found == 1 ? "cell" : "cells"), but the head names \(columns) "
                + (columns == 1 ? "column" : "columns"), line: line)
    }

    /// The mistake, placed.
    func failure(
        _ problem: CSVProblem, in row: UnsafeRawBufferPointer, line: Int,
        unclosed: String = "the quote that opens here is never closed"
    ) -> EndpointFailure {
        switch problem {
        case .quoteInCell(let offset): at(offset, in: row, line: line, "a quote stands inside a cell without quotes")
        case .textAfterQuote(let offset): at(offset, in: row, line: line, "text follows a closing quote")
        case .unclosedQuote(let offset): at(offset, in: row, line: line, unclosed)
        }
    }

    private func at(_ offset: Int, in row: UnsafeRawBufferPointer, line: Int, _ message: String) -> EndpointFailure {
        let place = position(of: offset, in: row, firstLine: line)
        return file.malformed(message, line: place.line, column: place.column)
    }
}

extension CSVHead {
    /// Reads the head line.
    init(
        _ row: UnsafeRawBufferPointer, of file: CollectionFile, line: Int, _ dialect: CSVDialect, idFields: [FieldPath]
    ) throws(EndpointFailure) {
        let check = CSVCheck(file: file, dialect: dialect, columns: 0)
        try check.checkText(row, line: line)
        var names: [String] = []
        var isQuoted = true
        var cells = CSVCells(row, delimiter: dialect.delimiter)
        do throws(CSVProblem) {
            while let cell = try cells.next() {
                names.append(cells.text(of: cell))
                if !cell.isQuoted { isQuoted = false }
            }
        } catch {
            throw check.failure(error, in: row, line: line)
        }
        let fields = try Self.fieldNames(names, of: file, line: line)
        let columns = try Self.idColumns(idFields, in: names, of: file)
        self.init(fields, names: names, idColumns: columns, delimiter: dialect.delimiter, isQuoted: isQuoted)
    }

    private static func fieldNames(
        _ names: [String], of file: CollectionFile, line: Int
    ) throws(EndpointFailure) -> FieldNames {
        if let column = names.firstIndex(where: \.isEmpty) {
            throw file.malformed("column \(column + 1) has no name", line: line)
        }
        if let fields = FieldNames(names) { return fields }
        var seen: Set<TextKey> = []
        let second = names.first { !seen.insert(TextKey($0)).inserted }
        throw file.malformed("two columns are named '\(second ?? "")'", line: line)
    }

    /// What to do about a head that looks as if it had another delimiter, as Excel writes it in much of the world.
    private static func delimiterHint(_ names: [String]) -> String {
        guard names.count == 1, let mark = [";", "\t", "|", ","].first(where: names[0].contains) else { return "" }
        return ". Is the delimiter another one? Set delimiter: \(mark == "\t" ? #""\t""# : "\"\(mark)\"")"
    }

    private static func idColumns(
        _ fields: [FieldPath], in names: [String], of file: CollectionFile
    ) throws(EndpointFailure) -> [Int] {
        var columns: [Int] = []
        for field in fields {
            guard let column = names.firstIndex(where: { $0.hasSameBytes(as: field.steps[0].text) }) else {
                throw .misconfigured(
                    message: "\(file.path) has no column '\(field)' for the id; its columns are "
                        + names.map { "'\($0)'" }.joined(separator: ", ") + Self.delimiterHint(names))
            }
            columns.append(column)
        }
        return columns
    }
}
