import ArgumentParser
import Model
import Runner

/// Says why a sync, or a record, is or is not in step.
struct WhyCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Says why a sync, or a record of it, is or is not in step.",
        discussion: """
            Goes through the conditions in the order in which a run meets them, and marks those that fail: the first \
            decides. Each is told with the line of the job file, the values seen, and what mends it. Writes nothing. \
            Files are read as they are; other systems are asked only with '--live': without it, what the last run left \
            behind is told.
            """)

    @Argument(help: ArgumentHelp("A job or a sync.", valueName: "job[/sync]"), completion: JobNameCompletion.parts)
    var name: String

    @Argument(
        help: ArgumentHelp(
            "A record: left:ID, right:ID, ID where that is clear, or a text that stands in it.", valueName: "id"))
    var record: String?

    @Flag(help: "Ask the systems too.")
    var live = false

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let workspace = try session.load()
        let why = Why(name, record: record, isLive: live, workspace, world: session.world)
        let reports: [WhyReport]
        do {
            reports = try await why()
        } catch {
            throw session.refuse(error)
        }
        if session.isJSON {
            session.answer(WhyJSON.report(reports))
        } else {
            session.say(WhyView(screen: session.screen, now: session.world.now()).text(reports))
        }
        return .gravest(reports.map(Self.end))
    }

    private static func end(_ report: WhyReport) -> CommandEnd {
        guard let decisive = report.decisive, decisive.isBlocking else { return .inStep }
        return switch decisive.kind {
        case .jobFile: .jobFile
        case .files: .files
        case .other: .needsSomeone
        }
    }
}
