import ArgumentParser
import Diagnostics
import Model
import Runner
import Values

/// Shows how each sync stands, and what needs a person.
struct StatusCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows how each sync stands, and what needs a person.",
        discussion: """
            Reads the state and nothing else: neither side is asked, and no lock is taken. The first line says whether \
            anybody is needed.

            With '--max-age' a sync that has not succeeded for so long, or never has, makes it exit with 1. Syncs that \
            are disabled, paused or manual do not: nobody expects them to succeed.
            """)

    @Argument(
        help: ArgumentHelp("A job or a sync; all where none is named.", valueName: "job[/sync]"),
        completion: JobNameCompletion.parts)
    var names: [String] = []

    @Option(
        help: ArgumentHelp("Exit with 1 where a sync has not succeeded for so long, such as 2h.", valueName: "length"))
    var maxAge: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if let maxAge, TimeLimit(maxAge) == nil {
            throw ValidationError("'--max-age' takes a length of time such as 90m, 2h or 1d12h, not '\(maxAge)'")
        }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        guard let selection = opened.selection else {
            if session.isJSON { session.answer(StatusJSON(now: session.world.now()).report([], [], opened.mistakes)) }
            return opened.status
        }
        let statuses: [SyncStatus]
        let connections: [ConnectionStatus]
        do {
            statuses = try opened.workspace.status(selection, world: session.world)
            connections = try opened.workspace.usedConnections(selection, world: session.world)
        } catch {
            throw session.refuse(error)
        }
        let now = session.world.now()
        let limit = maxAge.flatMap(TimeLimit.init)?.duration
        let notifiers = try brokenNotifiers(opened.workspace, session)
        if session.isJSON {
            session.answer(
                StatusJSON(now: now, maxAge: limit).report(statuses, connections, opened.mistakes, notifiers))
        } else {
            let view = StatusView(
                screen: session.screen, now: now, limit: session.options.verbose ? nil : StatusView.usualLimit,
                maxAge: limit, wrongFiles: Set(opened.mistakes.compactMap(\.place?.file)).count)
            session.say(view.text(statuses, connections, notifiers))
        }
        let isTooOld = limit.map { limit in statuses.contains { $0.isOlder(than: limit, now: now) } } ?? false
        let isUnreadable = statuses.contains { $0.state == .unreadable }
        return .gravest([opened.status, isTooOld ? .needsSomeone : .inStep, isUnreadable ? .files : .inStep])
    }

    private func brokenNotifiers(_ workspace: Workspace, _ session: Session) throws -> [BrokenNotifier] {
        do {
            return try workspace.brokenNotifiers(session.world)
        } catch {
            session.complain("\(error)")
            throw Refused(status: .files)
        }
    }
}
