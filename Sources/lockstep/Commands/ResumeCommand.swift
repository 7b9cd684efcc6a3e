import ArgumentParser
import Model
import Runner

/// Lets paused syncs run again.
struct ResumeCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Lets paused syncs run again.",
        discussion: "What changed while they were paused is picked up by their next runs.")

    @Argument(help: ArgumentHelp("A job or a sync.", valueName: "job[/sync]"))
    var names: [String]

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names)
        guard let selection = opened.selection else { return opened.status }
        do {
            let resumed = try opened.workspace.resume(selection, world: session.world)
            session.tell(resumed, "resumed", none: "not paused")
            return opened.status
        } catch {
            throw session.refuse(error)
        }
    }
}
