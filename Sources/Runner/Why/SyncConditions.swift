import Connectors
import Cron
import Diagnostics
import JobFiles
import Model
import StateStore
import Values

/// The conditions of a sync as a whole, in the order in which a run meets them, from the files as they are and from what the last run
/// left behind.
struct SyncConditions {
    let job: Job
    let sync: Sync
    let workspace: Workspace
    let world: World
    private let folder: SyncFolder

    init(_ job: Job, _ sync: Sync, _ workspace: Workspace, _ world: World) {
        self.job = job
        self.sync = sync
        self.workspace = workspace
        self.world = world
        folder = workspace.state(of: sync.name, world)
    }

    private var name: String { "\(sync.name)" }
    private var ages: AgeWords { AgeWords(now: world.now()) }

    /// All but the schedule, which matters only where there is something to do.
    func all() -> [Condition] {
        var conditions = [enabled()] + pause() + settings() + connections() + parents() + [lock()]
        do {
            let isFree = !conditions.contains(where: \.isBlocking)
            conditions = added(try lastRun(try folder.header(), isFree: isFree), to: conditions)
        } catch {
            conditions.append(unreadable(error))
        }
        return conditions
    }

    private func unreadable(_ failure: StateFailure) -> Condition {
        Condition(
            .stop, .stateUnreadable, failure.description,
            remedies: [
                Remedy(.person("put the file back from a copy of the state"), .command(["run", name, "--now"]))
            ])
    }

    /// What stands in the way of the sync, without what the last run met of the same kind as is known anyway.
    private func added(_ found: [Condition], to conditions: [Condition]) -> [Condition] {
        let known = Set(conditions.filter(\.isBlocking).map(\.cause))
        return conditions + found.filter { !known.contains($0.cause) }
    }

    var header: SyncHeader? { try? folder.header() }

    private func enabled() -> Condition {
        if job.isEnabled { return Condition(.ok, .disabled, "the job is enabled") }
        let place = KeyLines(source: workspace.sources[job.place.file]).place(ofJobKey: "enabled", in: job.place.file)
        return Condition(
            .stop, .disabled, "the job is disabled in its file", place: place,
            remedies: [Remedy(.set(key: "enabled", to: "true", at: place), .command(["run", name, "--now"]))])
    }

    private func pause() -> [Condition] {
        do {
            guard let pause = try folder.pause() else { return [] }
            var condition = Condition(
                .stop, .paused, "it is paused by \(pause.by)" + (pause.reason.isEmpty ? "" : ": \(pause.reason)"),
                remedies: [Remedy(.command(["resume", name]), .command(["run", name, "--now"]))])
            condition.since = pause.since
            return [condition]
        } catch {
            return [unreadable(error)]
        }
    }

    private func settings() -> [Condition] {
        Side.allCases.compactMap { (side) -> Condition? in
            let collection = sync.collections[side]
            guard let connection = workspace.checked.connections[job.connections[side]],
                let type = ConnectorCatalogue.type(named: connection.type)
            else { return nil }
            do throws(Diagnostic) {
                _ = try SettingsResolution(world: world).resolve(connection, collection, type)
                return nil
            } catch {
                let isVariable = error.code == JobFileCode.unsetVariable.rawValue
                let variable = error.message.split(separator: " ").dropFirst(3).first.map(String.init)
                let remedy = isVariable ? variable.map { Remedy(.variable($0)) } : Remedy(.person("mend that"))
                return Condition(
                    .stop, isVariable ? .variableNotSet : .badSetting, error.message, place: error.place?.fileAndLine,
                    remedies: [remedy].compactMap { $0 })
            }
        }
    }

    private func connections() -> [Condition] {
        let book: ConnectionBook
        do throws(StateFailure) {
            book = try workspace.state(world).connections()
        } catch {
            return [unreadable(error)]
        }
        let troubles = Side.allCases.compactMap { side in
            let name = job.connections[side]
            return book.entries[name].flatMap { ConnectionTrouble(name, $0, isFirst: true) }
        }
        guard troubles.isEmpty else { return troubles.map(condition) }
        let both = "'\(job.connections.left)' and '\(job.connections.right)'"
        return [
            Condition(.ok, .connected, "the connections \(both) were in order when they were last used")
        ]
    }

    private func condition(_ trouble: ConnectionTrouble) -> Condition {
        let first = trouble.mending.map(Remedy.Step.person) ?? .wait(until: trouble.nextProbe)
        var condition = Condition(
            .stop, Cause(trouble.cause), trouble.sentence,
            place: workspace.checked.connections[trouble.connection]?.place.fileAndLine,
            remedies: [Remedy(first, .command(["run", name, "--now"]))])
        condition.since = trouble.since
        condition.isOfConnection = true
        condition.about = .connections
        return condition
    }

    private func parents() -> [Condition] {
        sync.parents.map { parent in
            switch workspace.standing(ofParent: parent, world) {
            case .succeeded: Condition(.ok, .parentNotSucceeded, "\(parent), which it needs, has succeeded")
            case .blocked(let reason): condition(ofParent: parent, reason)
            }
        }
    }

