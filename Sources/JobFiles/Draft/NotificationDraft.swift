import Cron
import Diagnostics
import Model
import YAML

/// An entry of `notify` as it was written.
struct NotificationDraft {
    /// What stands under `to`: how the message goes out, and its settings.
    struct Way {
        var kind: Placed<String>
        var node: Node
    }

    var place: Place
    var end: Position
    var name: Placed<String>?
    /// One, where it is right.
    var ways: [Way]
    /// Whether nothing at all stands under `to`; an unknown way is told as such.
    var isWayMissing: Bool
    /// The key `on`; nil where there is none.
    var on: Place?
    var events: [Placed<NotifiedEvent>]
    var jobs: [Placed<String>]
    var staleAfter: Placed<Duration>?
    /// The key `stale_after`; nil where there is none.
    var staleAfterKey: Place?
    var certificates: Entry?

    init(_ node: Node, _ reading: Reading) {
        place = node.firstLine
        end = node.place.end
        name = reading.text(node["name"])
        let target = node["to"]?.entries
        isWayMissing = target?.isEmpty ?? false
        ways = (target ?? []).compactMap { entry in
            guard let kind = entry.key.scalar?.text, KeyTable.notified.key(kind) != nil else { return nil }
            return Way(kind: Placed(kind, at: entry.key.place), node: entry.value)
        }
        on = node.entry("on")?.key.place
        events = (node["on"].map { $0.items ?? [$0] } ?? []).compactMap { reading.choice($0) }
        jobs = reading.texts(node["jobs"])
        staleAfter = reading.interval(node["stale_after"]).map { Placed($0.content.duration, at: $0.place) }
        staleAfterKey = node.entry("stale_after")?.key.place
        certificates = node.entry("ca_file")
    }

    /// What it goes by: its name, or else how it tells.
    var effectiveName: Placed<String>? { name ?? ways.first?.kind }
}
