import ArgumentParser
import Diagnostics
import Runner

/// Asks systems for the fields of collections, and keeps them in the jobs folder, to be committed.
struct DiscoverCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "Asks systems for the fields of collections, and keeps them for 'check'.",
        discussion: """
            Writes a file for each collection of the jobs to the folder 'schemas' of the jobs folder. 'check' then tells, \
            without asking anybody, which fields are not there, of another type, read-only or too short. Commit the files.

            Of files and other collections that do not describe themselves up to 1,000 records are looked at, spread over all. \
            No value of a record is kept. What a person wrote into such a schema (required, readOnly, maxLength, enum) stays. \
            A file that says it all already is left as it is.
            """)

    @Argument(help: ArgumentHelp("Jobs or syncs.", valueName: "job[/sync]"))
    var names: [String] = []

    @Flag(help: "Of all jobs.")
    var all = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if names.isEmpty == all { return }
        throw ValidationError(
            all
                ? "'--all' and names of jobs cannot be used together"
                : "name a job, as in 'lockstep discover JOB', or add '--all'")
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        guard let selection = opened.selection else { return opened.status }
        let results: [Discovery.Result]
        do {
            results = try await Discovery(opened.workspace, world: session.world).discover(selection)
        } catch {
            throw session.refuse(error)
        }
        if session.isJSON {
            session.answer(DiscoverJSON.report(results, mistakes: opened.mistakes))
        } else {
            session.console.out(DiscoverView(style: session.style(.output)).text(results))
        }
        return .gravest(results.map(CommandEnd.init(discovered:)) + [opened.status])
    }
}

extension CommandEnd {
    fileprivate init(discovered result: Discovery.Result) {
        switch result.outcome {
        case .written, .unchanged, .changed: self = .inStep
        case .severalPlaces: self = .needsSomeone
        case .failed(let failure): self = CommandEnd(failure)
        case .unwritable: self = .files
        }
    }
}
