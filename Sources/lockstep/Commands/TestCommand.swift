import ArgumentParser
import Diagnostics
import Runner

/// Runs the tests of the mappings, without asking either system.
struct TestCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Runs the tests of the mappings.",
        discussion: """
            The tests of jobs/NAME.yaml stand in jobs/NAME.test.yaml. They go through the stages of a run with records in memory: no
            system is asked, no variable needs to be set, and nothing is written. What a two-way field writes
            and does not read back the same is told too. Exits with 65 where a test fails, or where there is none.

            With '--record JOB/SYNC ID' a test is written from a record as it is now, its partner, and what is remembered of both: \
            it passes at once, and shows in a review what the mapping does with it. Both sides are read, and neither is written.
            """)

    @Argument(
        help: ArgumentHelp(
            "Jobs, or syncs as job/sync; all where none is named. With '--record' a record: left:ID, right:ID, or ID where that is clear.",
            valueName: "job"),
        completion: JobNameCompletion.parts)
    var names: [String] = []

    @Flag(help: "Tell which rows of tables and conditions of filters no test reaches.")
    var coverage = false

    @Option(help: ArgumentHelp("How much has to be reached, in percent: 65 where it is less.", valueName: "percent"))
    var failUnder: Int?

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var report: ReportOptions

    var shared: SharedOptions { report.shared }

    func validate() throws {
        if let failUnder, !(0...100).contains(failUnder) {
            throw ValidationError("'--fail-under' goes from 0 to 100")
        }
        try recording.validate(names, besides: coverage || failUnder != nil, report.format)
    }

    func run(_ session: Session) async throws -> CommandEnd {
        if let sync = recording.record { return try await recording.run(sync, names[0], session) }
        let opened = try session.open(names, mindingTests: true)
        let run = TestRun(opened.workspace, world: session.world)
        let results = await run(names)
        let trips = await session.roundTrips(names, opened.workspace)
        let reached = coverage || failUnder != nil ? run.coverage(names) : nil
        let view = TestView(results, trips, reached, opened, session)
        let found = opened.mistakes + trips + results.compactMap(\.diagnostic)
        switch report.format {
        case .human: view.show()
        case .json: session.answer(TestJSON.report(results, reached, mistakes: opened.mistakes + trips))
        case .junit: session.console.out(view.junit)
        case .sarif: session.answer(SARIFReport.report(found))
        case .github: session.console.out(GitHubAnnotations.text(found))
        }
        if results.isEmpty, opened.mistakes.isEmpty { session.complain(noTests) }
        let isEnough = reached.map { $0.percent >= failUnder ?? 0 } ?? true
        if let reached, let failUnder, !isEnough {
            session.complain("the tests reach \(reached.percent) %, and '--fail-under' asks for \(failUnder) %")
        }
        let isLawful = !trips.contains { $0.severity == .error }
        let isRight =
            opened.mistakes.isEmpty && isLawful && !results.isEmpty && isEnough && results.allSatisfy { $0.passed }
        return isRight ? .inStep : .jobFile
    }

    private var noTests: String {
        let what = names.isEmpty ? "no test was found" : "no test of \(names.joined(separator: ", ")) was found"
        return "\(what). The tests of \(report.folders.jobs)/NAME.yaml stand in \(report.folders.jobs)/NAME.test.yaml"
    }
}
