import Diagnostics
import Model
import Values
import YAML

/// What an archived record looks like, as it was written.
struct ArchiveDraft {
    struct Row {
        /// nil where the key is no text.
        var path: PlacedText?
        var name: String
        var value: Value
        var place: Place
    }

    /// Where the key `archive` stands.
    var place: Place
    /// nil where a side is not named.
    var rows: Sides<[Row]?>

    init(_ entry: Entry, _ reading: Reading) {
        place = entry.key.place
        rows = Sides(left: Self.rows(entry.value["left"], reading), right: Self.rows(entry.value["right"], reading))
    }

    private static func rows(_ node: Node?, _ reading: Reading) -> [Row]? {
        node?.entries?.map { entry in
            Row(
                path: reading.placedText(entry.key), name: entry.key.scalar?.text ?? "",
                value: Value(literal: entry.value), place: entry.key.place)
        }
    }
}

extension Value {
    /// What a value of a job file means, lists and mappings with all that is in them.
    init(literal node: Node) {
        switch node.content {
        case .scalar(let scalar): self.init(scalar)
        case .sequence(let items): self = .list(items.map(Value.init(literal:)))
        case .mapping(let entries):
            self = .object(Object(entries.map { ($0.key.scalar?.text ?? "", Value(literal: $0.value)) }))
        }
    }
}
