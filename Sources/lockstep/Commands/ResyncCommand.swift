import ArgumentParser
import Model
import Runner

/// Has the next run look at records anew.
struct ResyncCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "resync", abstract: "Has the next run look at records anew.",
        discussion: """
            What is remembered of how the records were last seen is forgotten. With '--hard' so is what both sides \
            agreed on: they are as first met, and 'first_values' decides where they differ.
            """)

    @Argument(help: ArgumentHelp("The sync.", valueName: "job/sync"), completion: JobNameCompletion.syncs)
    var sync: String

    @Argument(
        help: ArgumentHelp("Records by their ids: left:ID, right:ID, or ID where that is clear.", valueName: "id"))
    var ids: [String] = []

    @Flag(help: "All records that have a link.")
    var all = false

    @Flag(help: "Forget what both sides agreed on, too.")
    var hard = false

    @OptionGroup var shared: SharedOptions

    func validate() throws { try WantedRecords.validate(ids, all: all) }

    func run(_ session: Session) async throws -> CommandEnd {
        let named = try session.namedSync(sync)
        let resync = Resync(.from(ids, all: all), isHard: hard, of: named)
        let done = hard ? "to be met anew by the next run" : "to be looked at anew by the next run"
        return await session.settle(done, none: "there are no links") { () async throws(SettleFailure) in
            try await resync()
        }
    }
}
