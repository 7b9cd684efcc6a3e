import Diagnostics
import Model
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
    /// Left and right ids, by the sync whose links they are.
    var links: [(sync: Placed<String>, pairs: [Sides<Node>])]
    /// What stands under `base`, and where that is.
    var base: Placed<Sides<[Node]>>?
    var records: Sides<[Node]>
    /// Whether there is a record to test on either side.
    var hasRecord: Bool
    var expectation: ExpectationDraft?
    var place: Place

    init(_ node: Node, _ reading: Reading) {
        name = reading.text(node["name"])
        sync = reading.text(node["sync"])
        links = (node["links"]?.entries ?? []).map { entry in
            (Placed(entry.key.scalar?.text ?? "", at: entry.key.place), Self.pairs(entry.value))
        }
        base = node.entry("base").map { Placed(Self.sides(of: $0.value), at: $0.key.place) }
        records = Self.sides(of: node)
        hasRecord = node["left"] != nil || node["right"] != nil
        expectation = node.entry("expect").map { ExpectationDraft($0, reading) }
        place = node.firstLine
    }

    /// Ids of the left with those of the right; as a list where a key could not spell one.
    private static func pairs(_ node: Node) -> [Sides<Node>] {
        if let entries = node.entries { return entries.map { Sides(left: $0.key, right: $0.value) } }
        return (node.items ?? []).compactMap { item in
            guard let left = item["left"], let right = item["right"] else { return nil }
            return Sides(left: left, right: right)
        }
    }

    /// The records of both sides, one or a list of them.
    private static func sides(of node: Node) -> Sides<[Node]> {
        func records(_ key: String) -> [Node] { node[key].map { $0.items ?? [$0] } ?? [] }
        return Sides(left: records("left"), right: records("right"))
    }
}

/// What stands under `expect`.
struct ExpectationDraft {
    var outcome: String?
    var sides: Sides<Node?>
    var held: Placed<String>?
    var conflicts: [Placed<String>]?
    var plan: [Placed<String>]?
    var place: Place

    init(_ entry: Entry, _ reading: Reading) {
        let node = entry.value
        outcome = reading.text(node)?.content
        sides = Sides(left: node["left"], right: node["right"])
        held = reading.text(node["held"])
        conflicts = node["conflict"].map { reading.texts($0) }
        plan = node["plan"].map { reading.texts($0) }
        place = entry.key.place
    }
}
