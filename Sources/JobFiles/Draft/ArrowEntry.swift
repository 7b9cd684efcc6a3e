import Diagnostics
import YAML

/// An entry of `fields` or `match`: an arrow, or a mapping whose first key is the arrow and whose value are its
/// options.
struct ArrowEntry {
    var arrow: Node
    var options: Node?
    /// Keys that stand beside the arrow.
    var strays: [Entry] = []

    /// nil for a list, an empty mapping, or a key that is none.
    init?(_ node: Node) {
        switch node.content {
        case .scalar: arrow = node
        case .mapping(let entries):
            guard let first = entries.first else { return nil }
            arrow = first.key
            options = first.value
            strays = Array(entries.dropFirst())
        case .sequence: return nil
        }
    }

    var arrowText: String { shortened(arrow.scalar?.text ?? "") }
}
