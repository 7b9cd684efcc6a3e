/// Files as a person could have them, and the command that says what is wrong with them.
///
/// Only what matters is shown: a job has the connections `desk` and `portal`, and a file of tests the job `tickets`, without either
/// being told.
struct Example: Sendable {
    enum Command: Sendable, Hashable {
        case check, test, schedule, plan
        /// `check --online`.
        case online

        /// Of an expression, over the record of the file `record.json`.
        case eval(String)
    }

    struct File: Sendable {
        /// From the folder in which the command runs.
        let path: String
        let text: String
        /// Whether the file is stored as Latin-1, and not as UTF-8.
        var isLatin1 = false

        var bytes: [UInt8] {
            isLatin1 ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
        }
    }

    /// What is shown.
    var shown: [File]
    var command = Command.check
    /// The variables that are set.
    var environment: [String: String] = [:]

    /// Whether it reads what systems hold: then nothing can be said of it in memory.
    var readsData: Bool { command == .plan || command == .online }

    /// What is shown, and what else is there.
    var files: [File] {
        var files = shown
        if !has(".yaml") { return files }
        if has(".test.yaml"), !has("jobs/tickets.yaml") {
            files.append(File(path: "jobs/tickets.yaml", text: Self.job(with: Self.tested)))
        }
        if !has("connections.yaml") {
            let used = Self.connections.filter { name, _ in files.contains { $0.text.contains(": \(name)\n") } }
            let text = "connections:\n" + used.map { "  \($0): \($1)\n" }.joined()
            files.append(File(path: "jobs/connections.yaml", text: used.isEmpty ? "connections: {}\n" : text))
        }
        return files
    }

    private func has(_ end: String) -> Bool { shown.contains { $0.path.hasSuffix(end) } }
}

// How pages make them.
extension Example {
    /// Files by their paths.
    static func files(_ files: [(path: String, text: String)]) -> Example {
        Example(shown: files.map { File(path: $0.path, text: $0.text + "\n") })
    }

    static func file(_ path: String, _ text: String) -> Example { files([(path, text)]) }

    /// The file of the job `tickets`.
    static func job(_ text: String) -> Example { file("jobs/tickets.yaml", text) }

    /// A job with one sync of these keys; `left`, `right` and `fields` may be left out.
    static func sync(_ keys: String) -> Example {
        Example(shown: [File(path: "jobs/tickets.yaml", text: job(with: keys))])
    }

    /// A job with one sync of these entries of `fields`.
    static func fields(_ entries: String) -> Example { sync("fields:\n" + indented(entries, by: 2)) }

    static func connections(_ text: String) -> Example { file("jobs/connections.yaml", text) }

    /// The tests of the job `tickets`.
    static func tests(_ entries: String) -> Example {
        file("jobs/tickets.test.yaml", "job: tickets\ntests:\n" + indented(entries, by: 2))
    }

    /// An expression over a record, which is written as JSON.
    static func evaluated(_ expression: String, over record: String = "{}") -> Example {
        Example(shown: [File(path: "record.json", text: record + "\n")], command: .eval(expression))
    }

    /// The same files, which another command looks at.
    func by(_ command: Command) -> Example {
        var example = self
        example.command = command
        return example
    }

    /// The same files, beside those of another example.
    func and(_ other: Example) -> Example {
        var example = self
        example.shown += other.shown
        return example
    }

    /// The same, with a variable in the environment.
    func with(_ name: String, _ value: String) -> Example {
        var example = self
        example.environment[name] = value
        return example
    }

    private static func job(with keys: String) -> String {
        let lines = keys.split(separator: "\n", omittingEmptySubsequences: false)
        let usual = [("left", "tickets"), ("right", "requests")].filter { key, _ in
            !lines.contains { $0.hasPrefix(key + ":") }
        }.map { "\($0): \($1)\n" }
        let fields = lines.contains { $0.hasPrefix("fields:") } ? "" : "\nfields:\n  - summary <-> title"
        return """
            job: tickets
            left: desk
            right: portal
            syncs:
              tickets:
            \(indented(usual.joined() + keys + fields, by: 4))

            """
    }

    private static func indented(_ text: String, by columns: Int) -> String {
        let blanks = String(repeating: " ", count: columns)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : blanks + $0 }
            .joined(separator: "\n")
    }

    /// The keys of the sync that tests are for.
    private static let tested = """
        fields:
          - summary <-> title
          - status <-> state:
              values: {Open: open, Closed: done}
        """

    private static let connections = [
        (name: "desk", settings: "{type: csv, path: data/desk}"),
        (name: "portal", settings: "{type: jsonl, path: data/portal}"),
    ]
}
