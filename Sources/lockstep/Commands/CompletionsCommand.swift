import ArgumentParser

/// Prints what makes a shell complete commands, options, jobs and syncs.
struct CompletionsCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Prints what makes a shell complete commands, options, jobs and syncs.",
        discussion: """
            bash:  lockstep completions bash > ~/.local/share/bash-completion/completions/lockstep
            zsh:   lockstep completions zsh > ~/.zfunc/_lockstep   (a folder of $fpath)
            fish:  lockstep completions fish > ~/.config/fish/completions/lockstep.fish
            """)

    @Argument(help: ArgumentHelp("The shell.", valueName: "bash|zsh|fish"))
    var shell: Shell

    @OptionGroup var shared: SharedOptions

    func run(_ session: Session) async throws -> CommandEnd {
        let script = Lockstep.completionScript(for: shell.kind)
        session.console.out(script.hasSuffix("\n") ? script : script + "\n")
        return .inStep
    }
}

/// A shell that can be taught what to offer.
enum Shell: String, ExpressibleByArgument, CaseIterable, Sendable {
    case bash, zsh, fish

    var kind: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}
