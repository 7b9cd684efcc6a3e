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
    let times: TimeWords
    private let folder: SyncFolder

    init(_ job: Job, _ sync: Sync, _ workspace: Workspace, _ world: World) {
        self.job = job
        self.sync = sync
        self.workspace = workspace
        self.world = world
        times = TimeWords(world.timeZone(sync.timing.timeZone) ?? .utc)
        folder = workspace.state(of: sync.name, world)
    }

    private var name: String { "\(sync.name)" }
    private var again: Remedy.Step { .command(["run", name, "--now"]) }
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
        var steps: [Remedy.Step] = [.person("put the file back from a copy of the state")]
        if case .file(let failure) = failure, let repair = Permission(failure, of: world)?.remedy { steps = repair }
        return Condition(.stop, .stateUnreadable, failure.description, remedies: [Remedy(steps + [again])])
    }

    /// What stands in the way of the sync, without what the last run met of the same kind as is known anyway.
    private func added(_ found: [Condition], to conditions: [Condition]) -> [Condition] {
        let known = Set(conditions.filter(\.isBlocking).map(\.cause))
        return conditions + found.filter { $0.standing == .ok || !known.contains($0.cause) }
    }

    var header: SyncHeader? { try? folder.header() }

    /// So many files of runs are looked through for when two records came into step.
    private static let mostRuns = 1_000

    /// When the records of a link last came to hold what they hold.
    func settled(_ ids: Sides<RecordID>) throws(StateFailure) -> LastSettled {
        try folder.lastSettled(ids, most: Self.mostRuns)
    }

    private func enabled() -> Condition {
        if job.isEnabled { return .met(.enabled, "the job is enabled") }
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
                let type = workspace.systems.type(named: connection.type)
            else { return nil }
            do throws(SettingFailure) {
                _ = try SettingsResolution(world: world).resolve(connection, collection, type)
                return nil
            } catch {
                let message = error.diagnostic.message
                let remedy = error.variable.map { Remedy.Step.variable($0) } ?? .person("mend that: \(message)")
                return Condition(
                    .stop, error.variable == nil ? .badSetting : .variableNotSet, message,
                    place: error.diagnostic.place?.fileAndLine, remedies: [Remedy(remedy, again)])
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
        return [.met(.connections, "the connections \(both) were in order when they were last used")]
    }

    private func condition(_ trouble: ConnectionTrouble) -> Condition {
        let first = trouble.mending.map(Remedy.Step.person) ?? .wait(until: trouble.nextProbe.map(local))
        var condition = Condition(
            .stop, Cause(trouble.cause), trouble.sentence,
            place: workspace.checked.connections[trouble.connection]?.place.fileAndLine,
            remedies: [Remedy(first, .command(["run", name, "--now"]))])
        condition.since = trouble.since
        condition.isOfConnection = true
        condition.about = .connections
        return condition
    }

    private func local(_ time: Timestamp) -> LocalTime {
        LocalTime(time, in: world.timeZone(sync.timing.timeZone) ?? .utc)
    }

    private func parents() -> [Condition] {
        sync.parents.map { parent in
            switch workspace.standing(ofParent: parent, world) {
            case .succeeded: .met(.parents, "\(parent), which it needs, has succeeded")
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
        do throws(StateFailure) {
            guard let holder = try folder.holder() else { return .met(.lock, "no other run is at work on it") }
            return Condition(
                .stop, .locked, "another run is at work on it: \(holder)", remedies: [Remedy(.wait(until: nil))])
        } catch {
            return unreadable(error)
        }
    }

    private func lastRun(_ header: SyncHeader?, isFree: Bool) throws(StateFailure) -> [Condition] {
        guard let header, header.runCount > 0 else {
            // What stands in its way is why it never ran.
            if !isFree { return [] }
            if let missed = missed(nil, isFree: isFree) { return [missed] }
            return [
                Condition(
                    .stop, .neverRun,
                    header?.hasRunInPart == true
                        ? "it has never run as a whole: no run has looked at all its records yet"
                        : "it has never run", remedies: [.command("run", name, "--now")])
            ]
        }
        let ended =
            header.lastFinished.map { "the last run ended \(ages.words($0)), at \(times.words($0))" } ?? "it has run"
        let missed = [missed(header, isFree: isFree)].compactMap(\.self)
        let again = Remedy.command("run", name, "--now")
        switch header.lastOutcome {
        case .brake where header.lastCause == Cause.fieldLost.name:
            return missed + [
                Condition(
                    .stop, .fieldLost, "a brake stopped the last run before its first write: \(header.lastProblem)",
                    place: sync.place.fileAndLine, evidence: [ended],
                    remedies: [
                        Remedy(
                            .person(
                                "give the field its name back, or say in the job file, or in the connector, what it is called by now"
                            ),
                            .command(["run", name, "--now"])),
                        Remedy(.command(["plan", name]), .person("accept the plan that it shows")),
                    ])
            ]
        case .brake:
            return missed + [
                Condition(
                    .stop, .brake, "a brake stopped the last run before its first write: \(header.lastProblem)",
                    place: sync.place.fileAndLine, evidence: [ended],
                    remedies: [
                        Remedy(.command(["plan", name]), .person("accept the plan that it shows, or set 'limits'"))
                    ])
            ]
        case .failed:
            let failure = failed(header, ended)
            // What is looked at anew each time is not so any more, where nothing was said of it.
            let isPast = isFree && [.variableNotSet, .locked, .stateUnreadable].contains(failure.cause)
            return missed + [isPast ? failure.asPast : failure]
        case .stopped:
            return missed + [
                Condition(
                    .stop, .runStopped, "the last run was stopped: \(header.lastProblem)", evidence: [ended],
                    remedies: [again])
            ]
        default: return [.met(.lastRun, ended)] + missed
        }
    }

    private func failed(_ header: SyncHeader, _ ended: String) -> Condition {
        let cause = header.lastCause.isEmpty ? Cause.runFailed : Cause(header.lastCause)
        var condition = failure(cause, header.lastSide, "the last run failed: \(header.lastProblem)")
        condition.evidence = [ended]
        condition.isOfLastRun = true
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
        var condition = usualSchedule()
        if let inbox = try? folder.inbox(), let since = inbox.since {
            let records = inbox.count == 1 ? "one record" : "\(inbox.count) records"
            condition.evidence.append(
                "an event came \(ages.words(since)) and is of \(records): 'lockstep run \(name) --events' reads it at once"
            )
        }
        return condition
    }

    private func usualSchedule() -> Condition {
        let place = sync.timing.place?.fileAndLine
        let now = world.now()
        guard let schedule = sync.timing.schedule, let rule else {
            return .met(.schedule, "it runs whenever 'lockstep run' does", place: place)
        }
        let atOnce = Remedy.command("run", name, "--now")
        if case .manual = schedule {
            return Condition(.wait, .manual, "it runs only when it is asked for", place: place, remedies: [atOnce])
        }
        let started = (try? folder.header())?.lastStarted
        guard let due = rule.nextDue(lastStarted: started, now: now) else {
            return Condition(.wait, .notDue, "its schedule has no further slot", place: place, remedies: [atOnce])
        }
        if due <= now { return .met(.schedule, "it is due now", place: place) }
        let remedies = [Remedy(.wait(until: LocalTime(due, in: rule.zone))), atOnce]
        let time = "\(ages.words(due)), at \(times.words(due))"
        if let window = rule.window, !window.contains(now, in: rule.zone) {
            let opening = window.opening(atOrAfter: now, in: rule.zone) ?? due
            let opens =
                "it is outside its window, \(window.text), which opens \(ages.words(opening)), at \(times.words(opening))"
            return Condition(
                .wait, .outsideWindow, opens + (opening == due ? "" : ": it is due \(time)"), place: place,
                remedies: remedies)
        }
        return Condition(.wait, .notDue, "it is due \(time)", place: place, remedies: remedies)
    }
}
