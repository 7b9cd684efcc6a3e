import Diagnostics
import YAML

/// All files as they were written.
struct Drafts {
    private(set) var jobs: [JobDraft] = []
    private(set) var connections: ConnectionsDraft?
    private(set) var tests: [TestsDraft] = []

    init(_ files: [SourceText], _ findings: inout Findings) {
        for file in files {
            switch JobFileKind(file.name) {
            case .connections: addConnections(file, &findings)
            case .tests(let name): addTests(file, name, &findings)
            case .job(let name): addJob(file, name, &findings)
            case nil:
                findings.add(
                    .fileName, "a job file's name ends in '.yaml'",
                    at: Place(file: file.name, line: 1, column: 1, length: 0))
            }
        }
    }

    private mutating func addConnections(_ file: SourceText, _ findings: inout Findings) {
        let lines = SourceLines(file)
        let root = Drafts.root(of: lines, .connections, &findings)
        connections = root.map { ConnectionsDraft($0, lines: lines) } ?? ConnectionsDraft(unreadable: lines)
    }

    private mutating func addTests(_ file: SourceText, _ name: String, _ findings: inout Findings) {
        let lines = SourceLines(file)
        guard let root = Drafts.root(of: lines, .tests, &findings) else { return }
        tests.append(TestsDraft(root, fileName: name, lines: lines))
    }

    private mutating func addJob(_ file: SourceText, _ name: String, _ findings: inout Findings) {
        let lines = SourceLines(file)
        guard let root = Drafts.root(of: lines, .job, &findings) else {
            jobs.append(JobDraft(unreadable: lines, fileName: name))
            return
        }
        jobs.append(JobDraft(root, fileName: name, lines: lines, findings: &findings))
    }

    /// The tree of a file, compared with what it should look like.
    static func root(of lines: SourceLines, _ table: KeyTable, _ findings: inout Findings) -> Node? {
        let file = lines.source
        let document = YAMLDocument.parse(file)
        findings.add(document.diagnostics)
        guard let root = document.root else { return nil }
        if root.scalar?.resolved == .null {
            findings.add(
                .emptyFile, "the file is empty", at: Place(file: file.name, line: 1, column: 1, length: 0),
                hint: "\(table.noun) begins with '\(table.keys[0].name):'")
            return nil
        }
        var check = ShapeCheck(lines)
        let start = Place(file: file.name, line: root.place.start.line, column: root.place.start.column, length: 1)
        check.check(root, .mapping(table), "the file", anchor: root.entries?.first?.key.place ?? start)
        findings.add(check.findings.diagnostics)
        return root
    }
}
