import Model
import StateStore
import Values

/// Something that a notifier is to be told of, for as long as it is so.
struct Concern: Sendable {
    /// Since when it is so.
    var since: Timestamp
    /// What is so, as a sentence; empty where its records say it.
    var sentence: String
    /// The records that it is about.
    var records: [HeldRecord] = []
    /// The command that shows more, or mends it.
    var advice: String?
}

/// What is so now of all that a notifier is to be told.
struct Concerns: Sendable {
    let notifier: Notifier
    let situation: Situation
    private let syncs: [String: SyncStanding]

    init(notifier: Notifier, situation: Situation) {
        self.notifier = notifier
        self.situation = situation
        syncs = Dictionary(situation.syncs.map { ("\($0.sync)", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// All that is so now.
    func all() -> [AlertKey: Concern] {
        var found: [AlertKey: Concern] = [:]
        for sync in situation.syncs where notifier.isAbout(job: sync.sync.job) {
            for (event, concern) in concerns(sync) where notifier.events.contains(event) {
                found[AlertKey(event, "\(sync.sync)")] = concern
            }
        }
        for connection in situation.connections where notifier.events.contains(.connectionBroken) {
            guard isConcerned(connection), connection.state == .broken || connection.state == .unreachable else {
                continue
            }
            found[AlertKey(.connectionBroken, connection.name)] = Concern(
                since: connection.since, sentence: connection.problem, advice: "lockstep status")
        }
        for (job, problem) in situation.brokenJobs
        where notifier.events.contains(.runFailed) && notifier.isAbout(job: job) {
            found[AlertKey(.runFailed, job)] = Concern(
                since: situation.now, sentence: "its job file is wrong: \(problem)", advice: "lockstep check")
        }
        for (name, trouble) in situation.notifiers where name != notifier.name {
            found[AlertKey(AlertKey.notifierBroken, name)] = Concern(
                since: trouble.since, sentence: trouble.problem, advice: "lockstep notify test \(name)")
        }
        return found
    }

    private func isConcerned(_ connection: ConnectionStanding) -> Bool {
        connection.jobs.contains(where: notifier.isAbout)
    }

    private func concerns(_ sync: SyncStanding) -> [(NotifiedEvent, Concern)] {
        var found = records(sync)
        if let failed = failed(sync) { found.append((.runFailed, failed)) }
        if sync.outcome == .brake, let finished = sync.finished {
            found.append((.brake, Concern(since: finished, sentence: sync.problem, advice: accept(sync))))
        }
        if let limit = notifier.staleAfter, sync.isWatched, let last = sync.succeeded ?? sync.knownSince,
            situation.now.since(last) > limit
        {
            let words = sync.succeeded == nil ? "it never succeeded" : "it has not succeeded since \(last)"
            found.append((.stale, Concern(since: last, sentence: words, advice: "lockstep why \(sync.sync)")))
        }
        return found
    }

    /// The command that shows the plan, and the one that carries it out as it was.
    private func accept(_ sync: SyncStanding) -> String {
        let plan = "lockstep plan \(sync.sync)"
        if sync.digest.isEmpty { return plan }
        return "\(plan); if these writes are right: lockstep run \(sync.sync) --accept \(sync.digest)"
    }

    private func failed(_ sync: SyncStanding) -> Concern? {
        if let problem = sync.unreadable { return Concern(since: situation.now, sentence: problem) }
        guard sync.outcome == .failed, !isOutdated(sync) else { return nil }
        return Concern(
            since: sync.finished ?? situation.now, sentence: sync.problem, advice: "lockstep why \(sync.sync)")
    }

    /// Whether what the sync failed for may have been a connection: one that is in trouble, or was mended since.
    func isOutdated(_ sync: SyncStanding) -> Bool {
        Side.allCases.contains { side in
            guard let connection = situation.connection(sync.connections[side]) else { return false }
            return connection.state != .ok || connection.since > sync.finished ?? .earliest
        }
    }

    /// The records of a sync that are left alone, by what is told of them.
    private func records(_ sync: SyncStanding) -> [(NotifiedEvent, Concern)] {
        var groups: [NotifiedEvent: [HeldRecord]] = [:]
        for record in sync.held {
            guard let event = event(of: record) else { continue }
            groups[event, default: []].append(record)
        }
        return groups.map { event, records in
            let since = records.compactMap(\.since).min() ?? situation.now
            let advice = "lockstep items \(sync.sync)"
            return (event, Concern(since: since, sentence: "", records: records, advice: advice))
        }
    }

    /// nil for a record that only waits for another one, or for the next run.
    private func event(of record: HeldRecord) -> NotifiedEvent? {
        let own: NotifiedEvent
        switch (record.state, record.cause) {
        case (.waiting, _): return nil
        case (.failed, _), (.parked, _): return .recordFailed
        case (_, "unmapped-value"): own = .missingValue
        case (_, "oscillation"): own = .oscillation
        case (.conflict, _): own = .conflict
        case (.held, _): own = .held
        }
        return notifier.events.contains(own) ? own : .held
    }
}

extension Concerns {
    enum Verdict: Equatable {
        /// It is over.
        case over
        /// It is over, and something else that is told has taken its place.
        case replaced
        /// Nobody asks any more, or there is nothing left to ask for.
        case dropped
        /// It cannot be said whether it is over.
        case unknown
    }

    /// What became of something that was told, and that is not found now.
    func verdict(on key: AlertKey) -> Verdict {
        guard let event = NotifiedEvent(rawValue: key.event) else { return .over }
        guard notifier.events.contains(event) else { return .dropped }
        if event == .connectionBroken { return verdict(onConnection: key.subject) }
        guard key.subject.contains("/") else { return .over }
        guard let sync = syncs[key.subject], notifier.isAbout(job: sync.sync.job) else {
            let job = key.subject.prefix { $0 != "/" }
            return situation.brokenJobs[String(job)] == nil ? .dropped : .unknown
        }
        if sync.unreadable != nil { return .unknown }
        switch event {
        case .runFailed:
            if sync.outcome == .brake { return .replaced }
            return sync.outcome == .stopped || sync.outcome == .failed ? .unknown : .over
        case .brake: return sync.outcome == .stopped || sync.outcome == .failed ? .unknown : .over
        case .stale: return sync.isWatched ? .over : .unknown
        default: return .over
        }
    }

    private func verdict(onConnection name: String) -> Verdict {
        guard let connection = situation.connection(name) else {
            // Nothing is known of it: the file of the connections cannot be read, or has gone.
            let isNeeded = situation.syncs.contains { $0.connections.left == name || $0.connections.right == name }
            return isNeeded || !situation.brokenJobs.isEmpty ? .unknown : .dropped
        }
        if !isConcerned(connection) { return situation.brokenJobs.isEmpty ? .dropped : .unknown }
        return connection.state == .ok ? .over : .unknown
    }
}
