import TestServers
import Testing

@testable import lockstep

/// `lockstep connector test` against the systems themselves.
@Suite("Systems keep the contract of connectors")
struct ContractTests {
    /// - Parameter broken: the clauses that the server is known to break.
    private func check(
        _ line: String, _ arguments: [String], secret: String = "adminpw", broken: [String] = []
    ) async throws {
        let folder = try SystemFolder(line, secret: secret)
        let (end, output) = await folder.run(["connector", "test", "desk", "--yes"] + arguments)
        let failed = output.split(separator: "\n").filter { $0.hasPrefix("  FAIL  ") }
        let unknown = failed.filter { line in !broken.contains { line.hasPrefix("  FAIL  \($0)") } }
        #expect(unknown.isEmpty, "\(output)")
        #expect(failed.count == broken.count * headings(output), "\(output)")
        #expect(end == (broken.isEmpty ? .inStep : .needsSomeone), "\(output)")
        #expect(output.contains("  ok    a create gives an id, and the record comes back by it and in the list\n"))
        #expect(output.contains("  ok    nothing is left behind\n"))
        #expect(!output.contains("adminpw"))
    }

    private func headings(_ output: String) -> Int { output.split(separator: "\n").count { $0.hasPrefix("desk/") } }

    @Test(
        "Redmine keeps it: issues and comments",
        .enabled(if: ServerKind.redmine.isThere, "redmine is not installed: Tests/Servers/install"))
    func redmine() async throws {
        let scratch = try await ScratchCollection.make(of: .redmine)
        try await check(
            scratch.server.connection("desk", "redmine", "api_key: \"${SECRET}\", project: \(scratch.name)"),
            ["--set", "project=\(scratch.name)"], secret: "0123456789abcdef0123456789abcdef01234567")
    }

    @Test(
        "Roundup keeps it: issues and comments",
        .enabled(if: ServerKind.roundup.isThere, "roundup is not installed: Tests/Servers/install"))
    func roundup() async throws {
        let server = try await RunningServer.start(.roundup)
        try await check(server.connection("desk", "roundup", "user: admin, password: \"${SECRET}\""), [])
        try await server.stop()
    }

    @Test(
        "Kinto keeps it: any collection",
        .enabled(if: ServerKind.kinto.isThere, "kinto is not installed: Tests/Servers/install"))
    func kinto() async throws {
        let scratch = try await ScratchCollection.make(of: .kinto)
        try await check(
            scratch.server.connection("desk", "kinto", "user: admin, password: \"${SECRET}\", bucket: main"),
            [scratch.name, "--field", "title", "--field", "status"])
    }

    @Test(
        "django-helpdesk keeps it: tickets and their follow-ups",
        .enabled(if: ServerKind.djhelpdesk.isThere, "django-helpdesk is not installed: Tests/Servers/install"))
    func helpdesk() async throws {
        let server = try await RunningServer.start(.djhelpdesk)
        let ticket = #"{"queue": 1, "priority": 3, "title": "One", "description": "d"}"#
        #expect(try await server.ask("POST", "/tickets/", body: ticket).status == 201)
        try await check(
            server.connection("desk", "django-helpdesk", "user: admin, password: \"${SECRET}\""),
            ["--set", "queue=1", "--set", "ticket=1"])
        try await server.stop()
    }

    @Test(
        "an imitation of Jira keeps it: issues and comments; it asks nobody for credentials",
        .enabled(if: ServerKind.jira820.isThere, "jira820 is not installed: Tests/Servers/install"))
    func jira() async throws {
        let server = try await RunningServer.start(.jira820)
        try await check(
            server.connection("desk", "jira-datacenter", "user: admin, password: \"${SECRET}\", project: SYNC"),
            ["--set", "type=Task"],
            broken: ["credentials that nobody has are refused, and it is told that they are"])
        try await server.stop()
    }
}

@Suite("The command that tests connectors", .enabled(if: ServerKind.kinto.isThere, "kinto is not installed"))
struct ConnectorCommandTests {
    @Test("writes to no collection that has records, unless it is told to")
    func asksFirst() async throws {
        let scratch = try await ScratchCollection.make(of: .kinto)
        let made = try await scratch.server.ask("POST", scratch.path, body: #"{"data": {"title": "theirs"}}"#)
        #expect(made.status == 201)
        let folder = try SystemFolder(
            scratch.server.connection("desk", "kinto", "user: admin, password: \"${SECRET}\", bucket: main"))
        let (end, output) = await folder.run("connector", "test", "desk", scratch.name, "--field", "title")
        #expect(end == .usage)
        #expect(
            output == """
                error: desk/\(scratch.name) has 1 records, and the test writes to it: take a scratch collection, or add '--yes'

                """)
        #expect(try await scratch.server.ask("GET", scratch.path).body.contains("theirs"))
    }

    @Test("tests only what has a definition, and connections that there are")
    func refuses() async throws {
        let folder = try SystemFolder("  files: {type: csv, path: .}\n")
        let builtIn = await folder.run("connector", "test", "files", "x")
        #expect(builtIn.end == .usage)
        #expect(builtIn.output.contains("the connector of 'files' is built in"))
        let none = await folder.run("connector", "test", "fils", "x")
        #expect(none.end == .usage)
        #expect(none.output.contains("no connection 'fils'"))
        #expect(none.output.contains("did you mean 'files'?"))
    }

    @Test("a clause that is broken is told, and gives 1")
    func tells() async throws {
        let scratch = try await ScratchCollection.make(of: .kinto)
        let folder = try SystemFolder(
            "  desk: {type: broken, url: \"\(scratch.server.url)\", user: admin, password: \"${SECRET}\"}\n")
        let records = "/v1/buckets/main/collections/\(scratch.name)/records"
        try folder.write(
            "jobs/connectors/broken.yaml",
            """
            connector: broken
            description: loses what it is given
            settings:
              url: {type: url, required: true}
              user: {type: text, required: true}
              password: {type: secret, required: true}
            auth: {basic: {user: settings.user, password: settings.password}}
            probe: GET \(records)
            collections:
              tasks:
                fields:
                  id: {type: text, read_only: true}
                  title: {type: text, required: true}
                list: {request: GET \(records), records: body.data}
                get: {request: "GET \(records)/{id}", record: body.data}
                create: {request: POST \(records), body: "{'data': {'title': 'always'}}", record: body.data}
                delete: {request: "DELETE \(records)/{id}"}

            """)
        let (end, output) = await folder.run("connector", "test", "desk", "tasks", "--format", "json")
        #expect(end == .needsSomeone, "\(output)")
        #expect(output.contains(#""holds":false"#), "\(output)")
        #expect(output.contains(#""verdict":"broken""#), "\(output)")
        #expect(output.contains(#"{"clause":"nothing is left behind","verdict":"kept","reason":null}"#), "\(output)")
    }
}
