import ArgumentParser

/// How `plan` answers: people, programs, and a comment in a pull request.
enum PlanFormat: String, ExpressibleByArgument, CaseIterable, Sendable { case human, json, markdown }

/// The options of a command that answers in a ``PlanFormat``.
struct PlanOptions: ParsableArguments {
    @OptionGroup var folders: FolderOptions

    @Option(help: ArgumentHelp("How to answer; markdown for a pull request.", valueName: "human|json|markdown"))
    var format = PlanFormat.human

    @OptionGroup var voice: VoiceOptions

    var shared: SharedOptions {
        var shared = SharedOptions()
        shared.folders = folders
        shared.format = format == .json ? .json : .human
        shared.voice = voice
        return shared
    }
}

extension Session {
    /// This session, in which nothing is coloured.
    var plain: Session {
        var options = options
        options.voice.color = .never
        return Session(world: world, console: console, options: options)
    }
}
