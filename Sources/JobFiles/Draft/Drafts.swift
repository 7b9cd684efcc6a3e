import Diagnostics
import YAML

/// All files as they were written.
struct Drafts {
    private(set) var jobs: [JobDraft] = []
    private(set) var connections: ConnectionsDraft?
    private(set) var tests: [TestsDraft] = []

    init(_ files: [SourceText], _ findings: inout Findings) {
        for draft in findings.collect(files, inBatchesOf: Batch.files, Self.draft) {
            switch draft {
            case .connections(let draft): connections = draft
            case .tests(let draft): tests.append(draft)
            case .job(let draft): jobs.append(draft)
            case nil: break
            }
        }
    }

    private enum Draft: Sendable {
        case connections(ConnectionsDraft)
        case tests(TestsDraft)
        case job(JobDraft)
    }

    /// nil for a file of which nothing is known.
    @Sendable
    private static func draft(_ file: SourceText, _ findings: inout Findings) -> Draft? {
        let lines = SourceLines(file)
        switch JobFileKind(file.name) {
        case .connections:
            let root = root(of: lines, .connections, &findings)
            return .connections(root.map { ConnectionsDraft($0, lines: lines) } ?? ConnectionsDraft(unreadable: lines))
        case .tests(let name):
            return root(of: lines, .tests, &findings).map { .tests(TestsDraft($0, fileName: name, lines: lines)) }
        case .job(let name):
            guard let root = root(of: lines, .job, &findings) else {
                return .job(JobDraft(unreadable: lines, fileName: name))
            }
            return .job(JobDraft(root, fileName: name, lines: lines, findings: &findings))
        case nil:
            findings.add(
                .fileName, "a job file's name ends in '.yaml'",
                at: Place(file: file.name, line: 1, column: 1, length: 0))
            return nil
        }
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
