import Connectors
import Cron
import Diagnostics
import FileIO
import JobFiles
import Model
import StateStore
import Values

/// Runs, or plans, the syncs of a workspace, each after those that it depends on.
package struct JobRunner: Sendable {
    package enum Mode: Sendable {
        case plan
        /// Brakes are lifted for the plan of the digest that is accepted, and for no other.
        case run(accepting: String?)
    }

    package var workspace: Workspace
    package var world: World
    /// Whether a sync runs though its time has not come.
    package var evenIfNotDue: Bool
    /// Whether a person asks for this, and may be told that it is too soon; nil where nobody does.
    package var askedFor: AskedFor?
    /// Whether a sync that another run is at work on is waited for, however long that takes.
    package var waitsForLocks = false
    /// Whether only those syncs run to which systems said something of their own accord, due or not, and read just that.
    package var onlyEvents = false
    /// How much of what is to be done each sync does.
    package var part = RunPart()
    /// Where another plan is made of the same readings; nil where each is read for itself.
    var readings: SharedReadings?
    package var tell: @Sendable (RunEvent) -> Void

    package init(
        _ workspace: Workspace, world: World, evenIfNotDue: Bool,
        tell: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.workspace = workspace
        self.world = world
        self.evenIfNotDue = evenIfNotDue
        self.tell = tell
    }

    package func run(_ selection: Selection, _ mode: Mode) async throws(Selection.Unknown) -> [SyncReport] {
        let syncs = try selection.syncs(of: workspace.checked.jobs)
        let folder = workspace.state(world)
        let watch = ConnectionWatch(folder, now: world.now, remembers: mode.isRun)
        var work = SideBySide(self, syncs, mode, watch)
        let reports = await work.run()
        workspace.systemConnections.flush()
        return reports
    }

    /// How long a lock that is held is left alone before the next look at it.
    private static let lockPause = Duration.milliseconds(100)

    /// Runs a sync, whatever stands in its way.
    ///
    /// - Parameter before: what syncs that it depends on came to in this run.
    func run(
        _ job: Job, _ sync: Sync, _ mode: Mode, after before: EndedSyncs, _ watch: ConnectionWatch
    ) async -> (report: SyncReport, links: LinkTable?) {
        var ended = await runNow(job, sync, mode, before, watch)
        while waitsForLocks, case .locked(let holder) = ended.report.outcome, !Task.isCancelled, world.stop() == nil {
            tell(.awaiting(sync.name, holder: holder))
            await world.pause(Self.lockPause)
            // Whoever is at work there may have moved the links of its parents too.
            ended = await runNow(job, sync, mode, EndedSyncs(reports: before.reports), watch)
        }
        return ended
    }

    private func runNow(
        _ job: Job, _ sync: Sync, _ mode: Mode, _ before: EndedSyncs, _ watch: ConnectionWatch
    ) async -> (report: SyncReport, links: LinkTable?) {
        if let obstacle = obstacle(job, sync, mode, before.reports) { return (quickReport(sync, obstacle), nil) }
        do throws(StateFailure) {
            return try await run(job, sync, mode, before.links, watch)
        } catch {
            return (quickReport(sync, .failed(.state(error))), nil)
        }
    }

    /// Why a sync is not to be run now.
    private func obstacle(
        _ job: Job, _ sync: Sync, _ mode: Mode, _ reports: [SyncName: SyncReport]
    ) -> SyncReport.Outcome? {
        guard job.isEnabled else { return .disabled }
        if case .run = mode {
            do {
                let folder = workspace.state(of: sync.name, world)
                if let pause = try folder.pause() { return .paused(pause) }
            } catch {
                return .failed(.state(error))
            }
        }
        if let stop = world.stop() { return .stopped(stop, left: nil) }
        if case .run = mode {
            do {
                if let asked = askedFor, let until = try earliest(job, sync, asked) { return .tooSoon(until: until) }
                if try !hasComeDue(sync) { return .notDue }
            } catch {
                return .failed(.state(error))
            }
        }
        guard let parent = sync.parents.first(where: { !hasSucceeded($0, reports) }) else { return nil }
        // Whoever is at work on the parent is what this sync waits for too: nothing is wrong with either.
        if case .locked(let holder)? = reports[parent]?.outcome {
            return .locked(holder: holder)
        }
        return .waits(for: parent)
    }

    /// Whether a sync went to its end when it last ran, now or before. Records that are held do not count against it: one record
    /// never stops another, and those that need it wait for themselves.
    private func hasSucceeded(_ parent: SyncName, _ reports: [SyncName: SyncReport]) -> Bool {
        if let report = reports[parent] {
            switch report.outcome {
            case .notDue, .paused, .tooSoon, .disabled: break
            default: return !report.isBroken
            }
        }
        return workspace.standing(ofParent: parent, world) == .succeeded
    }

    private func earliest(_ job: Job, _ sync: Sync, _ asked: AskedFor) throws(StateFailure) -> Timestamp? {
        let header = try workspace.state(of: sync.name, world).header()
        return asked.earliest(header, definition: definition(job, sync), now: world.now())
    }

    private func definition(_ job: Job, _ sync: Sync) -> String {
        sync.definition(workspace.decisiveParts(job))
    }

    func isDue(_ sync: Sync) throws(StateFailure) -> Bool {
        let header = try workspace.state(of: sync.name, world).header()
        guard let rule = sync.dueRule(world) else { return true }
        return rule.isDue(lastStarted: header?.lastStarted, now: world.now())
    }

    /// Runs a sync whose connections answer, as far as is known.
    private func run(
        _ job: Job, _ sync: Sync, _ mode: Mode, _ links: [SyncName: LinkTable], _ watch: ConnectionWatch
    ) async throws(StateFailure) -> (report: SyncReport, links: LinkTable?) {
        if let trouble = try await trouble(job, sync, watch) { return (quickReport(sync, .disconnected(trouble)), nil) }
        var runner = self
        let stop = world.stop
        // What one sync meets stops all others on the connection.
        runner.world.stop = { stop() ?? watch.failed(among: job.connections).map(Stop.connection) }
        var ended = await runner.run(job, sync, mode, links)
        switch ended.report.outcome {
        case .failed(.endpoint(let side, let failure)):
            guard let trouble = try watch.note(failure, of: job.connections[side]) else { break }
            ended.report.outcome = .disconnected(trouble)
        case .stopped(.connection(let name), _):
            guard let trouble = try watch.trouble(with: name) else { break }
            ended.report.outcome = .disconnected(trouble)
        default: break
        }
        return ended
    }

    /// What stands in the way of using the connections of a sync.
    private func trouble(
        _ job: Job, _ sync: Sync, _ watch: ConnectionWatch
    ) async throws(StateFailure) -> ConnectionTrouble? {
        for side in Side.allCases {
            let trouble = try await watch.trouble(with: job.connections[side]) { () throws(EndpointFailure) in
                // What is wrong with its settings is told by the run itself.
                guard let endpoint = try? endpoint(side, job, sync) else { return }
                try await endpoint.probe()
            }
            if let trouble { return trouble }
        }
        return nil
    }

    private func run(
        _ job: Job, _ sync: Sync, _ mode: Mode, _ links: [SyncName: LinkTable]
    ) async -> (report: SyncReport, links: LinkTable?) {
        let started = world.now()
        do throws(RunFailure) {
            var run = try makeRun(job, sync, links)
            try run.takeInbox(isOfEvents: onlyEvents)
            return try await run(mode.ofRun)
        } catch {
            if case .state(.locked(_, let holder)) = error { return (quickReport(sync, .locked(holder: holder)), nil) }
            return (failed(sync, error, started, mode), nil)
        }
    }

    /// A run of a sync, with all that it works on.
    ///
    /// - Parameter known: the links of syncs that ran before it.
    func makeRun(_ job: Job, _ sync: Sync, _ known: [SyncName: LinkTable]) throws(RunFailure) -> Run {
        var run = Run(
            sync: sync, endpoints: try endpoints(job, sync),
            folder: workspace.state(of: sync.name, world),
            definition: definition(job, sync),
            parents: { () throws(RunFailure) in try parents(of: sync, known) }, world: world, part: part,
            tell: tell)
        run.isAskedFor = askedFor != nil
        return run
    }

    /// The links of the syncs through which a sync translates ids: as this run left them, or as they are stored.
    private func parents(
        of sync: Sync, _ known: [SyncName: LinkTable]
    ) throws(RunFailure) -> [SyncName: LinkTable] {
        var tables: [SyncName: LinkTable] = [:]
        for name in sync.linkedSyncs {
            if let table = known[name] {
                tables[name] = table
                continue
            }
            do throws(StateFailure) {
                let folder = workspace.state(of: name, world)
                tables[name] = try SyncStore(folder, fields: []).links
            } catch {
                throw .state(error)
            }
        }
        return tables
    }

    /// Whether both connections of a job are of this host, as files are.
    func isLocal(_ job: Job) -> Bool {
        Side.allCases.allSatisfy { side in
            workspace.checked.connections[job.connections[side]].map(world.connect.isLocal) ?? true
        }
    }

    private func endpoints(_ job: Job, _ sync: Sync) throws(RunFailure) -> Sides<any Endpoint> {
        let own = Sides(left: try endpoint(.left, job, sync), right: try endpoint(.right, job, sync))
        return readings?.shared(own, workspace.sources(job, sync), sync.name) ?? own
    }

    /// The collection of a sync on a side.
    func endpoint(_ side: Side, _ job: Job, _ sync: Sync) throws(RunFailure) -> any Endpoint {
        let collection = sync.collections[side]
        guard let connection = workspace.checked.connections[job.connections[side]],
            let type = workspace.systems.type(named: connection.type)
        else {
            let problem = "there is no connection '\(job.connections[side])'"
            throw .settings(
                Diagnostic(
                    .error, JobFileCode.unknownConnection.rawValue, problem, at: collection.place))
        }
        let settings: ResolvedSettings
        do {
            settings = try SettingsResolution(world: world).resolve(connection, collection, type)
        } catch {
            throw .settings(error.diagnostic)
        }
        do {
            let endpoint = try workspace.endpoint(connection, settings, collection.name, world)
            // What is written at one go, as a file is, never asks to be asked later.
            return endpoint.capabilities.groupSize == nil ? endpoint : Retrying(endpoint, world.patience)
        } catch {
            throw .endpoint(side, error)
        }
    }

    private func quickReport(_ sync: Sync, _ outcome: SyncReport.Outcome) -> SyncReport {
        let now = world.now()
        return SyncReport(
            sync: sync.name, outcome: outcome, started: now, finished: now, collections: sync.collections.map(\.name))
    }

    /// The report of a run that could not go to its end; when it ran, and why it failed, is remembered if that can be.
    private func failed(_ sync: Sync, _ failure: RunFailure, _ started: Timestamp, _ mode: Mode) -> SyncReport {
        var report = SyncReport(
            sync: sync.name, outcome: .failed(failure), started: started, finished: world.now(),
            collections: sync.collections.map(\.name))
        report.isOfEvents = onlyEvents
        // Nor is a name that a person mistyped a failure of the sync.
        if case .unknownRecord = failure { return report }
        guard case .run = mode else { return report }
        let folder = workspace.state(of: sync.name, world)
        // Best effort: the failure itself is what is told, and the state may be what failed.
        if let claim = try? folder.claim(holder: world.holder()), var header = try? folder.header() ?? SyncHeader() {
            let problem = FailureWords(failure).sentence
            // A connection that is down for a week is told once.
            if header.lastOutcome != .failed || header.lastProblem != problem {
                try? folder.append(
                    RunSummary(
                        run: nil, started: report.started, finished: report.finished, outcome: .failed, writes: nil,
                        held: 0, problem: problem))
            }
            let lastStarted = header.lastStarted
            header.noteFailure(report, problem, failure)
            // Once its connection answers it goes on at once, and not when it is next due.
            if case .endpoint(_, let failure) = failure, ConnectionHealth(failure, now: started) != nil {
                header.lastStarted = lastStarted
            }
            try? folder.save(header)
            _ = claim
        }
        return report
    }
}

extension JobRunner.Mode {
    fileprivate var isRun: Bool { if case .run = self { true } else { false } }

    fileprivate var ofRun: Run.Mode {
        switch self {
        case .plan: .plan
        case .run(let digest): .run(accepting: digest)
        }
    }
}

extension SyncReport {
    /// Whether it did not go to its end, so that those that depend on it may have to wait.
    var isBroken: Bool {
        switch outcome {
        case .refused, .failed, .waits, .locked, .disabled, .stopped, .disconnected: true
        case .notDue, .paused, .tooSoon, .untouched, .planned: false
        }
    }
}
