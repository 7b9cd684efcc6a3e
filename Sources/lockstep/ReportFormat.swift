import ArgumentParser

/// How `check` and `test` answer: people, programs, and what reviews and CI servers show.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case human, json
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// The commands by which GitHub Actions marks lines of a pull request.
    case github
    /// JUnit's XML, for the list of tests of a CI server.
    case junit

    static let valueName = "human|json|sarif|github|junit"
}

/// The options of a command that answers in a ``ReportFormat``.
struct ReportOptions: ParsableArguments {
    @OptionGroup var folders: FolderOptions

    @Option(help: ArgumentHelp("How to answer.", valueName: "\(ReportFormat.valueName)"))
    var format = ReportFormat.human

    @OptionGroup var voice: VoiceOptions

    var shared: SharedOptions { SharedOptions.joining(folders, voice, isJSON: format == .json) }
}
