import ArgumentParser
import Model
import Runner
import Values

/// Stops syncs for a while, without a commit.
struct PauseCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Stops syncs for a while, without a commit.",
        discussion: """
            Runs pass over a paused sync, those with '--now' too; one that is at work goes to its end. Nothing is lost: what \
            changes meanwhile is picked up after 'lockstep resume'.
            """)

    @Argument(help: ArgumentHelp("A job or a sync.", valueName: "job[/sync]"), completion: JobNameCompletion.parts)
    var names: [String]

    @Option(help: ArgumentHelp("Why, for whoever wonders.", valueName: "text"))
    var reason = ""

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        guard let selection = opened.selection else { return opened.status }
        do {
            let paused = try opened.workspace.pause(selection, reason: reason, world: session.world)
            session.tell(paused, "paused", none: "paused already")
            return opened.status
        } catch {
            throw session.refuse(error)
        }
    }
}

extension Session {
    /// Says of which syncs something is so now.
    func tell(_ syncs: [SyncName], _ word: String, none: String) {
        if isJSON { return answer(["version": .int(1), "syncs": .list(syncs.map { .text("\($0)") })]) }
        for sync in syncs { console.out("\(sync): \(word)\n") }
        if syncs.isEmpty, !options.quiet { console.out("\(none)\n") }
    }

    func refuse(_ failure: PausingFailure) -> Refused {
        switch failure {
        case .unknown(let unknown): return refuse(unknown)
        case .state(let sentence):
            complain(sentence)
            return Refused(status: .files)
        }
    }
}
