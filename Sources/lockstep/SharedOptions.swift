import ArgumentParser

/// The options that nearly every command takes.
struct SharedOptions: ParsableArguments {
    @OptionGroup var folders: FolderOptions

    @Option(help: ArgumentHelp("How to answer.", valueName: "human|json"))
    var format = OutputFormat.human

    @OptionGroup var voice: VoiceOptions

    var jobs: String { folders.jobs }
    var state: String { folders.state }
    var color: ColorChoice { voice.color }
    var verbose: Bool { voice.verbose }
    var quiet: Bool { voice.quiet }
}

extension SharedOptions {
    /// Of a command whose own '--format' has more to choose from.
    static func joining(_ folders: FolderOptions, _ voice: VoiceOptions, isJSON: Bool) -> SharedOptions {
        var shared = SharedOptions()
        shared.folders = folders
        shared.format = isJSON ? .json : .human
        shared.voice = voice
        return shared
    }
}

/// Where things lie.
struct FolderOptions: ParsableArguments {
    static let jobs = "jobs"
    static let state = ".lockstep"

    @Option(help: ArgumentHelp("The folder of the job files.", valueName: "dir"), completion: .directory)
    var jobs = Self.jobs

    @Option(help: ArgumentHelp("The folder of the state.", valueName: "dir"), completion: .directory)
    var state = Self.state
}

/// How a command speaks.
struct VoiceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Whether to use colours. NO_COLOR is obeyed.", valueName: "auto|always|never"))
    var color = ColorChoice.auto

    @Flag(name: .shortAndLong, help: "Say more.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Say only what needs someone, and show no progress.")
    var quiet = false

    func validate() throws {
        if verbose && quiet { throw ValidationError("'--verbose' and '--quiet' cannot be used together") }
    }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable { case human, json }

enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable { case auto, always, never }
