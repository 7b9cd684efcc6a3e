import ArgumentParser
import Model
import Runner

/// Settles conflicts by taking one side's values.
struct ResolveCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Settles conflicts by taking one side's values.",
        discussion: """
            The next run carries the values of the taken side over. Of a record that one side deleted and the other \
            edited, the deleting side deletes it there too, and the other has it made anew. What somebody edits on the \
            other side before the next run is a conflict again.
            """)

    @Argument(help: ArgumentHelp("The sync.", valueName: "job/sync"), completion: JobNameCompletion.syncs)
    var sync: String

    @Argument(
        help: ArgumentHelp("Records by their ids: left:ID, right:ID, or ID where that is clear.", valueName: "id"))
    var ids: [String] = []

    @Option(help: ArgumentHelp("The side whose values count.", valueName: "left|right"))
    var take: TakenSide

    @Option(help: ArgumentHelp("A field alone, by its name on a side or its arrow.", valueName: "name"))
    var field: String?

    @Flag(help: "All records that are in conflict.")
    var all = false

    @OptionGroup var shared: SharedOptions

    func validate() throws { try WantedRecords.validate(ids, all: all) }

    func run(_ session: Session) async throws -> CommandEnd {
        let named = try session.namedSync(sync)
        let resolve = Resolve(
            .from(ids, all: all), taking: take.side, field: field, of: named)
        return await session.settle("resolved, taking the \(take.side)", none: "no record is in conflict") {
            () async throws(SettleFailure) in try await resolve()
        }
    }
}

enum TakenSide: String, ExpressibleByArgument, CaseIterable, Sendable {
    case left, right

    var side: Side { self == .left ? .left : .right }
}
