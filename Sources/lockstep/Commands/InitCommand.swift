import ArgumentParser
import Diagnostics
import Runner
import Values

/// Writes a small job that runs at once, with its tests.
struct InitCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a small job that runs at once, with its tests.",
        discussion: "Never overwrites a file.")

    @Argument(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
    var folder = "."

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        do {
            try NewFolder(StarterFiles.all).write(to: folder, world: session.world)
        } catch {
            switch error {
            case .taken(let paths):
                let others = paths.count > 1 ? " (and \(CountWords.count(paths.count - 1, "other file")))" : ""
                session.complain("\(paths[0])\(others) is there already; nothing was written")
            case .file(let failure): session.complain("\(failure)")
            }
            return .files
        }
        if session.isJSON {
            session.answer(["version": .int(1), "files": .list(StarterFiles.all.map { .text($0.path) })])
        } else if !session.options.quiet {
            session.console.out(ending)
        }
        return .inStep
    }

    private var ending: String {
        let files = StarterFiles.all.map { "  \($0.path)\n" }.joined()
        let enter = folder == "." ? "" : "  cd \(folder.escapedForDisplay)\n"
        return """
            wrote\(folder == "." ? "" : " to \(folder.escapedForDisplay)"):
            \(files)
            next:
            \(enter)  lockstep plan      shows what would be written
              lockstep run       writes it
            then change a name in data/contacts.csv and an email in data/people.json, and run again.
            'lockstep status' tells how things stand. Keep .lockstep/ out of git: it holds people's data.

            """
    }
}
