import ArgumentParser
import Diagnostics
import Model
import Runner

/// Reads every job file and reports all mistakes, not the first. Asks no other system.
struct CheckCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads every job file and reports all mistakes, not the first.",
        discussion: "Asks no other system. Exits with 65 where a file is wrong.")

    @Argument(help: ArgumentHelp("Jobs whose files to report on; all where none is named.", valueName: "job"))
    var names: [String] = []

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.load()
        for name in names where !workspace.jobNames.contains(name) {
            let nearest = nearestName(to: name, in: workspace.jobNames)
            throw session.refuse(Selection.Unknown(name: name, nearest: nearest))
        }
        let found = names.isEmpty ? workspace.diagnostics : workspace.diagnostics(of: Set(names))
        if session.isJSON {
            session.answer(DiagnosticsJSON.report(found))
        } else {
            session.console.out(session.renderer(.output, workspace).render(found))
            if !found.isEmpty || !session.options.quiet { session.console.out(summary(workspace, found)) }
        }
        return found.contains { $0.severity == .error } ? .jobFile : .inStep
    }

    private func summary(_ workspace: Workspace, _ found: [Diagnostic]) -> String {
        let jobs = names.isEmpty ? workspace.jobNames : names
        return "\(CountWords.count(jobs.count, "job")): \(HumanRenderer.summary(of: found))\n"
    }
}
