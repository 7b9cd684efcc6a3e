import Model

/// One question asked of jobs that have no mistake: whether what they say can be what was meant. Each gives warnings,
/// which a comment in the file can allow (see ``Allowances``).
struct Advice: Sendable {
    var check: @Sendable (MeantJobs, inout Findings) -> Void

    static let all: [Advice] = [
        .writtenByTwo, .loops, .filterTruth, .matchKeys, .brakes, .schedules, .unusedConnections, .shadowedNames,
        .changeTimes, .testedNames,
    ]
}

/// What advice looks at: all jobs without a mistake.
struct MeantJobs {
    let jobs: [Job]
    let connections: [String: Connection]
    let subject: Subject
    /// What tells the systems of connections apart, by the names of those.
    private let systems: [String: String]

    init(jobs: [Job], connections: [String: Connection], subject: Subject) {
        self.jobs = jobs
        self.connections = connections
        self.subject = subject
        systems = connections.mapValues { $0.type + Self.spelled($0.settings) }
    }

    /// Each sync with its job, in the order of the files.
    var syncs: [(job: Job, sync: Sync)] { jobs.flatMap { job in job.syncs.map { (job, $0) } } }

    /// What tells collections apart, whatever the connection to their system is called.
    func collection(_ side: Side, of sync: Sync, _ job: Job) -> CollectionKey {
        let name = job.connections[side]
        let reference = sync.collections[side]
        let settings = reference.settings.isEmpty ? "" : Self.spelled(reference.settings)
        return CollectionKey(system: systems[name] ?? name, name: reference.name + settings)
    }

    private static func spelled(_ settings: [Setting]) -> String {
        settings.sorted { $0.name < $1.name }.map { "\n\($0.name)=\($0.content)" }.joined()
    }
}

/// A collection of a system, as far as the files tell.
struct CollectionKey: Hashable {
    var system: String
    var name: String
}
