import Foundation
import Testing

@Suite struct RepositoryJobsTests {
    @Test("one run puts both sides of jobs/ in step: the second says nothing and changes no byte of them")
    func inStep() throws {
        let shell = try Shell()
        try shell.copy("jobs")
        let digest = "cat jobs/data/*/* | sha256sum"
        let seed = try shell.run(digest).output
        let first = try shell.run("lockstep run")
        #expect(first.status == 0)
        #expect(first.output.contains("created"))
        let after = try shell.run(digest).output
        #expect(after != seed)
        let second = try shell.run("lockstep run")
        #expect(second.status == 0)
        #expect(second.output == "")
        #expect(try shell.run(digest).output == after)
        #expect(try shell.run("lockstep plan --detailed-exitcode").status == 0)
    }

    @Test("all job files of the repository pass their check")
    func check() throws {
        let shell = try Shell()
        try shell.copy("jobs")
        try shell.copy("examples")
        let stories = try FileManager.default.contentsOfDirectory(atPath: Document.root + "/examples")
        #expect(!stories.isEmpty)
        for folder in ["jobs"] + stories.map({ "examples/\($0)/jobs" }) {
            let (output, status) = try shell.run("lockstep check --jobs \(folder)")
            #expect(status == 0, "\(folder): \(output)")
        }
    }
}
