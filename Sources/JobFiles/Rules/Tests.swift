import Diagnostics
import Model

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
        guard let job = file.job.flatMap({ subject.job($0.content) }) else { return }
        for name in [test.sync].compactMap({ $0 }) + test.links { Rule.report(name, in: job, subject, &findings) }
    }
}
