import Diagnostics
import FileIO
import Runner
import TestKit
import Testing
import Values

@testable import lockstep

@Suite("Plans against other job files")
struct PlanAgainstTests {
    private func git(_ words: [String], in world: TestWorld) throws {
        let answer = try Program.run(
            ["git", "-C", world.folder.path, "-c", "user.name=Ada", "-c", "user.email=ada@example.org"] + words)
        try #require(answer.status == 0, "\(answer.output)")
    }

    /// Six tickets and their requests, in step, with their job files committed.
    private func committed(filter: String = "") async throws -> TestWorld {
        let world = try TestWorld(withSmallJob: ())
        try world.write("jobs/helpdesk.yaml", Self.job(filter: filter))
        let rows = (1...6).map { "\($0),Title \($0),\($0 % 2 == 0 ? "low" : "high"),open\n" }
        try world.write("desk/tickets.csv", "id,title,priority,status\n" + rows.joined())
        try world.write("portal/requests.jsonl", "")
        try git(["init", "-q"], in: world)
        try git(["add", "jobs"], in: world)
        try git(["commit", "-q", "-m", "jobs"], in: world)
        let captured = CapturedConsole()
        #expect(await world.run(["run"], on: captured.console) == .inStep)
        #expect(captured.text(.output).contains("6 created on the right") || !filter.isEmpty)
        return world
    }

    private static func job(
        filter: String = "", rows: String = "low: 1, high: 2", more: String = "", limits: String = ""
    ) -> String {
        """
        job: helpdesk
        left: desk
        right: portal
        syncs:
          tickets:
            left:
              collection: tickets
              \(filter.isEmpty ? "" : "filter: \(filter)")
            right: requests
            match: id <-> number
            \(limits)
            fields:
              - id <-> number
              - title <-> subject
              - priority <-> urgency: {values: {\(rows)}}
              \(more)

        """
    }

    private func told(
        _ words: [String], _ world: TestWorld, ends: CommandEnd = .inStep
    ) async -> (output: String, errors: String) {
        let captured = CapturedConsole()
        #expect(await world.run(["plan"] + words, on: captured.console) == ends)
        return (world.shown(captured.text(.output)), world.shown(captured.text(.errors)))
    }

    @Test("job files that are the same make no difference")
    func same() async throws {
        let world = try await committed()
        #expect(await told(["--against", "HEAD", "--detailed-exitcode"], world).output == "no difference\n")
        #expect(await told(["--against", "@/jobs", "--detailed-exitcode"], world).output == "no difference\n")
    }

    private static let connector = """
        connector: mine
        description: A system of our own
        settings:
          url: {type: url, required: true, description: "Where."}
        probe: GET /
        collections:
          items:
            fields:
              id: {type: text, read_only: true}
            list: {request: GET /items, records: body}

        """

    @Test("job files know the connectors of their folder, as those of a revision know the ones of that")
    func ownConnectors() async throws {
        let world = try await committed()
        try world.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: csv, path: '@/desk'}
              portal: {type: jsonl, path: '@/portal'}
              spare: {type: mine, url: 'https://mine.example'}
            """)
        try world.write("jobs/connectors/mine.yaml", Self.connector)
        let schema = CapturedConsole()
        #expect(await world.run(["schema", "connections", "--jobs", "@/jobs"], on: schema.console) == .inStep)
        #expect(schema.text(.output).contains(#""mine""#))
        try git(["add", "jobs"], in: world)
        try git(["commit", "-q", "-m", "a connector"], in: world)
        let (output, errors) = await told(["--against", "HEAD", "--detailed-exitcode"], world)
        #expect(output == "no difference\n")
        #expect(!errors.contains("connector"))
    }

    @Test("of a narrower filter it tells which records leave the scope, and touches neither data nor state")
    func narrower() async throws {
        let world = try await committed()
        try world.write("jobs/helpdesk.yaml", Self.job(filter: "priority == 'low'"))
        try FileTree.age(world.folder.path)
        let before = try FileTree.identities(world.folder.path)
        let output = await told(["--against", "HEAD"], world).output
        #expect(
            output == """
                helpdesk/tickets:
                  3 records leave the scope on the left (6 before, 3 now): 1, 3, 5
                1 of 1 sync differs

