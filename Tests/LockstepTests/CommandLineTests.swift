import ArgumentParser
import Testing
import Values

@testable import lockstep

struct CommandLineTests {
    private func run(_ arguments: [String]) async throws -> (end: CommandEnd, output: String, errors: String) {
        let captured = CapturedConsole()
        let end = await Lockstep.run(arguments, world: try TestWorld().world, console: captured.console)
        return (end, captured.text(.output), captured.text(.errors))
    }

    private static let commands = [
        "init", "check", "plan", "apply", "run", "status", "schema", "eval", "undo", "resolve", "link", "unlink",
        "verify",
        "resync", "retry", "why", "pause", "resume", "items", "log", "schedule", "test", "notify", "connections",
        "completions", "manual", "explain", "discover", "connector", "ingest",
    ]

    @Test("every command explains itself", arguments: commands)
    func help(command: String) async throws {
        let (end, output, errors) = try await run([command, "--help"])
        #expect(end == .inStep)
        #expect(output.hasPrefix("OVERVIEW: "))
        #expect(output.contains("USAGE: lockstep \(command) "))
        #expect(output.contains("--format <human|json"))
        #expect(errors == "")
        #expect(try await run(["help", command]).output == output)
    }

    @Test("lockstep alone shows its commands")
    func alone() async throws {
        let (end, output, errors) = try await run([])
        #expect(end == .inStep)
        for command in Self.commands { #expect(output.contains("\n  \(command) ")) }
        #expect(errors == "")
    }

    @Test("the version is a line")
    func version() async throws {
        let (end, output, errors) = try await run(["--version"])
        #expect(end == .inStep)
        #expect(output == Lockstep.version + "\n")
        #expect(errors == "")
    }

    private static let wrong = [
        ["run", "--frobnicate"], ["frobnicate"], ["run", "--format", "xml"], ["run", "--color"], ["eval"],
        ["plan", "--color", "sometimes"], ["run", "--all", "helpdesk"], ["run", "--accept", "0123456789abcdef"],
        ["run", "helpdesk", "--accept", ""], ["run", "helpdesk", "--accept", "0123456789abcdef", "--dry-run"],
        ["status", "--max-age", "-1h"], ["schema", "nothing"], ["--verbose"], ["run", "-v", "-q"],
        ["undo"], ["undo", "last"], ["undo", "a/b", "1", "2"], ["resolve", "a/b", "--all"],
        ["resolve", "a/b", "--take", "left"], ["resolve", "a/b", "1", "--all", "--take", "left"],
        ["resolve", "a/b", "1", "--take", "both"], ["link", "a/b", "1"], ["unlink", "a/b"], ["resync", "a/b"],
        ["resync", "a/b", "1", "--all"], ["run", "--force"], ["schedule", "--count", "0"],
        ["schedule", "--format", "launchd"], ["apply"], ["plan", "--out", ""], ["plan", "--out", "x", "--limit", "1"],
        ["discover"], ["discover", "helpdesk", "--all"],
        ["init", "--from", "a.csv"], ["init", "--from", "a.csv,"], ["init", "--name", "x"],
        ["init", "--from", "a.csv,b.csv", "--name", "A B"],
    ]

    @Test("a wrong command line exits with 64, says why, and answers nothing", arguments: wrong)
    func wrongLine(arguments: [String]) async throws {
        let (end, output, errors) = try await run(arguments)
        #expect(end == .usage)
        #expect(output == "")
        #expect(errors.hasPrefix("Error: "))
    }

    @Test("a command that is not built yet says so", arguments: NotBuiltYet.commands.sorted())
    func notBuilt(command: String) async throws {
        let (end, output, errors) = try await run([command, "x", "--json"])
        #expect(end == .usage)
        #expect(output == "")
        #expect(errors == "error: 'lockstep \(command)' is not built yet. What is: lockstep --help\n")
    }

    @Test("no command is both built and not built")
    func eitherOr() {
        let built = Lockstep.configuration.subcommands.compactMap { $0.configuration.commandName }
        #expect(built.sorted() == Self.commands.sorted())
        #expect(NotBuiltYet.commands.isDisjoint(with: built))
    }

    @Test("a schema is JSON, and says what it is of", arguments: ["job", "connections", "tests", "plan"])
    func schema(name: String) async throws {
        let (end, output, _) = try await run(["schema", name])
        #expect(end == .inStep)
        let schema = try JSON.parse(Array(output.utf8))
        #expect(schema.object?["$schema"] == .text("https://json-schema.org/draft/2020-12/schema"))
        #expect(schema.object?["properties"]?.object?.isEmpty == false)
    }
}
