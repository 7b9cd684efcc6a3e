import Diagnostics
import Values

/// A table of values in a file of its own: CSV (RFC 4180) of two columns, the left value and the right one. A first row
/// `left,right` is a heading.
struct TableFile {
    let path: Placed<String>
    let load: (String) -> SourceText?

    init(_ path: Placed<String>, _ load: @escaping (String) -> SourceText?) {
        self.path = path
        self.load = load
    }

    /// nil where the file cannot be read as such a table; that is reported.
    func rows(_ findings: inout Findings) -> [RowDraft]? {
        if path.content.hasPrefix("/") {
            findings.add(
                .missingFile, "a table's path starts from the jobs folder, not from '/'", at: path.place,
                hint: "such as 'maps/urgency.csv'")
            return nil
        }
        guard let source = load(path.content) else {
            findings.add(
                .missingFile, "no file '\(shortened(path.content))' can be read in the jobs folder", at: path.place)
            return nil
        }
        var parser = TableParser(source)
        do throws(TableFailure) {
            var rows = try parser.rows()
            if let first = rows.first, first.key.content == .text("left"), first.value.content == .text("right") {
                rows.removeFirst()
            }
            return rows
        } catch {
            findings.add(
                .badTable, error.message, at: error.place, notes: [.init("the table is named here", at: path.place)])
            return nil
        }
    }
}

struct TableFailure: Error {
    var message: String
    var place: Place
}

/// Cuts such a file into rows, each value with its place.
private struct TableParser {
    private let source: SourceText
    private var scalars: [Unicode.Scalar]
    private var at = 0
    private var position: Position

    init(_ source: SourceText) {
        self.source = source
        // What is no UTF-8 is found by `checkUTF8` before anything is read.
        scalars = Array(String(decoding: source.bytes, as: UTF8.self).unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        position = Position(line: 1, column: 1)
    }

    mutating func rows() throws(TableFailure) -> [RowDraft] {
        guard String(validating: source.bytes, as: UTF8.self) != nil else {
            throw TableFailure(
                message: "the table is not UTF-8", place: Place(file: source.name, line: 1, column: 1, length: 0))
        }
        var rows: [RowDraft] = []
        while at < scalars.count {
            let values = try row()
            // A line with nothing on it is none.
            if values.count == 1, values[0].content == .text("") { continue }
            guard values.count == 2 else {
                throw TableFailure(
                    message: "a row of a table has two values, not \(values.count)", place: values[0].place)
            }
            rows.append(RowDraft(key: values[0], value: values[1]))
        }
        return rows
    }

    private mutating func row() throws(TableFailure) -> [Placed<Value>] {
        var values = [try value()]
        while at < scalars.count, scalars[at] == "," {
            step()
            values.append(try value())
        }
        if at < scalars.count, scalars[at] == "\r" { step() }
        if at < scalars.count, scalars[at] == "\n" { step() }
        return values
    }

    private mutating func value() throws(TableFailure) -> Placed<Value> {
        let start = position
        var text = String.UnicodeScalarView()
        if at < scalars.count, scalars[at] == "\"" {
            try quoted(into: &text)
        } else {
            while at < scalars.count, !isEnd { text.append(step()) }
        }
        guard at == scalars.count || isEnd else {
            throw TableFailure(
                message: "text follows the closing quote of a value",
                place: Place(file: source.name, line: position.line, column: position.column))
        }
        let end = position.line == start.line ? position : start
        return Placed(.text(String(text)), at: Place(file: source.name, start: start, end: end))
    }

    private var isEnd: Bool { scalars[at] == "," || scalars[at] == "\n" || isLineEnd }
    private var isLineEnd: Bool { scalars[at] == "\r" && (at + 1 == scalars.count || scalars[at + 1] == "\n") }

    private mutating func quoted(into text: inout String.UnicodeScalarView) throws(TableFailure) {
        let start = position
        step()
        while at < scalars.count {
            if scalars[at] == "\"" {
                step()
                guard at < scalars.count, scalars[at] == "\"" else { return }
            }
            text.append(step())
        }
        throw TableFailure(
            message: "a quote is not closed", place: Place(file: source.name, line: start.line, column: start.column))
    }

    @discardableResult
    private mutating func step() -> Unicode.Scalar {
        let scalar = scalars[at]
        at += 1
        position =
            scalar == "\n"
            ? Position(line: position.line + 1, column: 1)
            : Position(line: position.line, column: position.column + 1)
        return scalar
    }
}
