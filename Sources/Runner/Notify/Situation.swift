import Diagnostics
import JobFiles
import Model
import StateStore
import Values

/// How everything stands that somebody may be told of: what decides about messages, and nothing else.
struct Situation: Sendable {
    var now: Timestamp
    var syncs: [SyncStanding] = []
    var connections: [ConnectionStanding] = []
    /// The jobs whose files are wrong, with the first mistake as a sentence.
    var brokenJobs: [String: String] = [:]
    /// The notifiers that cannot be told anything.
    var notifiers: [String: NotifierTrouble] = [:]

    func connection(_ name: String) -> ConnectionStanding? { connections.first { $0.name == name } }
}

/// How a sync stands, as its state tells.
struct SyncStanding: Sendable {
    var sync: SyncName
    /// Of its job: the connections that it needs.
    var connections: Sides<String>
    /// Whether it is to run at all: its job is enabled, and nobody paused it.
    var isWatched = true
    /// How its last run ended; nil where there was none.
    var outcome: RunOutcome?
    var problem = ""
    var finished: Timestamp?
    var succeeded: Timestamp?
    /// Of one that never succeeded: since when it is known.
    var knownSince: Timestamp?
    /// What the job file said of its records in the last run that went to its end.
    var definition = ""
    /// A fingerprint of each part of that, by its name; empty where the file has changed since, or nobody asks.
    var definitionParts: [String: String] = [:]
    /// Of the plan that a brake stopped: what accepts it.
    var digest = ""
    var held: [HeldRecord] = []
    /// Why its state cannot be read, where it cannot.
    var unreadable: String?
}

struct ConnectionStanding: Sendable {
    var name: String
    var state: ConnectionHealth.State
    var since: Timestamp
    var problem: String
    /// The jobs that need it.
    var jobs: Set<String>
}

extension Situation {
    /// Reads how everything stands. Takes no lock, and asks neither side.
    init(_ workspace: Workspace, _ world: World, _ notifiers: NotifierBook) {
        let folder = workspace.state(world)
        let now = world.now()
        self.init(now: now)
        let isChangeTold = workspace.checked.notifiers.contains { $0.events.contains(.jobChanged) }
        for job in workspace.checked.jobs {
            let deciding = workspace.decisiveParts(job)
            for sync in job.syncs {
                var standing = SyncStanding(sync.name, job, folder)
                if isChangeTold, standing.definition == sync.definition(deciding) {
                    standing.definitionParts = sync.definitionFingerprints(deciding)
                }
                syncs.append(standing)
            }
        }
        for at in syncs.indices where syncs[at].succeeded == nil {
            syncs[at].knownSince = notifiers.unsuccessful["\(syncs[at].sync)"] ?? now
        }
        var book = ConnectionBook()
        do throws(StateFailure) {
            book = try folder.connections()
        } catch {
            // No sync runs while it cannot be read: each says so.
            for at in syncs.indices where syncs[at].isWatched { syncs[at].unreadable = error.description }
        }
        for (name, health) in book.entries {
            let jobs = workspace.checked.jobs.filter { job in Side.allCases.contains { job.connections[$0] == name } }
            connections.append(
                ConnectionStanding(
                    name: name, state: health.state, since: health.since, problem: health.problem,
                    jobs: Set(jobs.map(\.name))))
        }
        for name in workspace.brokenJobs {
            let mistakes = workspace.diagnostics(of: [name]).filter { $0.severity == .error }
            let place = mistakes.first?.place.map { "\($0.file):\($0.start.line): " } ?? ""
            brokenJobs[name] = place + (mistakes.first?.message ?? "it cannot be used")
        }
        self.notifiers = notifiers.notifiers.compactMapValues(\.trouble)
    }
}

extension SyncStanding {
    fileprivate init(_ sync: SyncName, _ job: Job, _ folder: StateFolder) {
        self.init(sync: sync, connections: job.connections)
        let folder = folder.sync(sync)
        do throws(StateFailure) {
            let pause = try folder.pause()
            isWatched = job.isEnabled && pause == nil
            // Of a sync that has only run in part it is known what is held.
            guard let header = try folder.header(), header.runCount > 0 || header.hasRunInPart else { return }
            outcome = header.lastOutcome
            problem = header.lastProblem
            finished = header.lastFinished
            succeeded = header.lastSucceeded
            definition = header.definition
            digest = header.refusedDigest
            if header.held > 0 { held = try folder.queueItems().map(HeldRecord.init) }
        } catch {
            unreadable = error.description
        }
    }
}
