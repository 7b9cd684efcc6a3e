import Foundation
import Runner
import TestKit
import Testing
import Values

@testable import lockstep

@Suite("lockstep explain")
struct ExplainTests {
    private func explain(
        _ arguments: [String], columns: Int? = nil
    ) async throws -> (end: CommandEnd, output: String, errors: String) {
        let captured = CapturedConsole(isTerminal: columns != nil, columns: columns ?? 80)
        let world = try TestWorld.inLondon().world
        let end = await Lockstep.run(["explain"] + arguments, world: world, console: captured.console)
        return (end, captured.text(.output), captured.text(.errors))
    }

    @Test("a page has what the code means, what to do, and both examples with what is said of them")
    func page() async throws {
        let (end, output, errors) = try await explain(["no-way-back"])
        #expect(end == .inStep)
        #expect(errors == "")
        #expect(
            output == """
                no-way-back (error)
                a table gives several left values the same right one, and nothing says which to
                take on the way back

                The table gives two left values the same right one. When the right is edited to
                it, nobody could say which of both the left is to be set to, and a guess would
                change what people had entered.

                Say it in 'to_left'; or let the field go one way, with '->'.

                wrong:
                  jobs/tickets.yaml
                    job: tickets
                    left: desk
                    right: portal
                    syncs:
                      tickets:
                        left: tickets
                        right: requests
                        fields:
                          - status <-> state:
                              values: {New: open, In Progress: doing, Waiting: doing}
                  $ lockstep check

                  jobs/tickets.yaml:10:60: error: on the way back 'doing' could be 'In Progress'
                      or 'Waiting' [no-way-back]
                     10 |           values: {New: open, In Progress: doing, Waiting: doing}
                        |                                                            ^~~~~ add
                                                         to_left: {doing: In Progress}
                  jobs/tickets.yaml:10:44: note: 'doing' stands here first
                     10 |           values: {New: open, In Progress: doing, Waiting: doing}
                        |                                            ^~~~~

                right:
                  jobs/tickets.yaml
                    job: tickets
                    left: desk
                    right: portal
                    syncs:
                      tickets:
                        left: tickets
                        right: requests
                        fields:
                          - status <-> state:
                              values: {New: open, In Progress: doing, Waiting: doing}
                              to_left: {doing: In Progress}
                  $ lockstep check

                """)
    }

    @Test("what cannot be seen is told by its escape, and what is long is cut")
    func awkward() async throws {
        #expect(try await explain(["tab-in-indentation"]).output.contains("\n    \\ttickets: {left: tickets"))
        #expect(try await explain(["forbidden-character"]).output.contains("'Spam\\u{7}'"))
        let long = try await explain(["expression-too-long"]).output
        #expect(long.utf8.count < 4000)
        #expect(long.contains("filter: id in [100000, 100001") && long.contains("…"))
    }

    @Test("no page is wider than 80 columns, or than a narrow terminal", arguments: PageTests.codes.sorted())
    func fits(code: String) async throws {
        for columns in [nil, 80, 60] {
            let output = try await explain([code], columns: columns).output
            #expect(output.hasPrefix(code) || output.hasPrefix("\u{1B}"))
            let plain = output.replacing(/\u{1B}\[[0-9;]*m/, with: "")
            for line in plain.split(separator: "\n") {
                #expect(line.unicodeScalars.count <= columns ?? 80, "\(line)")
                #expect(!line.hasSuffix(" "), "\(line)")
            }
            #expect(!plain.contains("\n\n\n"))
        }
        // What makes the difference is seen.
        let isMeantLong = ["too-deep", "too-many-aliases", "expression-too-long", "expression-too-deep"].contains(code)
        let shown = try #require(Pages.page(of: code)).right.shown
        for text in shown.map(\.text) + (isMeantLong ? [] : try #require(Pages.page(of: code)).wrong.shown.map(\.text))
        {
            let lines = text.split(separator: "\n")
            #expect(lines.count <= 24 && lines.allSatisfy { $0.unicodeScalars.count <= 76 })
        }
    }

    @Test("without a code all are listed, by subject")
    func list() async throws {
        let (end, output, errors) = try await explain([])
        #expect(end == .inStep)
        #expect(errors == "")
        #expect(output.hasPrefix("YAML\n  yaml-syntax  "))
        for page in Pages.all { #expect(output.contains("\n  \(page.code) ")) }
        #expect(output.hasSuffix("\n\n'lockstep explain CODE' tells more of one\n"))
        for line in try await explain([], columns: 80).output.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(
            separator: "\n")
        {
            #expect(line.unicodeScalars.count <= 80, "\(line)")
        }
    }

    @Test("programs get all codes, and a page with its files and findings")
    func json() async throws {
        let list = try JSON.parse(Array(try await explain(["--format", "json"]).output.utf8))
        let codes = try #require(list.object?["codes"]?.list).compactMap { $0.object?["code"]?.text }
        #expect(codes == Pages.all.map(\.code))

        let page = try #require(
            try JSON.parse(Array(try await explain(["duplicate-row", "--format", "json"]).output.utf8)).object)
        #expect(page["severity"] == .text("error"))
        #expect(page["meaning"] == .text("a table has two rows for the same value"))
        let wrong = try #require(page["wrong"]?.object)
        #expect(wrong["command"] == .text("lockstep check"))
        #expect(wrong["files"]?.list?.first?.object?["path"] == .text("jobs/tickets.yaml"))
        let found = try #require(wrong["diagnostics"]?.list?.first?.object)
        #expect(found["code"] == .text("duplicate-row"))
        #expect(found["line"] == .int(9))
        #expect(page["right"]?.object?["diagnostics"] == nil)
    }

    @Test(
        "what is no code is refused, with what may have been meant",
        arguments: [
            ("no-way-bak", "there is no code 'no-way-bak'; did you mean 'no-way-back'?"),
            ("xyzzy", "there is no code 'xyzzy'; 'lockstep explain' lists all codes"),
            (
                "parent-not-linked",
                "'parent-not-linked' is no code of a message but a cause, which 'lockstep why' names"
            ),
        ])
    func unknown(code: String, message: String) async throws {
        let (end, output, errors) = try await explain([code])
        #expect(end == .usage)
        #expect(output == "")
        #expect(errors.hasPrefix("Error: " + message), "\(errors)")
    }

    @Test("every cause that the catalogue of causes has is known, so that nobody searches it among the codes")
    func causes() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Causes")
        var names: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                guard let match = line.wholeMatch(of: /cause: ([a-z-]+)( at .*)?/) else { continue }
                names.insert(String(match.1))
            }
        }
        #expect(names.count > 20)
        #expect(names.subtracting(Cause.allCases.map(\.name)).sorted() == [])
    }
}
