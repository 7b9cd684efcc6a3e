import ArgumentParser
import JobFiles
import Runner

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

    /// One line on what the code of a message means; nil for a code of YAML, of expressions or of a test.
    static func meaning(of code: String) -> String? { JobFileCode.meaning(of: code) ?? RoundTripCode.meaning(of: code) }
}

/// The options of a command that answers in a ``ReportFormat``.
struct ReportOptions: ParsableArguments {
    @OptionGroup var folders: FolderOptions

    @Option(help: ArgumentHelp("How to answer.", valueName: "\(ReportFormat.valueName)"))
    var format = ReportFormat.human

    @OptionGroup var voice: VoiceOptions

    var shared: SharedOptions { SharedOptions.joining(folders, voice, isJSON: format == .json) }
}
