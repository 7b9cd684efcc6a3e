import Connectors
import Diagnostics
import JobFiles
import Model
import Values

/// Plays tests of mappings through the stages of a run. Neither system is asked, and no variable needs to be set.
package struct TestRun {
    private let workspace: Workspace
    private let world: World

    package init(_ workspace: Workspace, world: World) {
        self.workspace = workspace
        self.world = world
    }

    /// Plays the tests of some jobs and syncs, in the order of their files.
    ///
    /// - Parameter names: jobs and syncs; all where it is empty.
    package func callAsFunction(_ names: [String]) async -> [TestResult] {
        var results: [TestResult] = []
        for test in workspace.checked.tests where names.isEmpty || names.contains(where: test.sync.isMeant(by:)) {
            results.append(await play(test))
        }
        return results
    }

    /// What the tests of some jobs and syncs reach of all that their syncs have.
    package func coverage(_ names: [String]) -> TestCoverage {
        let syncs = workspace.checked.jobs.flatMap(\.syncs).filter { sync in
            names.isEmpty || names.contains(where: sync.name.isMeant(by:))
        }
        let records = Dictionary(grouping: workspace.checked.tests, by: \.sync).mapValues { $0.map(\.records) }
        return TestCoverage(syncs, records)
    }

    /// Plays one test.
    func play(_ test: MappingTest) async -> TestResult {
        guard let job = workspace.checked.jobs.first(where: { $0.name == test.sync.job }),
            let sync = job.syncs.first(where: { $0.name == test.sync })
        else { return TestResult(test: test, failures: [TestFailure(message: "there is no sync \(test.sync)")]) }
        do throws(EndpointFailure) {
            let sides = Sides(
                left: try workspace.capabilities(.left, job, sync, world),
                right: try workspace.capabilities(.right, job, sync, world))
            let outcome = try await TestStage(test, sync, sides).play()
            let failures = TestCheck.failures(of: test, outcome)
            return TestResult(test: test, failures: failures.isEmpty ? [] : failures + slips(in: test))
        } catch {
            return TestResult(
                test: test, failures: [TestFailure(message: FailureWords.sentence(error), place: test.place)])
        }
    }

    /// Names in a test that are most likely mistyped, which tell why it fails.
    private func slips(in test: MappingTest) -> [TestFailure] {
        let starts = workspace.checked.tests.filter { $0.place.file == test.place.file }.map(\.place.start.line)
        let end = starts.filter { $0 > test.place.start.line }.min() ?? .max
        return workspace.checked.diagnostics.filter { diagnostic in
            guard diagnostic.severity == .warning, diagnostic.code == ReadingCode.unknownField.rawValue,
                let place = diagnostic.place, place.file == test.place.file
            else { return false }
            return (test.place.start.line..<end).contains(place.start.line)
        }.map { slip in
            TestFailure(message: slip.message + (slip.hint.map { "; \($0)" } ?? ""), place: slip.place)
        }
    }
}

extension SyncName {
    /// Whether a name of a job or a sync means this one.
    fileprivate func isMeant(by name: String) -> Bool { job == name || description == name }
}
