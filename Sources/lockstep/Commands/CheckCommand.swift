import ArgumentParser
import Diagnostics
import JobFiles
import Model
import Runner

/// Reads every job file and reports all mistakes, not the first. Asks no other system, unless it is told to.
struct CheckCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads every job file and reports all mistakes, not the first.",
        discussion: """
            Asks no other system. What is known of the fields of collections it takes from jobs/schemas, which 'lockstep \
            discover' writes. Exits with 65 where a file is wrong.

            With '--online' it asks the systems of the jobs for their fields: job files are held against these, and a schema \
            in jobs/schemas that says otherwise is told. Exits with 4 where a connection is broken.
            """)

    @Argument(
        help: ArgumentHelp("Jobs whose files to report on; all where none is named.", valueName: "job"),
        completion: JobNameCompletion.jobs)
    var names: [String] = []

    @Flag(help: "Compare with the fields that the systems have now.")
    var online = false

    @OptionGroup var report: ReportOptions

    var shared: SharedOptions { report.shared }

    func run(_ session: Session) async throws -> CommandEnd {
        var workspace = try session.load(schemas: .committed())
        for name in names where !workspace.jobNames.contains(name) {
            let nearest = nearestName(to: name, in: workspace.jobNames)
            throw session.refuse(Selection.Unknown(name: name, nearest: nearest))
        }
        var asked: OnlineCheck.Result?
        if online {
            let result = try await session.checkOnline(names, workspace)
            workspace = result.workspace
            asked = result
        }
        let knowledge = asked.map { $0.failures.isEmpty ? SchemaKnowledge.asked : .committed } ?? .committed
        let own = await session.findings(names, workspace, knowledge, and: asked?.differences ?? [])
        let found = Diagnostic.inSourceOrder(own + (asked?.failures.map(\.diagnostic) ?? []))
        switch report.format {
        case .human:
            session.console.out(session.renderer(.output, workspace).render(found))
            if !found.isEmpty || !session.options.quiet { session.console.out(summary(workspace, found)) }
            if !session.options.quiet { session.console.out(advice(found)) }
        case .json: session.answer(DiagnosticsJSON.report(found))
        case .sarif: session.answer(SARIFReport.report(found))
        case .github: session.console.out(GitHubAnnotations.text(found))
        case .junit: session.console.out(junit(workspace, found))
        }
        return .gravest([CommandEnd(of: own)] + (asked?.failures.map { CommandEnd($0.failure) } ?? []))
    }

    /// A suite for each file: what is wrong with it, or that nothing is.
    private func junit(_ workspace: Workspace, _ found: [Diagnostic]) -> String {
        let renderer = HumanRenderer { workspace.sources[$0] }
        let mistakes = Dictionary(grouping: found.filter { $0.severity == .error }) { $0.place?.file ?? "" }
        let files = Set(workspace.sources.keys.filter { isMeant($0, workspace) }).union(mistakes.keys)
        return JUnitReport(
            files.sorted().map { file in
                let cases = (mistakes[file] ?? []).map { mistake in
                    JUnitReport.Case(
                        name: mistake.message, suite: file, file: file, line: mistake.place?.start.line ?? 1,
                        failure: (mistake.code, mistake.message, renderer.render(mistake)))
                }
                let good = JUnitReport.Case(name: "no errors", suite: file, file: file, line: 1)
                return JUnitReport.Suite(name: file, cases: cases.isEmpty ? [good] : cases)
            }
        ).text
    }

    private func isMeant(_ file: String, _ workspace: Workspace) -> Bool {
        switch workspace.kind(of: file) {
        case .job(let name), .tests(of: let name): names.isEmpty || names.contains(name)
        case .connections, nil: true
        }
    }

    /// Where a person learns more, with the gravest code for a start.
    private func advice(_ found: [Diagnostic]) -> String {
        let known = found.filter { $0.severity > .note && Pages.page(of: $0.code) != nil }
        guard let first = known.first(where: { $0.severity == .error }) ?? known.first else { return "" }
        return "more about a code: lockstep explain \(first.code)\n"
    }

    private func summary(_ workspace: Workspace, _ found: [Diagnostic]) -> String {
        let jobs = names.isEmpty ? workspace.jobNames : names
        return "\(CountWords.count(jobs.count, "job")): \(HumanRenderer.summary(of: found))\n"
    }
}

extension Session {
    fileprivate func checkOnline(_ names: [String], _ workspace: Workspace) async throws -> OnlineCheck.Result {
        do {
            return try await OnlineCheck(workspace, world: world).check(names)
        } catch {
            complain("\(error)")
            throw Refused(status: .files)
        }
    }
}
