import Diagnostics
import Model
import Values
import YAML

/// An arrow of `fields` as it was written.
struct FieldDraft {
    var arrow: Arrow
    /// Where the key of each option stands that the file has.
    var keys: [String: Place]
    var values: ValuesDraft?
    var conversions: Sides<ConversionDraft?>
    var unmapped: Placed<WordOrUse>?
    var link: Placed<String>?
    var linkMissing: Placed<WordOrUse>?
    var type: Placed<ValueType>?
    var format: PlacedText?
    var when: Placed<When>?
    var empty: Placed<Empty>?
    var conflicts: Placed<ConflictPolicy>?
    var merge: Placed<Merge>?
    /// What YAML took for a comment behind the arrow.
    var comment: Place?

    init?(_ entry: ArrowEntry, _ arrows: ArrowReading, _ findings: inout Findings) {
        guard let arrow = arrows.arrow(entry, in: &findings) else { return nil }
        let reading = arrows.reading
        let options = entry.options
        self.arrow = arrow
        keys = Dictionary(
            (options?.entries ?? []).map { ($0.key.scalar?.text ?? "", $0.key.place) },
            uniquingKeysWith: { first, _ in first })
        values = options?["values"].flatMap { ValuesDraft($0, reading) }
        conversions = Sides(
            left: ConversionDraft(options?["to_left"], reading), right: ConversionDraft(options?["to_right"], reading))
        unmapped = WordOrUse.read(options?["unmapped"], reading)
        link = reading.text(options?["link"])
        linkMissing = WordOrUse.read(options?["link_missing"], reading)
        type = reading.choice(options?["type"])
        format = reading.placedText(options?["format"])
        when = reading.choice(options?["when"])
        empty = reading.choice(options?["empty"])
        conflicts = reading.choice(options?["conflicts"])
        merge = reading.choice(options?["merge"])
        comment = arrows.comment(after: entry.arrow)
    }
}

/// A row of a table: what stands left of the colon, and right of it.
struct RowDraft {
    var key: Placed<Value>
    var value: Placed<Value>

    static func rows(_ node: Node) -> [RowDraft] {
        (node.entries ?? []).compactMap { entry in
            guard let key = entry.key.scalar, let value = entry.value.scalar else { return nil }
            return RowDraft(
                key: Placed(Value(key), at: entry.key.place), value: Placed(Value(value), at: entry.value.place))
        }
    }
}

/// A table of values as it was written: in the job file, or as the name of a file.
enum ValuesDraft {
    case rows([RowDraft], place: Place)
    case file(Placed<String>)

    init?(_ node: Node, _ reading: Reading) {
        guard let entries = node.entries else { return nil }
        if entries.count == 1, let path = reading.text(node["file"]) {
            self = .file(path)
        } else {
            self = .rows(RowDraft.rows(node), place: node.firstLine)
        }
    }
}

/// `to_left` or `to_right`: rows beside a table, or an expression.
enum ConversionDraft {
    case expression(PlacedText)
    case rows([RowDraft], place: Place)

    init?(_ node: Node?, _ reading: Reading) {
        guard let node else { return nil }
        if node.entries != nil {
            self = .rows(RowDraft.rows(node), place: node.firstLine)
        } else if let text = reading.placedText(node) {
            self = .expression(text)
        } else {
            return nil
        }
    }
}

/// A word, or `{use: VALUE}`.
enum WordOrUse {
    case word(String)
    case use(Value)

    static func read(_ node: Node?, _ reading: Reading) -> Placed<WordOrUse>? {
        guard let node else { return nil }
        if let used = node["use"]?.scalar { return Placed(.use(Value(used)), at: node.firstLine) }
        return reading.text(node).map { Placed(.word($0.content), at: $0.place) }
    }
}

extension Value {
    /// What a single value of a job file means. What is no finite number stays the text that it is.
    init(_ scalar: Scalar) {
        self =
            switch scalar.resolved {
            case .null: .null
            case .bool(let value): .bool(value)
            case .int(let number): .int(number)
            case .number(let text): Decimal(text).map(Value.decimal) ?? .text(scalar.text)
            case .infinity, .nan: .text(scalar.text)
            case .text(let text): .text(text)
            }
    }
}
