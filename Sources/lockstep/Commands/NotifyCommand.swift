import ArgumentParser
import Diagnostics
import JobFiles
import Model
import Runner
import Values

/// Sends a test message by one notifier.
struct NotifyCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify", abstract: "Sends a test message by one notifier, and says what came of it.",
        discussion: "A notifier goes by its 'name' in connections.yaml, or else by how it tells, such as 'slack'.")

    enum Action: String, ExpressibleByArgument, CaseIterable { case test }

    @Argument(help: ArgumentHelp("What to do: 'test'.", valueName: "test"))
    var action: Action

    @Argument(help: ArgumentHelp("The notifier.", valueName: "name"))
    var name: String

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.load()
        guard let notifier = workspace.checked.notifiers.first(where: { $0.name == name }) else {
            throw refuse(workspace, session)
        }
        let problem = await Notifying(workspace, session.world).test(notifier)
        if session.isJSON {
            session.answer([
                "version": .int(1), "notifier": .text(name), "told": .bool(problem == nil),
                "problem": problem.map { .text($0) } ?? .null,
            ])
        } else if let problem {
            session.complain("the notifier '\(name)' could not be told: \(problem)")
        } else if !session.options.quiet {
            session.console.out("the notifier '\(name)' was told\n")
        }
        return problem == nil ? .inStep : .brokenConnection
    }

    private func refuse(_ workspace: Workspace, _ session: Session) -> Refused {
        let mistakes = workspace.diagnostics(of: []).filter { $0.severity == .error }
        if !mistakes.isEmpty {
            session.console.err(session.renderer(.errors, workspace).render(mistakes))
            return Refused(status: .jobFile)
        }
        let known = workspace.checked.notifiers.map { "'\($0.name)'" }.joined(separator: ", ")
        session.complain("no notifier is called '\(name)'" + (known.isEmpty ? "" : "; there are \(known)"))
        return Refused(status: .usage)
    }
}
