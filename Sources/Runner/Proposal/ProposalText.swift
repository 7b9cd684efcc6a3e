import Model
import Values

/// One end of a proposed job: how its collection is reached.
struct ProposedSide {
    /// The connection, in the file or new.
    var connection: String
    /// The connector of a new connection, and where its file lies; nil of one that is there already.
    var file: (type: String, path: String)?
    /// What stands between the values of a CSV file, where that is no comma.
    var delimiter: String?
    var collection: String
    var form: ValueForm
}

/// A proposal as files: the job, its connections where they are new, and its tests.
struct ProposalText {
    let name: String
    let sides: Sides<ProposedSide>
    let proposal: MappingProposal

    var files: [(path: String, text: String)] {
        var files: [(path: String, text: String)] = []
        if sides.left.file != nil || sides.right.file != nil { files.append(("jobs/connections.yaml", connections)) }
        return files + [("jobs/\(name).yaml", job), ("jobs/\(name).test.yaml", tests)]
    }

    private var connections: String {
        var text = "# How the two collections are reached.\nconnections:\n"
        for side in Side.allCases {
            guard let file = sides[side].file else { continue }
            text += "  \(sides[side].connection):\n    type: \(file.type)\n    path: \(yaml(file.path))\n"
            if let delimiter = sides[side].delimiter { text += "    delimiter: \(Self.shown(delimiter))\n" }
        }
        return text
    }

    private static func shown(_ delimiter: String) -> String { delimiter == "\t" ? "\"\\t\"" : "'\(delimiter)'" }

    private var job: String {
        var text = """
            # Proposed by 'lockstep init --from' from the names of fields and the values of some records: read it, before it is run.
            job: \(name)
            description: \(yaml("\(sides.left.collection) and \(sides.right.collection), both ways."))
            left: \(sides.left.connection)
            right: \(sides.right.connection)

            syncs:
              \(syncName):
                left: \(collection(.left))
                right: \(collection(.right))
                direction: two-way

            """
        text += match + creates + "    fields:\n"
        for field in proposal.fields { text += entry(field) }
        text += """
                first_values: hold              # a pair that is first met with different values: ask a person
                conflicts: hold                 # both changed the same field: ask a person
                deletes: ignore                 # a record that is deleted on one side stays on the other

            """
        if !proposal.leftOut.isEmpty {
            text += "\n# Left out:\n" + proposal.leftOut.map { "# - \(comment($0))\n" }.joined()
        }
        return text
    }

    private var syncName: String { ProposedNames.name(of: sides.left.collection) ?? "records" }

    private func collection(_ side: Side) -> String {
        var parts = ["collection: \(flow(sides[side].collection))"]
        let id = proposal.ids[side].path
        if id.text != "id" { parts.append("id: \(flow(id.steps[0].text))") }
        if let form = proposal.newIDs[side] { parts.append("new_id: \(flow(form))") }
        if let updated = proposal.updated[side], updated.path.steps.count == 1 {
            parts.append("updated: \(flow(updated.path.steps[0].text))")
        }
        return parts.count == 1 ? yaml(sides[side].collection) : "{\(parts.joined(separator: ", "))}"
    }

    private var match: String {
        guard let match = proposal.match else {
            return
                "    # No field is unique on both sides and likely the same: until 'match' names one, nothing is paired.\n"
        }
        let arrow = quoted("\(match.columns.left.path.text) <-> \(match.columns.right.path.text)")
        let options = match.ignoresCase ? "\n      - \(arrow): {ignore_case: true}" : " \(arrow)"
        return "    # \(comment(match.reason))\n    match:\(options)\n"
    }

    private var creates: String {
        if proposal.creates.count == 2 { return "" }
        if proposal.match == nil {
            return "    creates: none                   # without 'match' each record would be made anew\n"
        }
        let word = proposal.creates.first?.rawValue ?? "none"
        return "    creates: \(word)                   # ids are no numbers elsewhere: nobody could give a new one\n"
    }

    private func entry(_ field: MappingProposal.Field) -> String {
        let arrow = "\(field.columns.left.path.text) <-> \(field.columns.right.path.text)"
        var options: [String] = []
        if let type = field.type { options.append("type: \(type.rawValue)") }
        if let table = field.table {
            let rows = table.map { "\(flow($0.left)): \(flow($0.right))" }
            options.append("values: {\(rows.joined(separator: ", "))}")
        }
        let tail = options.isEmpty ? "" : ": {\(options.joined(separator: ", "))}"
        return "      # \(comment(field.reason))\n      - \(quoted(arrow))\(tail)\n"
    }
}

// The tests.
extension ProposalText {
    private var tests: String {
        var text = "# What the mapping of \(name).yaml has to do. The values are invented.\njob: \(name)\ntests:\n"
        for side in Side.allCases { text += test(from: side) }
        return text
    }

