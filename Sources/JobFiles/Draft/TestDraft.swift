import Diagnostics
import YAML

/// A file of tests as it was written.
struct TestsDraft {
    var fileName: String
    var job: Placed<String>?
    var tests: [TestDraft]

    init(_ root: Node, fileName: String, lines: SourceLines) {
        let reading = Reading(lines: lines)
        self.fileName = fileName
        job = reading.text(root["job"])
        tests = (root["tests"]?.items ?? []).map { TestDraft($0, reading) }
    }
}

struct TestDraft {
    var name: Placed<String>?
    var sync: Placed<String>?
    /// The syncs of `links`.
    var links: [Placed<String>]
    /// Whether there is a record to test on either side.
    var hasRecord: Bool
    var expectation: Node?
    var place: Place

    init(_ node: Node, _ reading: Reading) {
        name = reading.text(node["name"])
        sync = reading.text(node["sync"])
        links = (node["links"]?.entries ?? []).map { Placed($0.key.scalar?.text ?? "", at: $0.key.place) }
        hasRecord = node["left"] != nil || node["right"] != nil
        expectation = node["expect"]
        place = node.firstLine
    }
}
