import ArgumentParser
import JobFiles
import Model
import Runner

/// Lets paused syncs run again.
struct ResumeCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Lets paused syncs run again.",
        discussion: """
            What changed while they were paused is picked up by their next runs. With '--future-only' it is passed over: \
            both sides stay as they are, and only what changes from now on counts. With '--reset' what both sides agreed on \
            is forgotten, and 'first_values' decides where they differ. Both show what that means as a plan first, and \
            are done after a yes, or with '--yes'.
            """)

    @Argument(help: ArgumentHelp("A job or a sync.", valueName: "job[/sync]"), completion: JobNameCompletion.parts)
    var names: [String]

    @Flag(help: "Pass over what changed meanwhile.")
    var futureOnly = false

    @Flag(help: "Forget what both sides agreed on.")
    var reset = false

    @Flag(name: .shortAndLong, help: "Do it without asking.")
    var yes = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if futureOnly, reset { throw ValidationError("'--future-only' or '--reset', not both") }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        guard let selection = opened.selection else { return opened.status }
        guard futureOnly || reset else {
            do {
                let resumed = try opened.workspace.resume(selection, world: session.world)
                session.tell(resumed, "resumed", none: "not paused")
                return opened.status
            } catch {
                throw session.refuse(error)
            }
        }
        var ends = [opened.status]
        do {
            for (_, sync) in try selection.syncs(of: opened.workspace.checked.jobs) {
                let named = NamedSync(sync.name, opened.workspace, world: session.world)
                ends.append(try await resume(named, opened.workspace, session))
            }
        } catch let unknown as Selection.Unknown {
            throw session.refuse(unknown)
        } catch let failure as SettleFailure {
            ends.append(session.complain(failure))
        }
        return .gravest(ends)
    }

    /// Shows what it means, asks, and does it.
    private func resume(_ sync: NamedSync, _ workspace: Workspace, _ session: Session) async throws -> CommandEnd {
        let resuming = Resuming(futureOnly ? .futureOnly : .reset, of: sync)
        let shown = try await resuming.plan()
        let pieces = Pieces { session.say($0) }
        if session.isJSON {
            PlanJSON { pieces.add($0) }.show([shown], [])
        } else {
            let what = futureOnly ? "passes over" : "forgets what was agreed on; a run would then write"
            pieces.add("\(sync.name): \(what):\n")
            PlanView(style: session.style(.output), limit: session.options.verbose ? nil : PlanView.usualLimit) {
                pieces.add($0)
            }.show(shown)
        }
        pieces.flush()
        if !yes {
            guard let answer = session.console.ask("resume so? [y/N] ") else {
                session.console.err("it is still paused: say '--yes' to resume so\n")
                return .needsSomeone
            }
            guard answer else { return .inStep }
        }
        try await resuming(as: shown.plan?.digest)
        if !session.isJSON { session.console.out("\(sync.name): resumed\n") }
        return .inStep
    }
}