    private func test(from side: Side) -> String {
        let other = side.other
        let fields = proposal.fields.enumerated().map { (InventedValue($1, $0), $1) }
        func record(_ side: Side, withID: Bool) -> String {
            var object = Object()
            let id = proposal.ids[side]
            if withID {
                object.set(sides[side].form == .text || id.type == .text ? .text(newID(side)) : .int(1), at: id.path)
            }
            for (value, field) in fields where withID || field.columns[side].path != proposal.ids[side].path {
                object.set(value.value(on: side, sides[side].form), at: field.columns[side].path)
            }
            return flow(object)
        }
        if proposal.creates.contains(other) {
            return """
                  - name: a new record of the \(side.rawValue) is made on the \(other.rawValue)
                    sync: \(syncName)
                    \(side.rawValue): \(record(side, withID: true))
                    expect:
                      \(other.rawValue): \(record(other, withID: false))

                """
        }
        guard
            let first = fields.first(where: { $0.1.table == nil && $0.1.columns[side].path != proposal.ids[side].path })
        else {
            return ""
        }
        var edited = first.0
        edited.number += 1
        let base = "{left: \(record(.left, withID: true)), right: \(record(.right, withID: true))}"
        var object = Object()
        object.set(edited.value(on: other, sides[other].form), at: first.1.columns[other].path)
        var whole = Object()
        let id = proposal.ids[side]
        whole.set(sides[side].form == .text || id.type == .text ? .text(newID(side)) : .int(1), at: id.path)
        for (value, field) in fields {
            let isEdited = field.columns[side].path == first.1.columns[side].path
            whole.set((isEdited ? edited : value).value(on: side, sides[side].form), at: field.columns[side].path)
        }
        return """
              - name: an edit of the \(side.rawValue) goes to the \(other.rawValue)
                sync: \(syncName)
                base: \(base)
                \(side.rawValue): \(flow(whole))
                \(other.rawValue): \(record(other, withID: true))
                expect:
                  \(other.rawValue): \(flow(object))

            """
    }

    private func newID(_ side: Side) -> String {
        proposal.newIDs[side].map { $0.replacing("{n}", with: "1") } ?? "1"
    }
}

/// A value for a test that is nobody's.
private struct InventedValue {
    let field: MappingProposal.Field
    var number: Int

    init(_ field: MappingProposal.Field, _ number: Int) {
        self.field = field
        self.number = number + 1
    }

    func value(on side: Side, _ form: ValueForm) -> Value {
        if let row = field.table?.first { return .text(side == .left ? row.left : row.right) }
        if form == .text { return .text(text) }
        switch field.columns[side].type {
        case .int: return .int(Int64(number))
        case .decimal:
            return field.type == nil && field.columns[side.other].type == .int ? .int(Int64(number)) : plainNumber
        case .bool: return .bool(number % 2 == 1)
        default: return .text(text)
        }
    }

    private var plainNumber: Value { Decimal("\(number).5").map(Value.decimal) ?? .int(Int64(number)) }

    private var kind: FieldType {
        let types = Side.allCases.map { field.columns[$0].type }
        if types.contains(.decimal) { return .decimal }
        return types.first { $0 != .any && $0 != .text } ?? .text
    }

    private var text: String {
        switch kind {
        case .int: "\(number)"
        case .decimal: "\(number).5"
        case .bool: number % 2 == 1 ? "true" : "false"
        case .date: "2026-01-\(10 + number % 18)"
        case .timestamp: "2026-01-\(10 + number % 18)T09:00:00Z"
        default:
            FieldNameWords.plain(field.columns.left.name).contains("mail")
                ? "person\(number)@example.com" : "Example \(number)"
        }
    }
}

// How texts stand in YAML.
extension ProposalText {
    /// A scalar that is a text whatever it looks like.
    private func yaml(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || "0123456789 _-./,".unicodeScalars.contains($0)
        }
        let startsWell = text.unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "/" } ?? false
        let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off"]
        return isPlain && startsWell && !text.hasSuffix(" ") && !words.contains(text.lowercased())
            ? text : JSON.text(.text(text))
    }

    /// The same within braces, where a comma ends a value.
    private func flow(_ text: String) -> String { text.contains(",") ? JSON.text(.text(text)) : yaml(text) }

    private func flow(_ value: Value) -> String {
        switch value {
        case .text(let text): flow(text)
        case .object(let object): flow(object)
        default: JSON.text(value)
        }
    }

    private func flow(_ object: Object) -> String {
        "{" + object.map { "\(flow($0)): \(flow($1))" }.joined(separator: ", ") + "}"
    }

    /// An arrow, in quotes where YAML would see more in it.
    private func quoted(_ arrow: String) -> String {
        let isPlain = arrow.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || "0123456789 _-.<>[]'".unicodeScalars.contains($0)
        }
        return isPlain ? arrow : JSON.text(.text(arrow))
    }

    /// A text on one line.
    private func comment(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.value < 0x20 || $0.value == 0x7F || (0x2028...0x2029).contains($0.value) || $0.value == 0x85
                        ? " " : $0
                }))
    }
}
