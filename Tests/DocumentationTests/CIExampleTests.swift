import Diagnostics
import Foundation
import Testing
import Values
import YAML

/// `examples/ci`: what its workflow and its hooks call is called here, in a copy of the folder.
@Suite struct CIExampleTests {
    private static func tree(_ name: String) throws -> Node {
        let path = Document.root + "/examples/ci/" + name
        let document = YAMLDocument.parse(SourceText(name: name, try String(contentsOfFile: path, encoding: .utf8)))
        #expect(document.diagnostics == [])
        return try #require(document.root)
    }

    private static func repository() throws -> Shell {
        let shell = try Shell()
        for name in ["jobs", "data"] {
            try FileManager.default.copyItem(
                atPath: Document.root + "/examples/ci/" + name, toPath: shell.folder + "/" + name)
        }
        return shell
    }

    /// Makes a repository of the folder, in whose base branch no filter of contacts stands yet.
    private static func branchOff(_ shell: Shell) throws {
        let file = shell.folder + "/jobs/contacts.yaml"
        let now = try String(contentsOfFile: file, encoding: .utf8)
        let before = now.replacing("left: {collection: contacts, filter: consent == 'yes'}", with: "left: contacts")
        #expect(before != now)
        try before.write(toFile: file, atomically: true, encoding: .utf8)
        let commit = "git -c user.name=Ada -c user.email=ada@example.com commit -q -m base"
        let made = try shell.run(
            "git init -q && git add jobs && \(commit) && git update-ref refs/remotes/origin/main HEAD")
        #expect(made.status == 0, "\(made.output)")
        try now.write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// What GitHub sets for a step.
    private static let runner = """
        export RUNNER_TEMP="$HOME/runner" GITHUB_PATH="$HOME/path" LOCKSTEP_REPOSITORY="$HOME/lockstep.git" PULL_REQUEST=7
        export GITHUB_WORKSPACE="$HOME" GITHUB_STEP_SUMMARY="$HOME/summary" BASE_BRANCH=main
        mkdir -p "$RUNNER_TEMP"; git init -q --bare "$LOCKSTEP_REPOSITORY"; set -eo pipefail

        """

    @Test("each step of the workflow does what it says, and the plan becomes a comment")
    func workflow() throws {
        let steps = try #require(try Self.tree("workflow.yaml").at("jobs", "review", "steps")?.items)
        let shell = try Self.repository()
        try Self.branchOff(shell)
        var ran: [String] = []
        for step in steps {
            guard let script = step.at("run")?.scalar?.text, let name = step.at("name")?.scalar?.text else { continue }
            let (output, status) = try shell.run(Self.runner + script)
            #expect(status == 0, "\(name): \(output)")
            ran.append(name)
        }
        #expect(
            ran == [
                "install lockstep", "check", "check for code scanning", "test", "plan", "what the change does",
                "comment",
            ])
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: shell.folder + "/" + name, encoding: .utf8)
        }
        #expect(try JSON.parse(Array(text("lockstep.sarif").utf8)).object?["version"] == .text("2.1.0"))
        #expect(try text("lockstep-tests.xml").contains("failures=\"0\""))
        let plan = try text("plan.md")
        #expect(plan.hasPrefix("<!-- lockstep plan -->\n"))
        #expect(plan.contains("1 create on the right"))
        let change = try text("summary")
        #expect(change.hasPrefix("<!-- lockstep plan against -->\n"))
        #expect(change.contains("- 1 record leaves the scope on the left (3 before, 2 now)\n"))
        #expect(shell.calls.last == "gh pr comment 7 --edit-last --create-if-none --body-file plan.md")
        #expect(try text("path").contains("/runner/lockstep/.build/release"))
    }

    @Test("the hooks pass what is right, and stop what is wrong")
    func hooks() throws {
        let repositories = try #require(try Self.tree("pre-commit-config.yaml").at("repos")?.items)
        let hooks = repositories.flatMap { $0.at("hooks")?.items ?? [] }
        let entries = hooks.compactMap { $0.at("entry")?.scalar?.text }
        #expect(entries == ["lockstep check", "lockstep test"])
        let shell = try Self.repository()
        for entry in entries { #expect(try shell.run(entry).status == 0) }
        let file = shell.folder + "/jobs/contacts.yaml"
        let right = try String(contentsOfFile: file, encoding: .utf8)
        try right.replacing("English: en", with: "English: de").write(toFile: file, atomically: true, encoding: .utf8)
        for entry in entries { #expect(try shell.run(entry).status == 65, "\(entry)") }
    }
}

extension Node {
    /// What stands under a path of keys.
    fileprivate func at(_ keys: String...) -> Node? {
        keys.reduce(self) { node, key in node?.entries?.first { $0.key.scalar?.text == key }?.value }
    }
}
