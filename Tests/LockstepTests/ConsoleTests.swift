import FileIO
import Glibc
import Model
import Runner
import Synchronization
import TestKit
import Testing

@testable import lockstep

struct ConsoleTests {
    @Test("a reader that went away does not end a run halfway")
    func brokenPipe() async throws {
        let world = try TestWorld(withSmallJob: ())
        let captured = CapturedConsole(refusing: EPIPE)
        let status = await world.run(["run"], on: captured.console)
        #expect(status == .inStep)
        #expect(captured.all == [])
        #expect(try world.read("portal/requests.jsonl") == TestWorld.inStep)
    }

    @Test("an answer that cannot be written is a failure, though the work was done")
    func fullDisk() async throws {
        let world = try TestWorld(withSmallJob: ())
        let captured = CapturedConsole(refusing: ENOSPC)
        let status = await world.run(["run"], on: captured.console)
        #expect(status == .files)
        #expect(captured.text(.errors) == "error: cannot write the answer: No space left on device\n")
        #expect(try world.read("portal/requests.jsonl") == TestWorld.inStep)
    }

    @Test("a long plan whose reader went away ends like any other")
    func brokenPlan() async throws {
        let world = try TestWorld(withSmallJob: ())
        let captured = CapturedConsole(refusing: EPIPE)
        #expect(await world.run(["plan", "--detailed-exitcode"], on: captured.console) == .planNotEmpty)
        #expect(await world.run(["plan", "--format", "json"], on: captured.console) == .inStep)
    }

    @Test("on a terminal progress is shown, and taken away before anything else is said")
    func progress() async throws {
        let world = try TestWorld(withSmallJob: ())
        let captured = CapturedConsole(isTerminal: true)
        _ = await world.run(["run", "--color", "never"], on: captured.console)
        let erase = "\r\u{1B}[2K"
        #expect(
            captured.text(.errors)
                == [
                    erase + "helpdesk/tickets: reading", erase + "helpdesk/tickets: 3 records read, planning",
                    erase + "helpdesk/tickets: 0 of 1 write done", erase,
                ].joined())
        #expect(captured.text(.output) == "helpdesk/tickets: 1 created on the right\n")
        #expect(captured.all.last == .init(channel: .output, text: "helpdesk/tickets: 1 created on the right\n"))
    }

    @Test("a second after the first write progress has a rate, and the time that is left")
    func pace() {
        let captured = CapturedConsole(isTerminal: true)
        let clock = Mutex(ContinuousClock.now)
        let view = ProgressView(captured.console) { clock.withLock { $0 } }
        let sync = SyncName(job: "a", sync: "b")
        let steps: [(done: Int, milliseconds: Int)] = [
            (0, 0), (200, 500), (201, 10), (1_000, 490), (1_500, 2_000), (1_600, 60_000), (30_000, 1_000),
        ]
        for (done, milliseconds) in steps {
            clock.withLock { $0 += .milliseconds(milliseconds) }
            view.note(.writing(sync, done: done, of: 30_000))
        }
        let erase = "\r\u{1B}[2K"
        #expect(
            captured.text(.errors)
                == [
                    "0 of 30,000 writes done", "200 of 30,000 writes done",
                    "1,000 of 30,000 writes done, 1,000 a second, 29 s left",
                    "1,500 of 30,000 writes done, 500 a second, 57 s left",
                    "1,600 of 30,000 writes done, 25 a second, 18 min left",
                    "30,000 of 30,000 writes done, 469 a second, 0 s left",
                ].map { erase + "a/b: " + $0 }.joined())
    }

    @Test("progress that is longer than the terminal is wide is cut")
    func longProgress() {
        let captured = CapturedConsole(isTerminal: true)
        captured.console.showProgress(String(repeating: "x", count: 200))
        #expect(captured.text(.errors) == "\r\u{1B}[2K" + String(repeating: "x", count: 58) + "…")
    }

    @Test(
        "with -q, and away from a terminal, there is no progress",
        arguments: [(true, ["run", "-q"]), (false, ["run"])])
    func noProgress(isTerminal: Bool, arguments: [String]) async throws {
        let world = try TestWorld(withSmallJob: ())
        let captured = CapturedConsole(isTerminal: isTerminal)
        #expect(await world.run(arguments, on: captured.console) == .inStep)
        #expect(captured.text(.errors) == "")
    }

    @Test("a run that had nothing to do says so to a person, and nothing to cron")
    func nothingToDo() async throws {
        let world = try TestWorld(withSmallJob: ())
        _ = await world.run(["run"], on: CapturedConsole().console)
        let cron = CapturedConsole()
        #expect(await world.run(["run"], on: cron.console) == .inStep)
        #expect(cron.all == [])
        let person = CapturedConsole(isTerminal: true)
        #expect(await world.run(["run"], on: person.console) == .inStep)
        #expect(person.text(.output) == "nothing to write: 1 sync in step\n")
    }

    @Test("what is not due is said to a person")
    func notDue() async throws {
        let world = try TestWorld(withSmallJob: ())
        let job = try #require(try world.read("jobs/helpdesk.yaml"))
        try world.write("jobs/helpdesk.yaml", "schedule: every 10m\n" + job)
        _ = await world.run(["run"], on: CapturedConsole().console)
        let person = CapturedConsole(isTerminal: true)
        #expect(await world.run(["run"], on: person.console) == .inStep)
        #expect(person.text(.output) == "nothing is due\n")
    }

    @Test("a second run says who holds the lock")
    func locked() async throws {
        let world = try TestWorld(withSmallJob: ())
        _ = await world.run(["run"], on: CapturedConsole().console)
        let path = world.folder.path + "/.lockstep/helpdesk/tickets/lock"
        let lock = try Disk().lock(path, holder: "process 99 \u{1B}[31m")
        guard case .taken = lock else {
            Issue.record("the lock was not free")
            return
        }
        let captured = CapturedConsole()
        #expect(await world.run(["run"], on: captured.console) == .locked)
        #expect(
            captured.text(.output)
                == "helpdesk/tickets: not run: another run holds the lock: process 99 \\u{1b}[31m\n")
        let plan = CapturedConsole()
        #expect(await world.run(["plan"], on: plan.console) == .locked)
        #expect(
            plan.text(.output)
                == "helpdesk/tickets: not planned: another run holds the lock: process 99 \\u{1b}[31m\n")
        let status = CapturedConsole()
        #expect(await world.run(["status"], on: status.console) == .inStep)
        #expect(
            status.text(.output) == """
                nobody is needed: 1 running

                sync              state    last run  last success  next due  linked
                helpdesk/tickets  running  just now  just now      each run       2

                helpdesk/tickets
                  a run is at work: process 99 \\u{1b}[31m

                """)
        withExtendedLifetime(lock) {}
    }
}
