import Diagnostics
import Model
import YAML

extension Rule {
    /// Tests must name a job and syncs that there are, say what they start from, and be told apart.
    static let tests = Rule { subject, findings in
        for file in subject.drafts.tests {
            jobName(file, subject, &findings)
            var names: [String: Place] = [:]
            for test in file.tests {
                if let name = test.name {
                    if let first = names[name.content] {
                        findings.add(
                            .duplicateName, "two tests are named '\(shortened(name.content))'", at: name.place,
                            notes: [.init("the first is here", at: first)])
                    } else {
                        names[name.content] = name.place
                    }
                }
                check(test, file, subject, &findings)
            }
        }
    }

    private static func jobName(_ file: TestsDraft, _ subject: Subject, _ findings: inout Findings) {
        guard let name = file.job, Naming.isName(name.content) else { return }
        if name.content != file.fileName {
            findings.add(
                .jobName, "these tests are for '\(name.content)', but their file is '\(file.fileName).test.yaml'",
                at: name.place, hint: "rename the file to '\(name.content).test.yaml'")
        } else if subject.job(name.content) == nil {
            findings.add(
                .unknownJob, "no job is named '\(name.content)'", at: name.place,
                hint: didYouMean(name.content, among: subject.drafts.jobs.map(\.fileName)))
        }
    }

    private static func check(
        _ test: TestDraft, _ file: TestsDraft, _ subject: Subject, _ findings: inout Findings
    ) {
        if !test.hasRecord {
            findings.add(
                .missingKey, "a test needs the key 'left' or 'right'", at: test.place,
                hint: "the record that it is about")
        }
        pairs(test, &findings)
        if let expectation = test.expectation { check(expectation, &findings) }
        guard let job = file.job.flatMap({ subject.job($0.content) }) else { return }
        for name in [test.sync].compactMap({ $0 }) + test.links.map(\.sync) {
            Rule.report(name, in: job, subject, &findings)
        }
    }

    /// What both sides held is told of whole pairs.
    private static func pairs(_ test: TestDraft, _ findings: inout Findings) {
        guard let base = test.base, base.content.left.count != base.content.right.count else { return }
        let counts = base.content.map(\.count)
        findings.add(
            .unpairedBase, "'base' has \(counts.left) on the left and \(counts.right) on the right",
            at: base.place, hint: "both records of each link, in the same order")
    }

    /// A test that cannot fail is a mistake.
    private static func check(_ expectation: ExpectationDraft, _ findings: inout Findings) {
        for step in expectation.plan ?? [] where PlannedStep(step.content) == nil {
            findings.add(
                .badStep, "'\(shortened(step.content))' is no step of a plan", at: step.place,
                hint: "such as 'create right', 'update left 4711', 'delete right C-7' or 'hold left 4711'")
        }
        let saysNothing = expectation.sides.map { $0.map { $0.entries?.isEmpty ?? $0.items?.isEmpty ?? false } ?? true }
        let hasOther =
            expectation.outcome != nil || expectation.held != nil || expectation.plan != nil
            || expectation.conflicts.map { !$0.isEmpty } ?? false
        guard saysNothing.left, saysNothing.right, !hasOther else { return }
        findings.add(
            .expectsNothing, "this test cannot fail: it expects nothing", at: expectation.place,
            hint: "name fields of a side, or 'out of scope', 'no change', 'held', 'conflict' or 'plan'")
    }
}
