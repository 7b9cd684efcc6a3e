import ArgumentParser
import Diagnostics
import Runner
import Values

/// Writes a small job that runs at once, with its tests; or proposes one between two collections.
struct InitCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a small job that runs at once, with its tests.",
        discussion: """
            Never overwrites a file.

            With '--from' it looks at up to 1,000 records of two collections and proposes a job between them: which fields \
            belong together, by their names and by the values that both have, how to pair records, and tables where it is sure \
            what goes together. The job says why each was proposed, and what was left out. Read it before it is run.
            """)

    @Argument(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
    var folder = "."

    @Option(
        help: ArgumentHelp(
            "Propose a job between two files (.csv, .tsv, .json, .jsonl), or two collections of connections that are there.",
            valueName: "left,right"))
    var from: String?

    @Option(help: ArgumentHelp("How the proposed job is called.", valueName: "job"))
    var name: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if let from, ends(of: from) == nil {
            throw ValidationError("'--from' takes two, as in '--from left.csv,right.json'")
        }
        if name != nil, from == nil { throw ValidationError("'--name' is for '--from'") }
        if let name, ProposedName.isName(name) == false {
            throw ValidationError("the name of a job is made of a-z, 0-9, _ and -, and begins with a letter")
        }
    }

    func run(_ session: Session) async throws -> CommandEnd {
        guard let from, let ends = ends(of: from) else { return write(StarterFiles.all, ending, session) }
        let proposal: JobProposal
        do {
            proposal = try await JobProposal.propose(
                ends, name: name, in: folder, workspace(session), world: session.world)
        } catch {
            switch error {
            case .unclear(let message):
                session.complain(message)
                return .usage
            case .run(let failure):
                session.complain(FailureWords(failure).sentence)
                return CommandEnd(failure)
            }
        }
        return write(proposal.files, ending(proposal), session)
    }

    /// What stands before and behind the one comma.
    private func ends(of from: String) -> (left: String, right: String)? {
        let parts = from.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty ? (parts[0], parts[1]) : nil
    }

    /// The jobs that are there already, whose connections may be named.
    private func workspace(_ session: Session) -> Workspace? {
        let jobs = folder == "." ? session.options.jobs : "\(folder)/jobs"
        return try? Workspace.load(jobs: jobs, state: session.options.state, world: session.world)
    }

    private func write(_ files: [(path: String, text: String)], _ ending: String, _ session: Session) -> CommandEnd {
        do {
            try NewFolder(files).write(to: folder, world: session.world)
        } catch {
            switch error {
            case .taken(let paths):
                let others = paths.count > 1 ? " (and \(CountWords.count(paths.count - 1, "other file")))" : ""
                session.complain("\(paths[0])\(others) is there already; nothing was written")
                if from != nil, paths.contains(where: { $0.hasSuffix("jobs/connections.yaml") }) {
                    session.complain("name its connections: '--from CONNECTION/COLLECTION,CONNECTION/COLLECTION'")
                }
            case .file(let failure): session.complain("\(failure)")
            }
            return .files
        }
        if session.isJSON {
            session.answer(["version": .int(1), "files": .list(files.map { .text($0.path) })])
        } else if !session.options.quiet {
            session.console.out(wrote(files) + ending)
        }
        return .inStep
    }

    private func wrote(_ files: [(path: String, text: String)]) -> String {
        "wrote\(folder == "." ? "" : " to \(folder.escapedForDisplay)"):\n"
            + files.map { "  \($0.path.escapedForDisplay)\n" }.joined() + "\n"
    }

    private var enter: String { folder == "." ? "" : "  cd \(folder.escapedForDisplay)\n" }

    private var ending: String {
        """
        next:
        \(enter)  lockstep plan      shows what would be written
          lockstep run       writes it
        then change a name in data/contacts.csv and an email in data/people.json, and run again.
        'lockstep status' tells how things stand. Keep .lockstep/ out of git: it holds people's data.

        """
    }

    private func ending(_ proposal: JobProposal) -> String {
        let left =
            proposal.leftOut == 0
            ? "" : "; \(CountWords.count(proposal.leftOut, "other")) left out, each with its reason"
        let match = proposal.pairs ? "" : "nothing says yet how records are paired: give 'match' two fields\n"
        return """
            \(CountWords.count(proposal.mapped, "field")) mapped\(left)
            \(match)
            next:
            \(enter)  read jobs/\(proposal.job).yaml: it is a proposal
              lockstep check && lockstep test
              lockstep plan      shows what would be written
            Keep .lockstep/ out of git: it holds people's data.

            """
    }
}

private enum ProposedName {
    static func isName(_ text: String) -> Bool { text.wholeMatch(of: /[a-z][a-z0-9_-]*/) != nil }
}
