import ArgumentParser
import Model
import Runner
import Values

/// Shows what runs did.
struct LogCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Shows what runs did.",
        discussion: """
            Runs that had nothing to do are not listed. With '--run' all writes of one run, field by field; with '--record' \
            all that runs wrote to one record and its partner, and who set each field last: the side where that was done, \
            when, and the run that wrote it or found it so.
            """)

    @Argument(
        help: ArgumentHelp("A job or a sync; all where none is named.", valueName: "job[/sync]"),
        completion: JobNameCompletion.parts)
    var name: String?

    @Option(help: ArgumentHelp("A run, by its number or its name; 'last' of a sync.", valueName: "run"))
    var run: String?

    @Option(help: ArgumentHelp("A record: left:ID, right:ID, or ID.", valueName: "id"))
    var record: String?

    @Option(help: ArgumentHelp("How many runs of each sync are shown.", valueName: "n"))
    var last = 20

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if last < 1 { throw ValidationError("'--last' takes a number from 1 on") }
        if run != nil, record != nil { throw ValidationError("'--run' or '--record', not both") }
        if record != nil, name == nil { throw ValidationError("'--record' needs its sync: JOB/SYNC --record ID") }
        if run == "last", name == nil { throw ValidationError("'last' needs a sync: JOB/SYNC --run last") }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.settling(name)
        do {
            if let run { return try show(run, workspace, session) }
            if let record, let name {
                return try show(record, of: try session.sync(name, of: workspace), workspace, session)
            }
            return try showRuns(workspace, session)
        } catch let failure as HistoryFailure {
            session.complain(failure.sentence)
            return .files
        } catch let failure as SettleFailure {
            return session.complain(failure)
        }
    }

    private func view(_ session: Session) -> LogView {
        LogView(screen: session.screen, now: session.world.now())
    }

    private func showRuns(_ workspace: Workspace, _ session: Session) throws -> CommandEnd {
        let names = name.map { workspace.syncNames(of: $0) } ?? workspace.allSyncNames
        if let name, names.isEmpty { throw session.refuse(Selection.Unknown(name: name, nearest: nil)) }
        var all: [(sync: SyncName, run: PastRun)] = []
        var text = ""
        for name in names {
            guard let history = RunHistory(name, workspace, world: session.world) else { continue }
            let runs = try history.runs(last: last)
            if session.isJSON {
                all += runs.map { (name, $0) }
            } else {
                text += (text.isEmpty ? "" : "\n") + view(session).text(runs, of: name)
            }
        }
        if session.isJSON { session.answer(LogJSON.runs(all)) } else { session.say(text) }
        return .inStep
    }

    private func show(_ run: String, _ workspace: Workspace, _ session: Session) throws -> CommandEnd {
        let sync = try name.map { try session.sync($0, of: workspace) }
        let found = try RunFinder(workspace, world: session.world).find(run, of: sync)
        let writes = try RunHistory(found.sync, workspace, world: session.world)?.writes(of: found.run) ?? []
        if session.isJSON {
            session.answer(LogJSON.writes(found.sync, writes.map { (found.run, $0) }))
        } else {
            session.say(view(session).text(writes, of: found.sync, run: found.run))
        }
        return .inStep
    }

    private func show(
        _ record: String, of sync: SyncName, _ workspace: Workspace, _ session: Session
    ) throws -> CommandEnd {
        let writes = try RunHistory(sync, workspace, world: session.world)?.writes(to: record) ?? []
        if session.isJSON {
            session.answer(LogJSON.history(sync, writes))
        } else {
            session.say(view(session).text(writes, of: sync, record: record))
        }
        return .inStep
    }
}
