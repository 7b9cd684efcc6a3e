import FileIO
import Runner
import TestKit
import Testing

@testable import lockstep

/// `lockstep ingest`, as a receiver of webhooks calls it.
struct IngestCommandTests {
    private static let issue = #"{"object_kind":"issue","project":{"id":3},"object_attributes":{"iid":5}}"#

    private func jobs() throws -> TestWorld {
        let world = try TestWorld()
        try world.make(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: gitlab, project: '3', token: "${TOKEN}", webhook_secret: "${HOOK_SECRET}"}
              shop: {type: csv, path: data}

            """)
        try world.make(
            "jobs/crm.yaml",
            """
            job: crm
            left: desk
            right: shop
            syncs:
              issues: {left: issues, right: issues, direction: left-to-right, match: iid <-> iid, fields: [iid <-> iid]}
              notes: {left: notes, right: notes, direction: left-to-right, match: id <-> id, fields: [id -> id]}

            """)
        return world
    }

    private func ingest(
        _ world: TestWorld, _ arguments: [String], body: String? = issue,
        variables: [String: String] = ["HOOK_SECRET": "t0ken-1", "SENT": "t0ken-1", "EMPTY": ""]
    ) async -> (end: CommandEnd, output: String, errors: String) {
        var real = world.world
        real.environment = { variables[$0] }
        real.input = { most in body.map { Array(Array($0.utf8).prefix(most)) } }
        let captured = CapturedConsole()
        let folders = ["--jobs", world.folder.path + "/jobs", "--state", world.folder.path + "/.lockstep"]
        let end = await Lockstep.run(["ingest"] + arguments + folders, world: real, console: captured.console)
        return (end, captured.text(.output), world.shown(captured.text(.errors)))
    }

    private func files(_ world: TestWorld) -> [String] {
        (try? Disk().list(world.folder.path + "/.lockstep/crm/issues/inbox")) ?? []
    }

    @Test("an event is taken with its headers, from the command line or the environment")
    func taken() async throws {
        let world = try jobs()
        let first = await ingest(
            world, ["crm/issues", "left", "--header", "x-gitlab-TOKEN:  t0ken-1", "--header", "X-A: b"])
        #expect(first == (.inStep, "crm/issues left: 1 record to be read by the next run\n", ""))
        let second = await ingest(
            world,
            [
                "crm/issues", "left", "--header-from", "X-Gitlab-Token=SENT", "--header-from", "X-B=EMPTY", "--format",
                "json",
            ])
        #expect(second.end == .inStep)
        #expect(second.output == #"{"version":1,"sync":"crm/issues","side":"left","records":1,"isNew":true}"# + "\n")
        #expect(files(world).count == 2)
        for file in files(world) {
            let kept = try world.folder.text(".lockstep/crm/issues/inbox/" + file)
            #expect(kept.contains("5") && !kept.contains("t0ken"))
        }
    }

    @Test("an event that is about no record is none of its business, and no failure")
    func ping() async throws {
        let world = try jobs()
        let told = await ingest(
            world, ["crm/issues", "left", "--header-from", "X-Gitlab-Token=SENT"], body: #"{"object_kind":"push"}"#)
        #expect(told == (.inStep, "crm/issues left: the event is about no record of it\n", ""))
        let quiet = await ingest(
            world, ["crm/issues", "left", "-q", "--header-from", "X-Gitlab-Token=SENT"], body: "{}")
        #expect(quiet == (.inStep, "", ""))
        #expect(files(world) == [])
    }

    private static let wrong: [([String], String?, CommandEnd, String)] = [
        (
            ["crm/issues", "left", "--header", "X-Gitlab-Token: t0ken-2"], issue, .needsSomeone,
            "crm/issues left: the event is not the system's own: X-Gitlab-Token does not have the secret"
        ),
        (
            ["crm/issues", "left"], issue, .needsSomeone,
            "crm/issues left: the event has no header X-Gitlab-Token. Give the headers that came with it: --header 'X-Gitlab-Token: …'"
        ),
        (
            ["crm/issues", "left", "--header-from", "X-Gitlab-Token=SENT"], "{", .needsSomeone,
            "crm/issues left: the event is no JSON"
        ),
        (
            ["crm/issues", "left", "--header-from", "X-Gitlab-Token=SENT"],
            #"{"object_kind":"issue","project":{"id":3},"object_attributes":{"iid":{}}}"#, .jobFile,
            "crm/issues left: what the connector finds in the event is no id of a record of 'issues'"
        ),
        (
            ["crm/issues", "right"], issue, .usage,
            "crm/issues right: the connector 'csv' does not say what an event is about that concerns 'issues': it has no 'webhook' there"
        ),
        (["crm", "left"], issue, .usage, "'crm' has 2 syncs: name one of them, 'crm/issues' or 'crm/notes'"),
        (["crm/other", "left"], issue, .usage, "no job or sync 'crm/other' in jobs; did you mean 'crm/notes'?"),
        (["crm/issues", "left"], nil, .files, "standard input cannot be read"),
    ]

    @Test("what is not taken says why, and leaves nothing behind", arguments: wrong.indices)
    func refused(number: Int) async throws {
        let (arguments, body, end, message) = Self.wrong[number]
        let world = try jobs()
        let told = await ingest(world, arguments, body: body)
        #expect(told.end == end)
        #expect(told.output == "")
        #expect(told.errors == "error: \(message)\n")
        #expect(files(world) == [])
    }

    @Test("a secret that is not there is told of at its line")
    func noSecret() async throws {
        let world = try jobs()
        let told = await ingest(world, ["crm/issues", "left", "--header", "X-Gitlab-Token: a"], variables: [:])
        #expect(told.end == .jobFile)
        #expect(
            told.errors.hasPrefix("jobs/connections.yaml:2:73: error: the environment variable HOOK_SECRET is not set"))
    }

    @Test(
        "a wrong command line says so, and shows no value",
        arguments: [
            ["--header", "t0ken-9"], ["--header", ": t0ken-9"], ["--header-from", "t0ken-9"],
            ["--header-from", "=t0ken-9"],
        ])
    func wrongLine(arguments: [String]) async throws {
        let told = await ingest(try jobs(), ["crm/issues", "left"] + arguments)
        #expect(told.end == .usage)
        #expect(!told.errors.contains("write") || !told.errors.contains("syncs"))
        let named = await ingest(try jobs(), ["crm/issues", "up"])
        #expect(named.end == .usage)
    }

    @Test("what waits is seen in 'status'")
    func seen() async throws {
        let world = try jobs()
        func told(_ arguments: [String]) async -> String {
            let captured = CapturedConsole()
            _ = await world.run(arguments, on: captured.console)
            return captured.text(.output)
        }
        #expect(await !told(["status"]).contains("events of"))
        _ = await ingest(world, ["crm/issues", "left", "--header-from", "X-Gitlab-Token=SENT"])
        #expect(await told(["status"]).contains("events of 1 record wait; the first came just now"))
        #expect(await told(["status"]).contains("lockstep run crm/issues --events"))
        #expect(
            await told(["status", "--format", "json"]).contains(
                #""events":{"records":1,"since":"2026-11-21T10:00:00Z"}"#))
    }

    @Test("with '--events' nothing else runs")
    func nothingWaits() async throws {
        let world = try jobs()
        let captured = CapturedConsole()
        #expect(await world.run(["run", "--events", "-v"], on: captured.console) == .inStep)
        #expect(captured.text(.output) == "crm/issues: not due\ncrm/notes: not due\n")
        for other in [["--now"], ["--dry-run"], ["--only", "left:5"]] {
            #expect(
                await world.run(["run", "crm/issues", "--events"] + other, on: CapturedConsole().console) == .usage)
        }
    }
}
