import Diagnostics
import Model

/// What rules look at: everything that was written, and what it is checked against.
struct Subject {
    let drafts: Drafts
    let surroundings: Surroundings
    private let jobs: [String: Int]
    private let connections: [String: Int]
    private let syncs: [SyncName: (job: Int, sync: Int)]

    init(_ drafts: Drafts, _ surroundings: Surroundings) {
        self.drafts = drafts
        self.surroundings = surroundings
        jobs = Dictionary(drafts.jobs.indices.map { (drafts.jobs[$0].fileName, $0) }, uniquingKeysWith: { $1 })
        connections = Dictionary(
            (drafts.connections?.connections ?? []).enumerated().map { ($1.name.content, $0) },
            uniquingKeysWith: { first, _ in first })
        var syncs: [SyncName: (job: Int, sync: Int)] = [:]
        for (at, job) in drafts.jobs.enumerated() {
            for (index, sync) in job.syncs.enumerated() {
                syncs[SyncName(job: job.fileName, sync: sync.name.content)] = (at, index)
            }
        }
        self.syncs = syncs
    }

    /// A job goes by the name of its file; where it calls itself otherwise, that is reported once, and not wherever it
    /// is named.
    func job(_ name: String) -> JobDraft? { jobs[name].map { drafts.jobs[$0] } }

    func sync(_ name: SyncName) -> SyncDraft? { syncs[name].map { drafts.jobs[$0.job].syncs[$0.sync] } }

    func connection(_ name: String) -> ConnectionDraft? {
        connections[name].flatMap { drafts.connections?.connections[$0] }
    }

    /// The connector of a side of a job; nil where it is not known, for whatever reason.
    func connector(of job: JobDraft, _ side: Side) -> ConnectorType? {
        guard let name = job.connections[side]?.content, let type = connection(name)?.type?.content else { return nil }
        return surroundings.connector(type)
    }

    /// The sync that a text names: of the same job, or `job/sync`.
    func syncName(_ text: String, in job: JobDraft) -> SyncName {
        guard let slash = text.firstIndex(of: "/") else { return SyncName(job: job.fileName, sync: text) }
        return SyncName(job: String(text[..<slash]), sync: String(text[text.index(after: slash)...]))
    }
}
