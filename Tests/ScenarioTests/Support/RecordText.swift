import TestKit
import Values

/// The records of a data file, as a reader of its own makes them out: it shares nothing with the connectors that it is to check.
/// A record is its fields by path, each spelled as JSON; what is empty or missing has none.
struct RecordText {
    var records: [String: [String: String]] = [:]

    init(_ text: String, name: String) throws {
        if name.hasSuffix(".csv") {
            readRows(text)
        } else if name.hasSuffix(".jsonl") {
            for line in text.split(separator: "\n") { add(try JSON.parse(Array(line.utf8))) }
        } else {
            addAll(try JSON.parse(Array(text.utf8)))
        }
    }

    /// Adds the records of a list, wherever it stands in the document.
    private mutating func addAll(_ value: Value) {
        switch value {
        case .list(let list): list.forEach { add($0) }
        case .object(let object): object.values.forEach { addAll($0) }
        default: break
        }
    }

    private mutating func readRows(_ text: String) {
        let rows = Self.rows(text)
        guard let names = rows.first, let id = names.firstIndex(of: "id") else { return }
        for row in rows.dropFirst() where row.count == names.count {
            let fields = zip(names, row).filter { $0.0 != "id" && !$0.1.isEmpty }
            records[row[id]] = Dictionary(fields.map { ($0, JSON.text(.text($1))) }, uniquingKeysWith: { $1 })
        }
    }

    private static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = ""
        var isQuoted = false
        var hasJustEnded = false
        for character in text {
            defer { hasJustEnded = character == "\"" && !isQuoted }
            switch character {
            case "\"":
                // Two of them within quotes are one.
                if hasJustEnded { cell.append(character) }
                isQuoted.toggle()
            case "," where !isQuoted:
                rows[rows.count - 1].append(cell)
                cell = ""
            case "\n" where !isQuoted:
                rows[rows.count - 1].append(cell)
                cell = ""
                rows.append([])
            default: cell.append(character)
            }
        }
        return rows.dropLast()
    }

    private mutating func add(_ value: Value) {
        guard case .object(let object) = value, let id = object["id"] else { return }
        var fields: [String: String] = [:]
        Self.flatten(.object(object), "", &fields)
        fields["id"] = nil
        records[id.text ?? JSON.text(id)] = fields
    }

    /// Takes a value apart, down to what is no object.
    static func flatten(_ value: Value, _ path: String, _ fields: inout [String: String]) {
        if case .object(let object) = value {
            for (name, value) in zip(object.names, object.values) {
                flatten(value, path.isEmpty ? name : path + "." + name, &fields)
            }
        } else if value.isEmpty, value.object == nil {
            return
        } else {
            fields[path] = JSON.text(value)
        }
    }

    /// What became of the records: `~7 memo: "a" -> "b"`, a line for each record, sorted.
    func changes(to later: RecordText) -> [String] {
        Set(records.keys).union(later.records.keys).sorted().compactMap { id in
            let (before, after) = (records[id], later.records[id])
            if before == after { return nil }
            let mark = before == nil ? "+" : after == nil ? "-" : "~"
            if after == nil { return mark + id }
            let paths = Set((before ?? [:]).keys).union((after ?? [:]).keys).sorted()
            let fields = paths.compactMap { path -> String? in
                let (old, new) = (before?[path], after?[path])
                return old == new ? nil : "\(path): \(old ?? "null") -> \(new ?? "null")"
            }
            return ([mark + id] + fields).joined(separator: " ")
        }.sorted()
    }
}
