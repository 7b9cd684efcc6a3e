import Diagnostics
import YAML

/// A side of a sync as it was written: a collection's name, or that with a filter and settings of its connector.
struct CollectionDraft {
    var name: Placed<String>?
    var filter: PlacedText?
    var settings: [SettingDraft]
    var place: Place

    init?(_ node: Node?, _ reading: Reading) {
        guard let node else { return nil }
        place = node.firstLine
        guard let entries = node.entries else {
            name = reading.written(node)
            settings = []
            return
        }
        name = reading.written(node["collection"])
        filter = reading.placedText(node["filter"])
        settings = entries.filter { KeyTable.collection.key($0.key.scalar?.text ?? "") == nil }.map(SettingDraft.init)
    }
}

/// A setting as it was written; what it may be depends on the connector.
struct SettingDraft {
    var name: Placed<String>
    var node: Node

    init(_ entry: Entry) {
        name = Placed(entry.key.scalar?.text ?? "", at: entry.key.place)
        node = entry.value
    }
}