                """)
        #expect(await told(["--against", "HEAD", "--detailed-exitcode"], world, ends: .planNotEmpty).output == output)
        #expect(try FileTree.identities(world.folder.path) == before)
    }

    @Test("of a wider filter it tells which records enter the scope, and what is written for them")
    func wider() async throws {
        let world = try await committed(filter: "priority == 'low'")
        try world.write("jobs/helpdesk.yaml", Self.job(filter: "int(id) != 1"))
        let output = await told(["--against", "HEAD"], world).output
        #expect(output.contains("  2 records enter the scope on the left (3 before, 5 now): 3, 5\n"))
        #expect(output.contains("  2 new creates on the right\n"))
        #expect(!output.contains("leave"))
    }

    @Test("a row of a table that is new changes what is written, and ends what was held")
    func tableRow() async throws {
        let world = try await committed()
        let text = try #require(try world.read("desk/tickets.csv"))
        try world.write("desk/tickets.csv", text.replacing("4,Title 4,low", with: "4,Title 4,urgent"))
        try world.write("jobs/helpdesk.yaml", Self.job(rows: "low: 1, high: 2, urgent: 3"))
        let output = await told(["--against", "HEAD"], world).output
        #expect(output.contains("  1 new update on the right\n"))
        #expect(output.contains("      urgency: 1 → 3\n"))
        #expect(output.contains("  1 hold gone\n"))
        #expect(!output.contains("scope"))
    }

    @Test("a field that is written from now on, or no longer, is named with its side")
    func fields() async throws {
        let world = try await committed()
        try world.write("jobs/helpdesk.yaml", Self.job(more: "- status -> state"))
        let output = await told(["--against", "HEAD"], world, ends: .brake).output
        #expect(output.contains("  6 new updates on the right\n"))
        #expect(output.contains("    and 1 more\n"))
        #expect(output.contains("  newly written on the right: state\n"))
        let connections = try #require(try world.read("jobs/connections.yaml"))
        try world.write("former/connections.yaml", connections.replacing("path: '", with: "path: '@/"))
        try world.write("former/helpdesk.yaml", Self.job(more: "- status -> state"))
        try world.write("jobs/helpdesk.yaml", Self.job())
        let back = await told(["--against", "@/former"], world).output
        #expect(back.contains("  6 updates on the right no longer made\n"))
        #expect(back.contains("  no longer written on the right: state\n"))
        #expect(back.contains("  no brake any more: 6 updates on the right, and the limit is "))
    }

    @Test("a sync that is gone, and one that is new, are told with all their records")
    func syncs() async throws {
        let world = try await committed()
        try world.write("jobs/helpdesk.yaml", Self.job().replacing("  tickets:\n", with: "  cases:\n"))
        let output = await told(["--against", "HEAD"], world).output
        #expect(output.contains("helpdesk/cases: added\n"))
        #expect(output.contains("helpdesk/tickets: removed: it is no longer kept in step, and its links stay as"))
        #expect(output.contains("  6 records leave the scope on the right (6 before, 0 now): "))
        #expect(output.contains("2 of 2 syncs differ\n"))
    }

    @Test("a brake that would stop it now is told, and is the end of the command; one that stood before is not")
    func brakes() async throws {
        let world = try await committed()
        try world.write(
            "jobs/helpdesk.yaml", Self.job(more: "- status -> state", limits: "limits: {updates: 2}"))
        let output = await told(["--against", "HEAD"], world, ends: .brake).output
        #expect(output.contains("  a brake would stop it: 6 updates on the right, and the limit is 2\n"))
        #expect(await told(["--against", "@/jobs"], world).output == "no difference\n")
    }

    @Test("answers for programs have every count")
    func json() async throws {
        let world = try await committed()
        try world.write("jobs/helpdesk.yaml", Self.job(filter: "priority == 'low'"))
        let answer = try JSON.parse(Array(await told(["--against", "HEAD", "--format", "json"], world).output.utf8))
        func value(_ path: String) -> Value? {
            guard case .object(let object) = answer, case .list(let syncs)? = object["syncs"],
                case .object(let sync)? = syncs.first
            else { return nil }
            return sync.value(at: FieldPath(steps: path.split(separator: ".").map(String.init), text: path))
        }
        #expect(value("scope.left.leave.count") == .int(3))
        #expect(value("scope.left.before") == .int(6))
        #expect(value("scope.left.leave.sample") == .list([.text("1"), .text("3"), .text("5")]))
        #expect(value("scope.right.leave.count") == .int(0))
        #expect(value("isDifferent") == .bool(true))
    }

    @Test("a comment for a pull request has the counts open and the records folded")
    func markdown() async throws {
        let world = try await committed()
        try world.write("jobs/helpdesk.yaml", Self.job(more: "- status -> state"))
        let text = await told(["--against", "HEAD", "--format", "markdown"], world, ends: .brake).output
        #expect(text.hasPrefix(AgainstMarkdown.marker + "\n## Lockstep plan against <code>HEAD</code>\n"))
        #expect(text.contains("\n- 6 new updates on the right\n"))
        #expect(text.contains("<summary>6 new updates on the right</summary>"))
        #expect(text.contains("\nand 1 more\n"))
        #expect(text.split(separator: "<details>").count == text.split(separator: "</details>").count)
    }

    @Test(
        "names that are no revision are refused, and run nothing",
        arguments: ["--output=x", "$(touch x)", "a b", "`x`"])
    func hostile(name: String) async throws {
        let world = try await committed()
        let errors = await told(["--against=\(name)"], world, ends: .usage).errors
        #expect(errors.contains("'\(name)' is neither a folder nor a revision in the repository of jobs: git: fatal:"))
        #expect(!Disk().exists(world.folder.path + "/x"))
        #expect(!Disk().exists("x"))
    }

    @Test("without a repository only a folder can be named")
    func noRepository() async throws {
        let world = try TestWorld(withSmallJob: ())
        let errors = await told(["--against", "HEAD"], world, ends: .usage).errors
        #expect(
            errors.contains(
                "'HEAD' is neither a folder nor a revision in the repository of jobs: git: fatal: not a git"))
    }

    @Test("a mistake in the files of a revision is told by its name there, and other jobs are compared")
    func mistakes() async throws {
        let world = try await committed()
        try world.write("jobs/other.yaml", "job: other\nleft: nowhere\n")
        try git(["add", "jobs"], in: world)
        try git(["commit", "-q", "-m", "wrong"], in: world)
        try world.remove("jobs/other.yaml")
        try world.write("jobs/helpdesk.yaml", Self.job(filter: "priority == 'low'"))
        let (output, errors) = await told(["--against", "HEAD"], world, ends: .jobFile)
        #expect(errors.contains("HEAD:jobs/other.yaml:"))
        #expect(output.contains("3 records leave the scope on the left"))
        #expect(output.hasSuffix("1 of 1 sync differs; not all was compared: the job files of 'HEAD' have mistakes\n"))
    }

    @Test("where the job files of a revision have mistakes, nobody is told that nothing differs")
    func allMistaken() async throws {
        let world = try await committed()
        try world.write("jobs/helpdesk.yaml", Self.job().replacing("right: portal", with: "right: nowhere"))
        try git(["commit", "-q", "-a", "-m", "wrong"], in: world)
        try world.write("jobs/helpdesk.yaml", Self.job())
        let sentence = "not compared: the job files of 'HEAD' have mistakes"
        let (output, errors) = await told(["--against", "HEAD"], world, ends: .jobFile)
        #expect(output == sentence + "\n")
        #expect(errors.contains("[unknown-connection]"))
        let object = await told(["--against", "HEAD", "--format", "json"], world, ends: .jobFile).output
        #expect(object.contains("\"isDifferent\":null"))
        let page = await told(["--against", "HEAD", "--format", "markdown"], world, ends: .jobFile).output
        #expect(page.contains("**\(sentence.replacing(":", with: "&#58;"))**"))
        try world.write("jobs/helpdesk.yaml", Self.job().replacing("right: portal", with: "right: nowhere"))
        let both = await told(["--against", "HEAD"], world, ends: .jobFile).output
        #expect(both == "not compared: the job files, and those of 'HEAD', have mistakes\n")
    }

    @Test("tables that job files name are those of the revision")
    func tables() async throws {
        let world = try await committed()
        try world.write("jobs/maps/urgency.csv", "left,right\nlow,1\nhigh,2\n")
        let job = Self.job().replacing("values: {low: 1, high: 2}", with: "values: {file: maps/urgency.csv}")
        try world.write("jobs/helpdesk.yaml", job)
        try git(["add", "jobs"], in: world)
        try git(["commit", "-q", "-m", "table"], in: world)
        #expect(await told(["--against", "HEAD"], world).output == "no difference\n")
        try world.write("jobs/maps/urgency.csv", "left,right\nlow,1\nhigh,5\n")
        let text = try #require(try world.read("desk/tickets.csv"))
        try world.write("desk/tickets.csv", text.replacing("2,Title 2,low", with: "2,Title 2,high"))
        let output = await told(["--against", "HEAD"], world).output
        #expect(output.contains("  1 update on the right with other values\n"))
        #expect(output.contains(" → \"5\"\n") || output.contains(" → 5\n"))
    }

    @Test("a side that cannot be read is told for its sync, and others are compared")
    func unreadable() async throws {
        let world = try await committed()
        try world.write(
            "jobs/second.yaml",
            """
            job: second
            left: desk
            right: portal
            syncs:
              people:
                left: people
                right: persons
                fields: [id <-> number]
            """)
        let (output, _) = await told(["--against", "HEAD"], world, ends: .files)
        #expect(output.contains("second/people: added\n  now: failed: "))
        #expect(output.contains("could not be compared\n"))
    }
}
