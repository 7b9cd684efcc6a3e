import ArgumentParser
import Model
import Runner
import Values

/// Runs what is due: reads both sides, and writes what is missing.
struct RunCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs what is due: reads both sides, and writes what is missing.",
        discussion: """
            Meant for cron. Away from a terminal it prints a line for a sync that wrote or needs someone, and nothing \
            for one that had nothing to do. One job's trouble never stops another.

            SIGINT, SIGTERM and '--time-limit' end it early: what is under way is finished and remembered, the rest is \
            left to the next run, and the exit code is 1. So it is with '--limit', where there is more to write; brakes \
            judge the whole plan. A second signal ends it at once, as if it had been killed.
            """)

    @Argument(
        help: ArgumentHelp("Jobs and syncs; all where none is named.", valueName: "job[/sync]"),
        completion: JobNameCompletion.parts)
    var names: [String] = []

    @Flag(help: "All jobs and syncs, as where none is named.")
    var all = false

    @Flag(help: "Run though the time has not come; refused for a minute after such a run that ended in step.")
    var now = false

    @Flag(help: "With '--now': run though that was asked for a moment ago.")
    var force = false

    @Flag(
        help: "Run only syncs to which 'ingest' brought something, due or not, and read just those records.")
    var events = false

    @Flag(help: "Show what would be written, as 'plan' does, and write nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Carry out the plan of this digest, whatever brakes say, even if it is not due.", valueName: "digest"))
    var accept: String?

    @Option(
        help: ArgumentHelp(
            "What to do about a sync that another run is at work on: end with 75, pass over it, or wait.",
            valueName: "fail|skip|wait"))
    var onLocked = LockedChoice.fail

    @Option(
        help: ArgumentHelp(
            "Stop after so much time, such as 10m, and leave the rest to the next run.", valueName: "duration"),
        transform: { text in
            guard let limit = TimeLimit(text) else { throw ValidationError("'\(text)' is no duration, such as 10m") }
            return limit
        })
    var timeLimit: TimeLimit?

    @OptionGroup var parts: PartOptions

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if all && !names.isEmpty { throw ValidationError("name jobs, or give '--all', not both") }
        if force && !now { throw ValidationError("'--force' belongs to '--now'") }
        if events && (now || dryRun || !parts.only.isEmpty) {
            throw ValidationError("'--events' cannot be used with '--now', '--dry-run' and '--only'")
        }
        guard let accept else { return }
        if names.isEmpty { throw ValidationError("'--accept' takes the writes of one sync: name it") }
        if dryRun { throw ValidationError("'--accept' and '--dry-run' cannot be used together") }
        if accept.isEmpty { throw ValidationError("'--accept' needs the digest that the brake showed") }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        try session.check(parts, names, opened)
        if dryRun { return try await session.plan(opened, parts.part, isDetailed: false) }
        let notifying = Notifying(opened.workspace, session.world)
        let jobs = opened.jobs(names)
        guard let selection = opened.selection else {
            if session.isJSON { session.answer(answer([], opened)) }
            await session.tell(notifying, jobs, [], opened)
            return opened.status
        }
        var view = RunView(session: session, workspace: opened.workspace, names: names)
        view.isQuietWhenLocked = onLocked == .skip
        let progress = session.progress()
        session.world.heedSignals()
        let world = timeLimit.map { session.world.limited(to: $0) } ?? session.world
        var runner = JobRunner(opened.workspace, world: world, evenIfNotDue: isForced) {
            [view] event in
            progress?.note(event)
            if case .told(let report) = event, !session.isJSON { session.say(view.text(report)) }
        }
        runner.onlyEvents = events
        runner.waitsForLocks = onLocked == .wait
        runner.part = parts.part
        // Whoever accepts a plan has just seen it.
        if now, accept == nil { runner.askedFor = AskedFor(isForced: force) }
        async let begun: Void = notifying.begin(jobs)
        let reports: [SyncReport]
        do {
            reports = try await runner.run(selection, .run(accepting: accept))
        } catch {
            throw session.refuse(error)
        }
        if session.isJSON {
            session.answer(answer(reports, opened))
        } else {
            session.say(view.ending(reports))
            tellUnusedDigest(reports, session)
        }
        await begun
        await session.tell(notifying, jobs, reports.map { ($0.sync.job, end($0)) }, opened)
        return .gravest(reports.map(end) + [opened.status])
    }

    /// Who asks for one plan, or one record, wants it now.
    private var isForced: Bool { now || accept != nil || !parts.only.isEmpty }

    private func end(_ report: SyncReport) -> CommandEnd {
        if case .locked = report.outcome, onLocked == .skip { return .inStep }
        return CommandEnd(run: report)
    }

    private func answer(_ reports: [SyncReport], _ opened: OpenedJobs) -> Object {
        [
            "version": .int(1), "syncs": .list(reports.map { .object(ReportJSON.object($0)) }),
            "diagnostics": DiagnosticsJSON.list(opened.mistakes),
        ]
    }

    /// A digest that fits no plan any more was given for writes that are no longer the same.
    private func tellUnusedDigest(_ reports: [SyncReport], _ session: Session) {
        let isRefused = reports.contains { if case .refused = $0.outcome { true } else { false } }
        guard let accept, isRefused else { return }
        session.complain("no plan has the digest \(accept): the writes are no longer those that were shown")
    }
}

/// What `run` does about a sync that another run is at work on.
enum LockedChoice: String, ExpressibleByArgument, CaseIterable { case fail, skip, wait }

extension Session {
    /// Progress, where a person watches.
    func progress() -> ProgressView? {
        console.isTerminal.errors && !options.quiet ? ProgressView(console) : nil
    }
}
