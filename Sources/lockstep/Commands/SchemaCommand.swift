import ArgumentParser
import Diagnostics
import Runner

/// Prints the JSON Schema of a file or an answer, for editors and programs.
struct SchemaCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of a file or an answer, for editors and programs.")

    @Argument(
        help: ArgumentHelp("Which: \(Schemas.names.joined(separator: ", ")).", valueName: "name"),
        completion: .list(Schemas.names))
    var name = "job"

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if Schemas.names.contains(name) { return }
        let hint = nearestName(to: name, in: Schemas.names).map { "; did you mean '\($0)'?" } ?? ""
        throw ValidationError("there is no schema '\(name.escapedForDisplay)'\(hint)")
    }

    func run(_ session: Session) async throws -> CommandEnd {
        session.console.out(Schemas.text(of: name, jobs: session.options.jobs, session.world) ?? "")
        return .inStep
    }
}
