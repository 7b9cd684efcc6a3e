import Model
import Values

/// What people see in records, and how they write it.
enum Records {
    static func text(_ value: Value?) -> String? {
        guard let cell = value?.asCell else { return nil }
        let words = cell.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        return words.isEmpty ? nil : words
    }

    /// - Parameter companies: those of the side.
    static func shown(_ record: Object, _ side: Side, companies: [Object], idField: String) -> Shown {
        var shown = Shown()
        for field in Field.plain {
            guard let text = text(record[field.names[side]]) else { continue }
            switch field {
            case .status: shown.fields[field] = String(text.dropFirst())
            case .company: shown.fields[field] = code(of: text, companies, idField) ?? "the unknown \(text)"
            default: shown.fields[field] = text
            }
        }
        let body = record[Field.line(0).names[side]]?.asCell ?? ""
        for (number, line) in body.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !body.isEmpty {
            shown.fields[.line(number)] = String(line)
        }
        shown.count = text(record[count[side]]).flatMap { Int($0) } ?? 0
        shown.tags = Set((record[tags[side]]?.list ?? []).map(\.asCell))
        shown.label = side == .right ? text(record["label"]) : nil
        return shown
    }

    static func set(
        _ value: String, _ field: Field, in record: inout Object, _ side: Side, companies: [Object], idField: String
    ) {
        let name = field.names[side]
        switch field {
        case .status: record[name] = .text((side == .left ? "s" : "t") + value)
        case .company: record[name] = companies.first { $0["code"] == .text(value) }?[idField] ?? .null
        case .line(let number):
            var lines = (record[name]?.asCell ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            while lines.count < Field.lineCount { lines.append("") }
            lines[number] = value[...]
            record[name] = .text(lines.joined(separator: "\n"))
        default: record[name] = .text(value)
        }
    }

    static let count = Sides(left: "count", right: "amount")
    static let tags = Sides(left: "tags", right: "labels")

    private static func code(of id: String, _ companies: [Object], _ idField: String) -> String? {
        companies.first { $0[idField]?.asCell == id }.flatMap { text($0["code"]) }
    }
}
