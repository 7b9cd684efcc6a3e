import ArgumentParser
import Diagnostics
import Model
import Runner
import Values

/// Puts back what a run wrote, but for what was edited since.
struct UndoCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Puts back what a run wrote, but for what was edited since.",
        discussion: """
            Shows what would be written, and writes it after a yes, or with '--yes'. Fields get their former values, \
            records that were made are deleted, those that were deleted are made again. What no longer is as the run \
            left it is left out and named. An undo is a run of its own, and can be undone.
            """)

    @Argument(
        help: ArgumentHelp(
            "The run: its name or number as 'runs.jsonl' has it, with its sync where several have one; or 'last' of a sync.",
            valueName: "job/sync> <run"))
    var words: [String]

    @Flag(name: .shortAndLong, help: "Make the writes without asking.")
    var yes = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard (1...2).contains(words.count) else { throw ValidationError("name one run: JOB/SYNC RUN, or RUN") }
        if words.count == 1, words[0] == "last" { throw ValidationError("'last' needs a sync: JOB/SYNC last") }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.settling(words.count == 2 ? words[0] : nil)
        let sync = words.count == 2 ? try session.sync(words[0], of: workspace) : nil
        do {
            let found = try RunFinder(workspace, world: session.world).find(words[words.count - 1], of: sync)
            let undo = Undo(found.run, of: NamedSync(found.sync, workspace, world: session.world))
            return yes ? tell(try await undo(), session) : try await ask(undo, session)
        } catch let failure as SettleFailure {
            return session.complain(failure)
        }
    }

    private func ask(_ undo: Undo, _ session: Session) async throws -> CommandEnd {
        let shown = try await undo.plan()
        let view = UndoView(session: session)
        if session.isJSON {
            session.answer(view.object(shown))
            return isInStep(shown) ? .inStep : .needsSomeone
        }
        session.say(view.text(shown))
        guard let plan = shown.report.plan, !plan.isEmpty else {
            return shown.leftOut.isEmpty ? .inStep : .needsSomeone
        }
        guard let answer = session.console.ask("make these writes? [y/N] ") else {
            session.console.err("nothing was written: say '--yes' to make these writes\n")
            return .needsSomeone
        }
        guard answer else {
            session.console.out("nothing was written\n")
            return .inStep
        }
        let done = try await undo(as: plan.digest)
        session.say(view.ending(done))
        return isInStep(done) ? .inStep : .needsSomeone
    }

    private func tell(_ done: UndoReport, _ session: Session) -> CommandEnd {
        let view = UndoView(session: session)
        if session.isJSON {
            session.answer(view.object(done))
        } else {
            session.say(view.text(done) + view.ending(done))
        }
        return isInStep(done) ? .inStep : .needsSomeone
    }

    /// Whether all of the run is put back.
    private func isInStep(_ report: UndoReport) -> Bool {
        if case .stopped = report.report.outcome { return false }
        return report.leftOut.isEmpty && (report.isDone || report.report.plan?.isEmpty ?? true)
    }
}
