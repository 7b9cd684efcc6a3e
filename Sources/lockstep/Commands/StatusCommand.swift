import ArgumentParser
import Model
import Runner
import Values

/// Shows how each sync stands, and what needs a person.
struct StatusCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows how each sync stands, and what needs a person.",
        discussion: "Reads the state and nothing else: neither side is asked, and no lock is taken.")

    @Argument(help: ArgumentHelp("A job or a sync; all where none is named.", valueName: "job[/sync]"))
    var names: [String] = []

    @Option(
        help: ArgumentHelp("Exit with 1 where a sync has not succeeded for so long, such as 2h.", valueName: "length"))
    var maxAge: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if let maxAge, lengthOfTime(maxAge) == nil {
            throw ValidationError("'--max-age' takes a length of time such as 90m, 2h or 1d12h, not '\(maxAge)'")
        }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        guard let selection = opened.selection else {
            if session.isJSON { session.answer(StatusJSON.report([], opened.mistakes)) }
            return opened.status
        }
        let statuses: [SyncStatus]
        do {
            statuses = try opened.workspace.status(selection, world: session.world)
        } catch {
            throw session.refuse(error)
        }
        let now = session.world.now()
        let notifiers = try brokenNotifiers(opened.workspace, session)
        if session.isJSON {
            session.answer(StatusJSON.report(statuses, opened.mistakes, notifiers))
        } else {
            let limit = session.options.verbose ? nil : StatusView.usualLimit
            session.console.out(StatusView(style: session.style(.output), now: now, limit: limit).text(statuses))
            session.console.out(StatusView.text(notifiers))
        }
        let tooOld = statuses.contains { isTooOld($0, now) }
        let isUnreadable = statuses.contains { $0.state == .unreadable }
        return .gravest([opened.status, tooOld ? .needsSomeone : .inStep, isUnreadable ? .files : .inStep])
    }

    private func brokenNotifiers(_ workspace: Workspace, _ session: Session) throws -> [BrokenNotifier] {
        do {
            return try workspace.brokenNotifiers(session.world)
        } catch {
            session.complain("\(error)")
            throw Refused(status: .files)
        }
    }

    /// Whether a sync that should run has not succeeded for longer than was asked.
    private func isTooOld(_ status: SyncStatus, _ now: Timestamp) -> Bool {
        guard let limit = maxAge.flatMap(lengthOfTime), status.state != .disabled, status.state != .paused else {
            return false
        }
        return status.lastSuccess.map { now.since($0) > limit } ?? true
    }
}
