import Cron
import Diagnostics
import Model
import YAML

/// A sync as it was written.
struct SyncDraft {
    var name: Placed<String>
    var collections: Sides<CollectionDraft?>
    var direction: Placed<Direction>?
    var creates: Placed<CreatesChoice>?
    var deletes: Placed<DeletePolicy>?
    var deleteVersusEdit: Placed<DeleteVersusEdit>?
    var archive: ArchiveDraft?
    var match: [MatchDraft]
    /// Whether there is the key `match`, whatever stands under it.
    var hasMatch: Bool
    var firstRun: Placed<FirstRun>?
    var firstValues: Placed<FirstValues>?
    var conflicts: Placed<ConflictPolicy>?
    var outOfScope: Placed<ScopePolicy>?
    var limits: LimitsDraft
    var timing: TimingDraft?
    var fullRead: Placed<FullRead>?
    var after: [Placed<String>]
    var retry: RetryDraft
    var fields: [FieldDraft]

    init(_ entry: Entry, _ reading: Reading, _ findings: inout Findings) {
        let node = entry.value
        name = Placed(entry.key.scalar?.text ?? "", at: entry.key.place)
        collections = Sides(
            left: CollectionDraft(node["left"], reading), right: CollectionDraft(node["right"], reading))
        direction = reading.choice(node["direction"])
        creates = reading.choice(node["creates"])
        deletes = reading.choice(node["deletes"])
        deleteVersusEdit = reading.choice(node["delete_vs_edit"])
        archive = node.entry("archive").map { ArchiveDraft($0, reading) }
        firstRun = reading.choice(node["first_run"])
        firstValues = reading.choice(node["first_values"])
        conflicts = reading.choice(node["conflicts"])
        outOfScope = reading.choice(node["out_of_scope"])
        limits = LimitsDraft(node["limits"], reading)
        timing = node["schedule"].map { TimingDraft($0, reading) }
        fullRead = reading.text(node["full_read"]).flatMap { text in
            FullRead.parse(text.content).map { Placed($0, at: text.place) }
        }
        after = reading.texts(node["after"])
        retry = RetryDraft(node["retry"], reading)
        let arrows = ArrowReading(reading: reading)
        hasMatch = node["match"] != nil
        match = arrows.entries(node["match"], of: "match", in: &findings).compactMap {
            MatchDraft($0, arrows, &findings)
        }
        fields = arrows.entries(node["fields"], of: "fields", in: &findings).compactMap {
            FieldDraft($0, arrows, &findings)
        }
    }

    var effectiveDirection: Direction { direction?.content ?? .twoWay }
}

/// Where new records may be made, in the words of the file.
enum CreatesChoice: String {
    case both, left, right, none

    var sides: Set<Side> {
        switch self {
        case .both: [.left, .right]
        case .left: [.left]
        case .right: [.right]
        case .none: []
        }
    }
}

struct LimitsDraft {
    var creates: Limit?
    var updates: Limit?
    var deletes: Limit?
    var readDrop: Limit?

    init(_ node: Node?, _ reading: Reading) {
        func limit(_ key: String) -> Limit? {
            reading.written(node?[key]).flatMap { text in
                LimitText.parse(text.content).map { Limit($0, at: text.place) }
            }
        }
        creates = limit("creates")
        updates = limit("updates")
        deletes = limit("deletes")
        readDrop = limit("read_drop")
    }
}

struct RetryDraft {
    var attempts: Int64?
    var backoff: Duration?

    init(_ node: Node?, _ reading: Reading) {
        attempts = reading.int(node?["attempts"])
        backoff = reading.interval(node?["backoff"])?.content.duration
    }
}
