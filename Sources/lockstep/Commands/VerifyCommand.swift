import ArgumentParser
import Model
import Runner
import Values

/// Reads both sides whole, compares every link, and writes nothing.
struct VerifyCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Reads both sides whole, compares every link, and writes nothing.",
        discussion: """
            Nothing is taken for granted that a run remembers: every field of every link is compared by what the \
            mapping gives. Each difference is shown, each link whose record is gone, each record that has no link. \
            Exits with 1 where there are any.
            """)

    @Argument(
        help: ArgumentHelp("Jobs and syncs; all where none is named.", valueName: "job[/sync]"),
        completion: JobNameCompletion.parts)
    var names: [String] = []

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        var ends = [opened.status]
        var reports: [VerifyReport] = []
        var failures: [Value] = []
        let syncs = names.isEmpty ? opened.workspace.allSyncNames : names.flatMap(opened.workspace.syncNames)
        let view = VerifyView(session: session)
        var seen: Set<SyncName> = []
        for sync in syncs where seen.insert(sync).inserted {
            do {
                let report = try await Verify(NamedSync(sync, opened.workspace, world: session.world))()
                ends.append(report.isInStep ? .inStep : .needsSomeone)
                reports.append(report)
                if !session.isJSON { session.say(view.text(report)) }
            } catch {
                ends.append(session.isJSON ? CommandEnd(error) : session.complain(error))
                failures.append(.object(["sync": .text("\(sync)"), "message": .text(error.sentence)]))
            }
        }
        if session.isJSON {
            session.answer([
                "version": .int(1), "syncs": .list(reports.map { .object(view.object($0)) }),
                "failures": .list(failures), "diagnostics": DiagnosticsJSON.list(opened.mistakes),
            ])
        }
        return .gravest(ends)
    }
}
