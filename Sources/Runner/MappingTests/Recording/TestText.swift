import Diagnostics
import Model
import Values
import YAML

/// A test of a mapping as a file of tests has it.
struct TestText {
    /// The longest line, as far as a record can be broken between its fields.
    private static let width = 120

    /// The lines of the test as an item of a list.
    ///
    /// - Parameters:
    ///   - indent: what stands before the dash.
    ///   - job: whose syncs are named by their second part alone.
    static func lines(_ test: MappingTest, indent: String, job: String) -> [String] {
        let inner = indent + "  "
        var lines = ["name: \(scalar(test.name))", "sync: \(scalar(test.sync.sync))"]
        if !test.links.isEmpty {
            let syncs = test.links.sorted { "\($0.key)" < "\($1.key)" }
            lines += mapping("links", syncs.map { (name($0.key, in: job), pairs($0.value)) }, inner)
        }
        if !test.base.left.isEmpty {
            lines.append("base:")
            for side in Side.allCases { lines += records("\(side)", test.base[side], inner + "  ").map { "  " + $0 } }
        }
        for side in Side.allCases where !test.records[side].isEmpty {
            lines += records("\(side)", test.records[side], inner)
        }
        lines += expectation(test.expectation, inner)
        return lines.enumerated().map { $0 == 0 ? indent + "- " + $1 : inner + $1 }
    }

    private static func name(_ sync: SyncName, in job: String) -> String {
        scalar(sync.job == job ? sync.sync : "\(sync)")
    }

    /// Left ids with their right ones; a list where one has several parts, which no key spells.
    private static func pairs(_ pairs: [Sides<Value>]) -> String {
        if pairs.contains(where: { $0.left.list != nil || $0.right.list != nil }) {
            return list(pairs.map { "{left: \(flow($0.left)), right: \(flow($0.right))}" })
        }
        return "{" + pairs.map { "\(key($0.left)): \(flow($0.right))" }.joined(separator: ", ") + "}"
    }

    private static func key(_ value: Value) -> String {
        if case .text(let text) = value { scalar(text) } else { flow(value) }
    }

    private static func expectation(_ expected: MappingTest.Expectation, _ indent: String) -> [String] {
        if expected.isOutOfScope { return ["expect: out of scope"] }
        if expected.isNoChange { return ["expect: no change"] }
        var lines = ["expect:"]
        if let held = expected.held { lines.append("  held: \(scalar(held.content))") }
        if !expected.conflicts.isEmpty {
            lines.append("  conflict: " + list(expected.conflicts.map { scalar($0.content) }))
        }
        if let plan = expected.plan { lines.append("  plan: " + list(plan.map { scalar($0.content) })) }
        for side in Side.allCases {
            switch expected.sides[side] {
            case .deleted: lines.append("  \(side): deleted")
            case .record(let record): lines += records("\(side)", [record.object], indent + "  ").map { "  " + $0 }
            case .records(let several):
                lines.append("  \(side):")
                lines += several.map { "    - " + flow(.object($0.object)) }
            case nil: break
            }
        }
        return lines
    }

    /// The records of a side: one, or a list.
    private static func records(_ key: String, _ records: [Object], _ indent: String) -> [String] {
        if records.count == 1 {
            return mapping(key, records[0].map { (scalar($0.0), flow($0.1)) }, indent)
        }
        return ["\(key):"] + records.map { "  - " + flow(.object($0)) }
    }

    /// A mapping, broken between its entries where a line would be too long.
    private static func mapping(_ key: String, _ entries: [(String, String)], _ indent: String) -> [String] {
        var lines: [String] = []
        var line = "\(key): {"
        for (number, entry) in entries.enumerated() {
            let text = "\(entry.0): \(entry.1)" + (number + 1 < entries.count ? "," : "}")
            let isFirst = number == 0
            if !isFirst, indent.utf8.count + line.unicodeScalars.count + 1 + text.unicodeScalars.count > width {
                lines.append(line)
                line = "  " + text
            } else {
                line += (isFirst ? "" : " ") + text
            }
        }
        return lines + [entries.isEmpty ? "\(key): {}" : line]
    }

    private static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

    /// A value on one line.
    static func flow(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .decimal(let number): number.text
        case .list(let values): list(values.map(flow))
        case .object(let object):
            "{" + object.map { "\(scalar($0)): \(flow($1))" }.joined(separator: ", ") + "}"
        case .text, .double, .bytes, .timestamp, .date, .duration: scalar(ValueType.text.spell(value))
        }
    }

    /// A text, in quotes unless every reader of YAML takes it for text as it stands.
    static func scalar(_ text: String) -> String {
        if isPlain(text) { return text }
        return text.unicodeScalars.contains(where: needsEscape) ? escaped(text) : Quoting.quoted(text)
    }

    /// Words that some versions of YAML take for something else.
    private static let words: Set<String> = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf",
    ]

    private static func isPlain(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last, isLetter(first), last != " ",
            !words.contains(text.lowercased())
        else { return false }
        return scalars.allSatisfy {
            isLetter($0) || ("0"..."9").contains($0) || " _-./()+'@&!=;".unicodeScalars.contains($0)
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            : scalar.properties.isAlphabetic && !needsEscape(scalar)
    }

    /// What YAML refuses, what ends a line, and what cannot be seen.
    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
        default: scalar.value == 0xFFFE || scalar.value == 0xFFFF
        }
    }

    private static func escaped(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            case _ where !needsEscape(scalar): out.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let (mark, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
                out += "\\\(mark)" + String(repeating: "0", count: width - digits.utf8.count) + digits
            }
        }
        return out + "\""
    }
}
