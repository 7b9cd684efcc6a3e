import ArgumentParser
import Foundation
import Testing

@testable import lockstep

/// What shells make of the scripts that complete command lines, and `man` of the manual page.
struct CompletionsTests {
    /// A script, or the manual page, as `lockstep` prints it.
    private func answer(_ arguments: String...) async throws -> String {
        let captured = CapturedConsole()
        #expect(await Lockstep.run(arguments, world: try TestWorld().world, console: captured.console) == .inStep)
        return captured.text(.output)
    }

    @Test(
        "a shell can read its script",
        .enabled(if: ["bash", "zsh", "fish"].allSatisfy(Program.isThere), "needs bash, zsh and fish"),
        arguments: Shell.allCases)
    func readable(shell: Shell) async throws {
        let script = try await answer("completions", shell.rawValue)
        let file = try Program.file(script, named: "script.\(shell.rawValue)")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try Program.run([shell.rawValue, "-n", file.path]) == Program.Answer(status: 0, output: ""))
    }

    /// As bash calls the function of the script when a person asks for what may follow.
    private static let asking = """
        source "$1"; line="$2"; read -ra COMP_WORDS <<< "$line"
        if [ "${line: -1}" = " " ]; then COMP_WORDS+=(""); fi
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="$line"; COMP_POINT=${#line}
        _lockstep lockstep "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """

    @Test("jobs and syncs of the folder are offered where they are to be named")
    func offers() async throws {
        let script = try Program.file(try await answer("completions", "bash"), named: "lockstep.bash")
        let folder = script.deletingLastPathComponent()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Program.link(into: folder)
        let jobs = folder.appending(path: "work/jobs")
        try FileManager.default.createDirectory(at: jobs, withIntermediateDirectories: true)
        try Data(StarterJob.connections.utf8).write(to: jobs.appending(path: "connections.yaml"))
        try Data(StarterJob.job.utf8).write(to: jobs.appending(path: "crm.yaml"))
        func offered(_ line: String) throws -> [String] {
            let words = ["bash", "-c", "cd \(folder.path)/work; " + Self.asking, "bash", script.path, line]
            return try Program.run(words, path: folder.path).output.split(separator: "\n").map(String.init)
        }
        #expect(try offered("lockstep plan ") == ["crm", "crm/companies"])
        #expect(try offered("lockstep why crm/") == ["crm/companies"])
        #expect(try offered("lockstep check ") == ["crm"])
        #expect(try offered("lockstep plan --jobs elsewhere ") == [])
        #expect(try offered("lockstep plan --jobs=jobs c") == ["crm", "crm/companies"])
        #expect(try offered("lockstep retry ") == ["crm/companies"])
        #expect(try offered("lockstep test --record ") == ["crm/companies"])
        #expect(try offered("lockstep explain no-w") == ["no-way-back"])
        #expect(try offered("lockstep schema conn") == ["connections", "connector"])
    }

    @Test(
        "the manual page has every command and option, and man takes no offence",
        .enabled(if: Program.isThere("mandoc"), "needs mandoc"))
    func manual() async throws {
        let page = try await answer("manual")
        for command in Lockstep.configuration.subcommands {
            #expect(page.contains("lockstep \(command.configuration.commandName ?? "?")"))
        }
        for option in [
            "\\-\\-accept <digest>", "\\-\\-fail\\-under <", "\\-\\-on\\-locked <fail|skip|wait>", "\\fB75\\fR",
        ] {
            #expect(page.contains(option), "\(option)")
        }
        let file = try Program.file(page, named: "lockstep.1")
        defer { try? FileManager.default.removeItem(at: file) }
        let complaints = try Program.run(["mandoc", "-T", "lint", "-W", "warning", file.path]).output
        // The page is printed at any time: it has no date of its own.
        #expect(complaints.split(separator: "\n").filter { !$0.contains("missing date") } == [])
    }
}

private enum StarterJob {
    static let connections = "connections:\n  desk: {type: csv, path: desk}\n  files: {type: csv, path: files}\n"
    static let job = """
        job: crm
        left: desk
        right: files
        syncs:
          companies:
            left: clients
            right: customers
            fields: [name <-> name]
        """
}
