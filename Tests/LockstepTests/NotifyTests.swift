import Runner
import Synchronization
import TestKit
import Testing
import Values

@testable import lockstep

/// What the commands say of those who are told.
@Suite("Notifiers on the command line") struct NotifyTests {
    /// The small job with notifiers, and a parcel service that takes everything or nothing.
    private final class Desk: Sendable {
        let world: TestWorld
        let parcels = Mutex<[Parcel]>([])
        let end: ParcelEnd

        init(_ notify: String, end: ParcelEnd = ParcelEnd(.exited(0))) throws {
            self.end = end
            world = try TestWorld(withSmallJob: ())
            let connections = try world.folder.text("jobs/connections.yaml")
            try world.write("jobs/connections.yaml", connections + "\nnotify:\n" + notify + "\n")
        }

        func run(_ arguments: String...) async -> (end: CommandEnd, output: String, errors: String) {
            let captured = CapturedConsole()
            var world = self.world.world
            world.deliver = { parcel in
                self.parcels.withLock { $0.append(parcel) }
                return self.end
            }
            let folder = self.world.folder.path
            let end = await Lockstep.run(
                arguments + ["--jobs", folder + "/jobs", "--state", folder + "/.lockstep"], world: world,
                console: captured.console)
            return (end, captured.text(.output), captured.text(.errors))
        }

        var texts: [String] { parcels.withLock { $0.map { String(decoding: $0.input, as: UTF8.self) } } }
    }

    private static let pager = "  - {name: pager, to: {command: [page, ops]}, on: [run_failed, recovered, job_changed]}"

    @Test("a test message is sent by the one notifier that is named, and its end is said")
    func test() async throws {
        let desk = try Desk(Self.pager + "\n  - {to: {command: [other]}, on: held}")
        let said = await desk.run("notify", "test", "pager")
        #expect(said.end == .inStep)
        #expect(said.output == "the notifier 'pager' was told\n")
        #expect(desk.parcels.withLock { $0.map { [$0.program] + $0.arguments } } == [["page", "ops"]])
        #expect(desk.texts.first?.hasPrefix("This is a test message of Lockstep on ") == true)
        let json = await desk.run("notify", "test", "pager", "--format", "json")
        #expect(json.output == #"{"version":1,"notifier":"pager","told":true,"problem":null}"# + "\n")
    }

    @Test("a test message that does not arrive exits with 4, and says why")
    func testFails() async throws {
        let desk = try Desk(Self.pager, end: ParcelEnd(.exited(2), output: "no such pager\n"))
        let said = await desk.run("notify", "test", "pager")
        #expect(said.end == .brokenConnection)
        #expect(said.errors == "error: the notifier 'pager' could not be told: page ended with 2: no such pager\n")
    }

    @Test("a name that no notifier has is a wrong command line, and a notifier with a mistake a wrong file")
    func unknown() async throws {
        let desk = try Desk(Self.pager)
        let said = await desk.run("notify", "test", "slack")
        #expect(said.end == .usage)
        #expect(said.errors == "error: no notifier is called 'slack'; there are 'pager'\n")
        let wrong = try Desk("  - {name: pager, to: {command: [page]}, on: brakes}")
        let refused = await wrong.run("notify", "test", "pager")
        #expect(refused.end == .jobFile)
        #expect(refused.errors.contains("did you mean 'brake'?"))
    }

