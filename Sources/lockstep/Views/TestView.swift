import Diagnostics
import Model
import Runner

/// Tests of mappings for people, and for CI servers.
struct TestView {
    private let results: [TestResult]
    private let trips: [Diagnostic]
    private let coverage: TestCoverage?
    private let opened: OpenedJobs
    private let session: Session

    /// - Parameters:
    ///   - trips: what does not come back from the other side.
    ///   - coverage: nil where nobody asked for it.
    init(
        _ results: [TestResult], _ trips: [Diagnostic], _ coverage: TestCoverage?, _ opened: OpenedJobs,
        _ session: Session
    ) {
        self.results = results
        self.trips = trips
        self.coverage = coverage
        self.opened = opened
        self.session = session
    }

    /// The failures, then a line for all; with `-v` a line for each test that passed.
    func show() {
        let style = session.style(.output)
        let renderer = session.renderer(.output, opened.workspace)
        session.console.out(renderer.render(trips.filter { !session.options.quiet || $0.severity == .error }))
        for result in results {
            if let diagnostic = result.diagnostic {
                session.console.out(renderer.render(diagnostic))
            } else if session.options.verbose {
                let name = result.test.name.escapedForDisplay
                session.console.out("\(style.paint("ok", .green))    \(result.test.sync): \(name)\n")
            }
        }
        if let coverage, !session.options.quiet { show(coverage) }
        let failed = results.count { !$0.passed }
        if results.isEmpty || (session.options.quiet && failed == 0) { return }
        let passed = "\(results.count - failed) passed"
        let count = CountWords.count(results.count, "test")
        session.console.out("\(count): \(passed)\(failed > 0 ? ", " + style.paint("\(failed) failed", .red) : "")\n")
    }

    private func show(_ coverage: TestCoverage) {
        let missed = coverage.items.filter { !$0.isReached }
        for item in missed {
            session.console.out(
                "not reached: \(item.place.fileAndLine.escapedForDisplay): \(item.text.escapedForDisplay)\n")
        }
        if coverage.items.isEmpty {
            session.console.out("coverage: there are no tables and no filters\n")
        } else {
            let total = CountWords.grouped(coverage.items.count)
            session.console.out(
                "coverage: \(coverage.reached) of \(total) table rows and filter conditions, \(coverage.percent) %\n")
        }
    }

    /// A suite for each file of tests.
    var junit: String {
        var suites: [JUnitReport.Suite] = []
        let renderer = HumanRenderer(color: false) { opened.workspace.sources[$0] }
        for result in results {
            let place = result.test.place
            if suites.last?.name != place.file { suites.append(JUnitReport.Suite(name: place.file, cases: [])) }
            let failure = result.diagnostic.map { diagnostic in
                (
                    code: diagnostic.code, summary: result.failures.map(\.message).joined(separator: "; "),
                    text: renderer.render(diagnostic)
                )
            }
            suites[suites.count - 1].cases.append(
                JUnitReport.Case(
                    name: result.test.name, suite: "\(result.test.sync)", file: place.file, line: place.start.line,
                    failure: failure))
        }
        return JUnitReport(suites + lossSuites(renderer)).text
    }

    /// A case that failed for each error of a mapping itself.
    private func lossSuites(_ renderer: HumanRenderer) -> [JUnitReport.Suite] {
        let errors = trips.filter { $0.severity == .error }
        return Dictionary(grouping: errors) { $0.place?.file ?? "" }.sorted { $0.key < $1.key }.map { file, losses in
            JUnitReport.Suite(
                name: file,
                cases: losses.map { loss in
                    JUnitReport.Case(
                        name: loss.code, suite: file, file: file, line: loss.place?.start.line ?? 1,
                        failure: (loss.code, loss.message, renderer.render(loss)))
                })
        }
    }
}