    private func condition(ofParent parent: SyncName, _ reason: ParentStanding.Reason) -> Condition {
        let again = Remedy(.command(["run", "\(parent)", "--now"]), .command(["run", name, "--now"]))
        var condition = Condition(
            .stop, .parentNotSucceeded, "\(parent), which it needs, \(reason.words)",
            remedies: reason == .jobFileBroken ? [.command("check", parent.job)] : [again])
        condition.parent = parent
        return condition
    }

    private func lock() -> Condition {
        guard let holder = try? folder.holder() else { return Condition(.ok, .locked, "no other run is at work on it") }
        return Condition(
            .stop, .locked, "another run is at work on it: \(holder)", remedies: [Remedy(.wait(until: nil))])
    }

    private func lastRun(_ header: SyncHeader?, isFree: Bool) throws(StateFailure) -> [Condition] {
        guard let header, header.runCount > 0 else {
            if let missed = missed(nil, isFree: isFree) { return [missed] }
            return [
                Condition(.stop, .neverRun, "it has never run", remedies: [.command("run", name, "--now")])
            ]
        }
        let ended = header.lastFinished.map { "the last run ended \(ages.words($0))" } ?? "it has run"
        let again = Remedy.command("run", name, "--now")
        switch header.lastOutcome {
        case .brake:
            return [
                Condition(
                    .stop, .brake, "a brake stopped the last run before its first write: \(header.lastProblem)",
                    place: sync.place.fileAndLine, evidence: [ended],
                    remedies: [
                        Remedy(.command(["plan", name]), .person("accept the plan that it shows, or set 'limits'"))
                    ])
            ]
        case .failed:
            return [failed(header, ended)]
        case .stopped:
            return [
                Condition(
                    .stop, .runStopped, "the last run was stopped: \(header.lastProblem)", evidence: [ended],
                    remedies: [again])
            ]
        default: return [Condition(.ok, .runFailed, ended), missed(header, isFree: isFree)].compactMap { $0 }
        }
    }

    private func failed(_ header: SyncHeader, _ ended: String) -> Condition {
        let cause = header.lastCause.isEmpty ? Cause.runFailed : Cause(header.lastCause)
        var condition = failure(cause, header.lastSide, "the last run failed: \(header.lastProblem)")
        condition.evidence = [ended]
        return condition
    }

    /// What a run failed with, or would.
    func failed(_ failure: RunFailure) -> Condition {
        if case .endpoint(let side, let failure) = failure, let health = ConnectionHealth(failure, now: world.now()),
            let trouble = ConnectionTrouble(job.connections[side], health, isFirst: true)
        {
            return condition(trouble)
        }
        return self.failure(Cause(failure.cause), failure.side, FailureWords(failure).sentence)
    }

    private func failure(_ cause: Cause, _ side: Side?, _ text: String) -> Condition {
        let again = Remedy.Step.command(["run", name, "--now"])
        let connection = side.map { "'\(job.connections[$0])'" } ?? "the connection"
        let first: [Remedy.Step] =
            switch cause.name {
            case "collection-not-permitted": [.person("grant what is missing to the account of \(connection)")]
            // Whoever is asked once more may give all.
            case "read-incomplete", "changed-meanwhile", "in-doubt", "run-failed": []
            default: [.person("mend that")]
            }
        return Condition(
            .stop, cause, text, place: side.map { sync.collections[$0].place.fileAndLine },
            remedies: [Remedy(first + [again])])
    }

    /// That the sync was due and nothing started it.
    ///
    /// - Parameter isFree: whether nothing else keeps it from running.
    private func missed(_ header: SyncHeader?, isFree: Bool) -> Condition? {
        guard isFree, let due = sync.missed(since: header?.lastStarted, world) else { return nil }
        return Condition(
            .stop, .missed, "it was due \(ages.words(due)), and nothing has started it since",
            place: sync.timing.place?.fileAndLine, evidence: ["cron, or what else starts 'lockstep run', does not"],
            remedies: [.command("run", name)])
    }

    private var rule: DueRule? { sync.dueRule(world) }

    /// When what is to be done is done by itself.
    func schedule() -> Condition {
        let place = sync.timing.place?.fileAndLine
        let now = world.now()
        guard let schedule = sync.timing.schedule, let rule else {
            return Condition(.ok, .pending, "it runs whenever 'lockstep run' does", place: place)
        }
        let atOnce = Remedy.command("run", name, "--now")
        if case .manual = schedule {
            return Condition(.wait, .manual, "it runs only when it is asked for", place: place, remedies: [atOnce])
        }
        let started = (try? folder.header())?.lastStarted
        guard let due = rule.nextDue(lastStarted: started, now: now) else {
            return Condition(.wait, .notDue, "its schedule has no further slot", place: place, remedies: [atOnce])
        }
        if due <= now { return Condition(.ok, .pending, "it is due now", place: place) }
        var atAnyTime = rule
        atAnyTime.window = nil
        if let slot = atAnyTime.nextDue(lastStarted: started, now: now), slot <= now {
            return Condition(
                .wait, .outsideWindow, "its window opens \(ages.words(due)), at \(due)", place: place,
                remedies: [Remedy(.wait(until: due)), atOnce])
        }
        return Condition(
            .wait, .notDue, "it is due \(ages.words(due)), at \(due)", place: place,
            remedies: [Remedy(.wait(until: due)), atOnce])
    }
}
