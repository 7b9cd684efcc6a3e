import ArgumentParser
import Model
import Runner

/// Pairs two records by hand.
struct LinkCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Pairs two records by hand.",
        discussion: """
            Both must be there, in scope, and without a link. They count as first met: where they differ, \
            'first_values' decides in the next run.
            """)

    @Argument(help: ArgumentHelp("The sync.", valueName: "job/sync"), completion: JobNameCompletion.syncs)
    var sync: String

    @Argument(help: "The id of the left record.")
    var left: String

    @Argument(help: "The id of the right record.")
    var right: String

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let named = try session.namedSync(sync)
        let records = Sides(left: RecordName(left), right: RecordName(right))
        let link = LinkByHand(records, of: named)
        return await session.settle("linked") { () async throws(SettleFailure) in try await link() }
    }
}
