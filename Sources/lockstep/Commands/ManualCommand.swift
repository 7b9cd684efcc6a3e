import ArgumentParser

/// Prints the manual page, made of what `--help` says.
struct ManualCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Prints the manual page, as man reads it.",
        discussion: "To read it: lockstep manual | man -l -")

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        guard let page = ManualPage(help: Lockstep._dumpHelp()) else { return .fault }
        session.console.out(page.text)
        return .inStep
    }
}
