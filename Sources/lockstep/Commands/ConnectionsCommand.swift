import ArgumentParser
import Diagnostics
import JobFiles
import Runner

/// Shows how connections stand, and asks them whether they work.
struct ConnectionsCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "connections", abstract: "Shows how connections stand; 'check' asks them.",
        discussion: """
            Without more it tells what the last runs left behind: how each connection stands and since when, when it is \
            asked again, and which syncs it stops. Asks nobody.

            'check' makes one cheap request to each, or to those that are named, and says which part failed: the settings, \
            the path of files, the name of the host, the network, TLS, the credentials, a permission. Writes nothing. Exits \
            with 4 where a connection is broken.
            """)

    enum Action: String, ExpressibleByArgument, CaseIterable { case check }

    @Argument(help: ArgumentHelp("Ask the connections.", valueName: "check"))
    var action: Action?

    @Argument(help: ArgumentHelp("Connections; all where none is named.", valueName: "name"))
    var names: [String] = []

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.load()
        for name in names where workspace.checked.connections[name] == nil {
            let hint = workspace.connectionNearest(to: name).map { "; did you mean '\($0)'?" } ?? ""
            session.complain("no connection '\(name)' in \(session.options.jobs)\(hint)")
            return .usage
        }
        return action == .check ? await check(workspace, session) : show(workspace, session)
    }

    private func show(_ workspace: Workspace, _ session: Session) -> CommandEnd {
        let statuses: [ConnectionStatus]
        do {
            statuses = try workspace.connections(world: session.world)
        } catch {
            session.complain(FailureWords(error).sentence)
            return CommandEnd(error)
        }
        if session.isJSON {
            session.answer(ConnectionsJSON.report(statuses))
        } else {
            let view = ConnectionsView(style: session.style(.output), now: session.world.now())
            session.console.out(view.text(statuses))
        }
        return .inStep
    }

    private func check(_ workspace: Workspace, _ session: Session) async -> CommandEnd {
        let wanted = names.isEmpty ? workspace.checked.connections.keys.sorted() : names
        let results = await ConnectionCheck.all(wanted, workspace, world: session.world)
        if session.isJSON {
            session.answer(ConnectionsJSON.report(results))
        } else {
            let view = ConnectionsView(style: session.style(.output), now: session.world.now())
            session.console.out(view.text(results))
        }
        return .gravest(results.map { $0.isBroken ? .brokenConnection : $0.failed == nil ? .inStep : .needsSomeone })
    }
}
