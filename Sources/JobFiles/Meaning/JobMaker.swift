import Diagnostics
import Model

/// Jobs as they are meant, with every default filled in. What cannot be meant is reported.
struct JobMaker {
    let subject: Subject

    init(_ subject: Subject) { self.subject = subject }

    func make(_ findings: inout Findings) -> (jobs: [Job], connections: [String: Connection]) {
        var connections = ConnectionMaker(subject: subject).make(&findings)
        let made = findings.collect(subject.drafts.jobs, inBatchesOf: Batch.files) { job($0, &$1) }.compactMap { $0 }
        let wrong = Mistaken(findings, subject.drafts.connections)
        connections = connections.filter { !wrong.connections.contains($0.key) }
        let jobs = made.filter { job in
            !wrong.files.contains(job.place.file)
                && Side.allCases.allSatisfy { connections[job.connections[$0]] != nil }
        }
        return (jobs, connections)
    }

    /// nil where something is missing without which there is no job.
    private func job(_ draft: JobDraft, _ findings: inout Findings) -> Job? {
        let syncs = draft.syncs.map { sync in SyncMaker(subject, draft, sync).make(&findings) }
        guard let left = draft.connections.left, let right = draft.connections.right, draft.isReadable else {
            return nil
        }
        let whole = syncs.compactMap { $0 }
        guard whole.count == syncs.count else { return nil }
        return Job(
            name: draft.fileName, description: draft.description, isEnabled: draft.isEnabled ?? true,
            connections: Sides(left: left.content, right: right.content), syncs: whole, place: draft.place)
    }
}

/// What must not be used, for there is an error in it.
private struct Mistaken {
    var files: Set<String> = []
    var connections: Set<String> = []

    init(_ findings: Findings, _ file: ConnectionsDraft?) {
        var mistakes: [Position] = []
        for diagnostic in findings.diagnostics where diagnostic.severity == .error {
            guard let place = diagnostic.place else { continue }
            files.insert(place.file)
            if place.file == file?.lines.source.name { mistakes.append(place.start) }
        }
        mistakes.sort()
        for connection in file?.connections ?? [] {
            let first = mistakes.first { $0 >= connection.name.place.start }
            if let first, first < max(connection.end, connection.name.place.end) {
                connections.insert(connection.name.content)
            }
        }
    }
}
