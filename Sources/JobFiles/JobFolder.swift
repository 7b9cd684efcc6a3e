package import Diagnostics
import Model
import YAML

/// The files of a jobs folder, in memory.
///
/// What a file is follows from its name: `connections.yaml`, `NAME.test.yaml`, and `NAME.yaml` for a job. The names of
/// the texts are shown in messages; folders in front of the last part of a name mean nothing.
package struct JobFolder: Sendable {
    private let files: [SourceText]

    package init(_ files: [SourceText]) {
        self.files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// From text to jobs: trees, shapes, drafts, rules, meaning. Every stage goes on with what the one before it could
    /// make sense of, so that all mistakes of all files are reported in one go.
    package func check(in surroundings: Surroundings) -> CheckedJobs {
        var findings = Findings()
        let drafts = Drafts(files, &findings)
        let subject = Subject(drafts, surroundings)
        let batch = Batch.questions(jobs: drafts.jobs.count)
        _ = findings.collect(Rule.all, inBatchesOf: batch) { rule, own in rule.check(subject, &own) }
        let maker = JobMaker(subject)
        let made = maker.make(&findings)
        let meant = MeantJobs(jobs: made.jobs, connections: made.connections, subject: subject)
        _ = findings.collect(Advice.all, inBatchesOf: batch) { advice, own in advice.check(meant, &own) }
        let notifiers = NotifierMaker(subject: subject).make(&findings)
        // After the jobs are made: what a schema says keeps no job from running.
        SchemaRule.checkAll(subject, &findings)
        return CheckedJobs(
            jobs: made.jobs, connections: made.connections,
            tests: TestMaker(subject).make(made.jobs, findings), notifiers: notifiers,
            diagnostics: Diagnostic.inSourceOrder(findings.withoutRepetitions))
    }
}

/// What a file of the jobs folder is, by its name.
package enum JobFileKind: Sendable, Hashable {
    case job(String)
    case tests(of: String)
    case connections

    /// nil for a name that does not end in `.yaml`.
    package init?(_ path: String) {
        let file = path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? path
        guard file.hasSuffix(".yaml") else { return nil }
        let name = String(file.dropLast(5))
        if file == "connections.yaml" {
            self = .connections
        } else if name.hasSuffix(".test") {
            self = .tests(of: String(name.dropLast(5)))
        } else {
            self = .job(name)
        }
    }
}
