import Diagnostics
import YAML

/// `connections.yaml` as it was written.
struct ConnectionsDraft {
    var lines: SourceLines
    /// False where the file could not be read as YAML, so that nothing is known of its connections.
    var isReadable: Bool
    var connections: [ConnectionDraft] = []
    var notifications: [NotificationDraft] = []

    init(unreadable lines: SourceLines) {
        self.lines = lines
        isReadable = false
    }

    init(_ root: Node, lines: SourceLines) {
        self.lines = lines
        isReadable = true
        let reading = Reading(lines: lines)
        connections = (root["connections"]?.entries ?? []).map { ConnectionDraft($0, reading) }
        notifications = (root["notify"]?.items ?? []).map { NotificationDraft($0, reading) }
    }
}

struct ConnectionDraft {
    var name: Placed<String>
    var type: Placed<String>?
    var settings: [SettingDraft]
    var end: Position

    init(_ entry: Entry, _ reading: Reading) {
        name = Placed(entry.key.scalar?.text ?? "", at: entry.key.place)
        type = reading.text(entry.value["type"])
        end = entry.value.place.end
        settings = (entry.value.entries ?? []).filter { $0.key.scalar?.text != "type" }.map(SettingDraft.init)
    }
}
