import ArgumentParser
import Model
import Runner

/// Ends links, and leaves both records as they are.
struct UnlinkCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlink", abstract: "Ends links, and leaves both records as they are.",
        discussion: """
            Neither record is made again on the other side, nor paired anew, while it stays as it is. Once somebody \
            edits it, it counts as new. 'lockstep link' pairs two records at any time.
            """)

    @Argument(help: ArgumentHelp("The sync.", valueName: "job/sync"), completion: JobNameCompletion.syncs)
    var sync: String

    @Argument(
        help: ArgumentHelp("Records by their ids: left:ID, right:ID, or ID where that is clear.", valueName: "id"))
    var ids: [String]

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let named = try session.namedSync(sync)
        let unlink = Unlink(.from(ids, all: false), of: named)
        return await session.settle("unlinked") { () async throws(SettleFailure) in try await unlink() }
    }
}
