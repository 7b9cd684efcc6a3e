import ArgumentParser
import Model
import Runner

/// Has the next run ask again for writes that were refused.
struct RetryCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Has the next run ask again for writes that were refused.",
        discussion: """
            A write that the other system refused is tried again later and later, and then parked. This puts its time at \
            the next run, and counts its attempts from nothing.
            """)

    @Argument(help: ArgumentHelp("The sync.", valueName: "job/sync"), completion: JobNameCompletion.syncs)
    var sync: String

    @Argument(
        help: ArgumentHelp("Records by their ids: left:ID, right:ID, or ID where that is clear.", valueName: "id"))
    var ids: [String] = []

    @Flag(help: "All writes that were refused, parked ones too.")
    var all = false

    @OptionGroup var shared: SharedOptions

    func validate() throws { try WantedRecords.validate(ids, all: all) }

    func run(_ session: Session) async throws -> CommandEnd {
        let named = try session.namedSync(sync)
        let again = AskAgain(all ? nil : ids, of: named)
        return await session.settle("to be tried again by the next run", none: "nothing was refused") {
            () async throws(SettleFailure) in try await again()
        }
    }
}
