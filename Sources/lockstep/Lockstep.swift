import ArgumentParser
import Glibc
import Runner

/// Keeps the records of two systems in step.
@main
struct Lockstep: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "lockstep", abstract: "Keeps the records of two systems in step.",
        discussion: "Start with 'lockstep init', or with 'lockstep plan' where job files are.", version: version,
        subcommands: [
            InitCommand.self, CheckCommand.self, PlanCommand.self, ApplyCommand.self, RunCommand.self,
            StatusCommand.self,
            SchemaCommand.self, EvalCommand.self, UndoCommand.self, ResolveCommand.self, LinkCommand.self,
            UnlinkCommand.self, VerifyCommand.self, ResyncCommand.self, RetryCommand.self, WhyCommand.self,
            PauseCommand.self, ResumeCommand.self, ItemsCommand.self, LogCommand.self, ScheduleCommand.self,
            TestCommand.self, NotifyCommand.self, ConnectionsCommand.self, CompletionsCommand.self, ManualCommand.self,
            ExplainCommand.self, DiscoverCommand.self, ConnectorCommand.self, IngestCommand.self,
        ])

    static func main() async {
        Console.prepareProcess()
        var world = World.live
        world.stop = { StopSignals.asked }
        world.heedSignals = { StopSignals.heed() }
        let status = await run(Array(CommandLine.arguments.dropFirst()), world: world, console: .live())
        Glibc.exit(status.rawValue)
    }

    /// Runs a command line to its end.
    static func run(_ arguments: [String], world: World, console: Console) async -> CommandEnd {
        let status = await answer(arguments, world, console)
        console.showProgress(nil)
        guard let reason = console.failure else { return status }
        console.err("error: cannot write the answer: \(String(cString: strerror(reason)))\n")
        return .gravest([status, .files])
    }

    private static func answer(_ arguments: [String], _ world: World, _ console: Console) async -> CommandEnd {
        if let message = NotBuiltYet.message(for: arguments) {
            console.err("error: \(message)\n")
            return .usage
        }
        do {
            var command = try parseAsRoot(arguments)
            guard let known = command as? any SessionCommand else {
                try command.run()
                return .inStep
            }
            let session = Session(world: world, console: console, options: known.shared)
            return try await known.run(session)
        } catch let refused as Refused {
            return refused.status
        } catch {
            // Of the parser: a wrong command line, or the help that was asked for.
            let message = fullMessage(for: error)
            let isAsked = exitCode(for: error).isSuccess
            isAsked ? console.out(message + "\n") : console.err(message + "\n")
            return isAsked ? .inStep : .usage
        }
    }
}

/// A command that is given what it works with, so that a test can say what the world is like.
protocol SessionCommand: ParsableCommand {
    var shared: SharedOptions { get }

    func run(_ session: Session) async throws -> CommandEnd
}
