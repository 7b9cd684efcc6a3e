import Diagnostics
import Model
import YAML

/// A job file as it was written. Whatever is missing or malformed is nil, and has been reported.
struct JobDraft {
    /// What the file is called without `.yaml`: the name that the job should have.
    var fileName: String
    var lines: SourceLines
    /// False where the file could not be read as YAML, so that nothing is known of its syncs.
    var isReadable: Bool
    var name: Placed<String>?
    var description: String?
    var isEnabled: Bool?
    var timing: TimingDraft?
    var timeZone: Placed<String>?
    var connections: Sides<Placed<String>?>
    var syncs: [SyncDraft]

    /// The first line of the file, for what concerns the job as such.
    var place: Place { name?.place ?? Place(file: lines.source.name, line: 1, column: 1, length: 0) }
}

extension JobDraft {
    init(unreadable lines: SourceLines, fileName: String) {
        self.init(
            fileName: fileName, lines: lines, isReadable: false, connections: Sides(left: nil, right: nil), syncs: [])
    }

    init(_ root: Node, fileName: String, lines: SourceLines, findings: inout Findings) {
        let reading = Reading(lines: lines)
        self.init(unreadable: lines, fileName: fileName)
        isReadable = true
        name = reading.text(root["job"])
        description = reading.text(root["description"])?.content
        isEnabled = reading.bool(root["enabled"])
        timing = root["schedule"].map { TimingDraft($0, reading) }
        timeZone = reading.text(root["timezone"])
        connections = Sides(left: reading.text(root["left"]), right: reading.text(root["right"]))
        for entry in root["syncs"]?.entries ?? [] {
            syncs.append(SyncDraft(entry, reading, &findings))
        }
    }
}

/// A schedule as it was written: one text, or its parts.
struct TimingDraft {
    var text: Placed<String>?
    var every: Placed<String>?
    var cron: Placed<String>?
    var window: Placed<String>?
    var jitter: Placed<String>?
    /// Whether it is a mapping with neither `every` nor `cron`.
    var lacksTime: Bool
    var place: Place

    init(_ node: Node, _ reading: Reading) {
        lacksTime = node.entries != nil && node["every"] == nil && node["cron"] == nil
        text = reading.text(node)
        every = reading.text(node["every"])
        cron = reading.text(node["cron"])
        window = reading.text(node["window"])
        jitter = reading.text(node["jitter"])
        place = node.firstLine
    }
}
