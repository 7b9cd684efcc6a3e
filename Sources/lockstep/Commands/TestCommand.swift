import ArgumentParser
import Diagnostics
import Model
import Runner
import Values

/// Runs the tests of the mappings, without asking either system.
struct TestCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Runs the tests of the mappings.",
        discussion: """
            The tests of jobs/NAME.yaml stand in jobs/NAME.test.yaml. They go through the stages of a run with records in memory: no
            system is asked, no variable needs to be set, and nothing is written. Exits with 65 where a test fails, or where there is none.
            """)

    @Argument(help: ArgumentHelp("Jobs, or syncs as job/sync; all where none is named.", valueName: "job"))
    var names: [String] = []

    @Option(help: ArgumentHelp("How to answer.", valueName: "human|json|junit"))
    var format = TestFormat.human

    @OptionGroup var folders: FolderOptions
    @OptionGroup var voice: VoiceOptions

    var shared: SharedOptions {
        var shared = SharedOptions()
        shared.folders = folders
        shared.format = format == .json ? .json : .human
        shared.voice = voice
        return shared
    }

    func run(_ session: Session) async throws -> CommandEnd {
        let opened = try session.open(names, mindingTests: true)
        let results = await TestRun(opened.workspace, world: session.world)(names)
        let view = TestView(results, opened, session)
        switch format {
        case .human: view.show(isVerbose: voice.verbose)
        case .json: session.answer(TestJSON.report(results, mistakes: opened.mistakes))
        case .junit: session.console.out(view.junit)
        }
        if results.isEmpty, opened.mistakes.isEmpty { session.complain(noTests) }
        let isRight = opened.mistakes.isEmpty && !results.isEmpty && results.allSatisfy { $0.passed }
        return isRight ? .inStep : .jobFile
    }

    private var noTests: String {
        let what = names.isEmpty ? "no test was found" : "no test of \(names.joined(separator: ", ")) was found"
        return "\(what). The tests of \(folders.jobs)/NAME.yaml stand in \(folders.jobs)/NAME.test.yaml"
    }
}

enum TestFormat: String, ExpressibleByArgument, CaseIterable, Sendable { case human, json, junit }