    @Test("a notifier that cannot be told changes no exit code, and stands in status until it is told")
    func broken() async throws {
        let desk = try Desk(Self.pager, end: ParcelEnd(.notStarted("No such file or directory")))
        #expect(await desk.run("run").end == .inStep)
        #expect(desk.texts.isEmpty)
        try desk.world.write("jobs/other.yaml", "job: other\nleft: desk\n")
        let said = await desk.run("run")
        #expect(said.end == .jobFile)
        let problem = "the notifier 'pager' could not be told: page cannot be started: No such file or directory"
        #expect(said.errors.hasSuffix("error: \(problem)\n"))
        #expect(desk.texts.first?.hasPrefix("other: failed\n  its job file is wrong: ") == true)
        let status = await desk.run("status", "helpdesk")
        #expect(
            status.output.hasSuffix(
                "\nthe notifier 'pager' could not be told since 2026-11-21T10:00:00Z: page cannot be started: No such file or directory\n"
            ))
        let json = await desk.run("status", "helpdesk", "--format", "json")
        #expect(json.output.contains(#""brokenNotifiers":[{"name":"pager","since":"2026-11-21T10:00:00Z","problem":"#))
    }

    @Test("a heartbeat hears that a run begins, and then how it ended")
    func heartbeat() async throws {
        let desk = try Desk("  - {to: {heartbeat: 'http://127.0.0.1:1/x'}}")
        #expect(await desk.run("run").end == .inStep)
        try desk.world.write("jobs/other.yaml", "job: other\nleft: desk\n")
        #expect(await desk.run("run").end == .jobFile)
        let paths = desk.texts.compactMap { $0.firstMatch(of: /url = "http:\/\/127.0.0.1:1(.*)\?rid=/)?.1 }
        #expect(paths == ["/x/start", "/x", "/x/start", "/x/65"])
    }

    @Test("a saved plan that is applied is told of as a run is: to heartbeats, and what is new to all others")
    func apply() async throws {
        let notify = "  - {to: {heartbeat: 'http://127.0.0.1:1/x'}}\n  - {to: {command: [page]}, on: held}"
        let desk = try Desk(notify)
        let connections = try desk.world.folder.text("jobs/connections.yaml")
        try desk.world.write("jobs/connections.yaml", connections.replacing("notify:\n" + notify, with: ""))
        let requests = try desk.world.folder.text("portal/requests.jsonl")
        try desk.world.write("portal/requests.jsonl", requests + requests.replacing(#""id":7"#, with: #""id":9"#))
        #expect(await desk.run("run").end == .needsSomeone)
        try desk.world.write("jobs/connections.yaml", connections)
        try desk.world.write("desk/tickets.csv", "id,title\n1,VPN down\n2,Printer is hot\n")
        let plan = desk.world.folder.path + "/plan.json"
        #expect(await desk.run("plan", "--out", plan).end == .inStep)
        #expect(desk.texts.isEmpty)
        #expect(await desk.run("apply", plan).end == .inStep)
        #expect(desk.texts.count == 3)
        #expect(desk.texts.first?.contains(#"url = "http://127.0.0.1:1/x/start?rid="#) == true)
        #expect(desk.texts.contains { $0.contains(#"url = "http://127.0.0.1:1/x?rid="#) })
        let page = desk.texts.first { !$0.hasPrefix("url") }
        #expect(page?.hasPrefix("helpdesk/tickets: 3 records held\n") == true, "\(page ?? "")")
        // A plan with nothing to do makes no run.
        #expect(await desk.run("plan", "--out", plan).end == .inStep)
        #expect(await desk.run("apply", plan).end == .inStep)
        #expect(desk.texts.count == 3)
    }

    @Test("a saved plan that cannot be applied is no run, and nobody is told")
    func applyRefused() async throws {
        let desk = try Desk("  - {to: {heartbeat: 'http://127.0.0.1:1/x'}}")
        let plan = desk.world.folder.path + "/plan.json"
        #expect(await desk.run("plan", "--out", plan).end == .inStep)
        let job = try desk.world.folder.text("jobs/helpdesk.yaml")
        try desk.world.write("jobs/helpdesk.yaml", job.replacing("      - id <-> number\n", with: ""))
        #expect(await desk.run("apply", plan).end == .needsSomeone)
        #expect(desk.texts.isEmpty)
    }

    @Test("a run that only shows what it would do tells nobody")
    func dryRun() async throws {
        let desk = try Desk("  - {to: {command: [page]}, on: held}\n  - {to: {heartbeat: 'http://127.0.0.1:1/x'}}")
        #expect(await desk.run("run", "--dry-run").end == .inStep)
        #expect(await desk.run("plan").end == .inStep)
        #expect(desk.texts.isEmpty)
    }
}
