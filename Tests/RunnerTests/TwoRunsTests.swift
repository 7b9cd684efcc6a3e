import FileIO
import Glibc
import Runner
import Synchronization
import TestKit
import Testing
import Values

/// Two runs at once on the same sync, each in a process of its own.
@Suite(.serialized)
struct TwoRunsTests {
    private let killed = KilledTests()
    private let program: Lockstep
    /// Both sides are edited; and the data as an undisturbed run leaves them.
    private let template: Story
    private let end: [String]

    init() throws {
        program = try Lockstep()
        template = try killed.edited(program)
        let undisturbed = try killed.copy(template)
        guard try program.run(killed.arguments(undisturbed)) == 0 else { throw Breach("the run failed") }
        end = try killed.data(undisturbed)
    }

    /// How far a run has come.
    enum Moment: String, CaseIterable {
        /// It holds the lock.
        case claimed
        /// It has written down what it is about to do.
        case intended
        /// One of the sides has been written.
        case halfway
    }

    private func lock(_ story: Story) -> String { story.path + "/state/crm/things/lock" }

    private func has(_ process: Lockstep.Process, in story: Story, come moment: Moment) throws -> Bool {
        switch moment {
        case .claimed:
            // What the lock file says is looked at, and not the lock itself: that look would be in the way.
            return (try? story.text("state/crm/things/lock"))?.hasPrefix("process \(process.id) ") ?? false
        case .intended:
            let folder = "/state/crm/things/runs"
            return try Disk().list(story.path + folder) != Disk().list(template.path + folder)
        case .halfway:
            // The first file to be written changes on disk, and the second has not.
            return try killed.data(story) != killed.data(template)
        }
    }

    /// Starts a run, and stops it while it holds the lock.
    private func stopped(at moment: Moment) throws -> (process: Lockstep.Process, story: Story) {
        for _ in 0..<100 {
            let story = try killed.copy(template)
            let process = try program.start(killed.arguments(story))
            while process.isAlive, try !has(process, in: story, come: moment) { usleep(50) }
            if try process.stop(), try Disk().holder(of: lock(story)) != nil { return (process, story) }
            // It was faster than this look at it.
            process.kill()
            _ = try process.wait()
        }
        throw Breach("no run could be stopped in its middle")
    }

    @Test(
        "the second says who holds the lock and exits with 75, and where the first is killed the next starts at once",
        arguments: Moment.allCases)
    func killedHolder(moment: Moment) throws {
        let (first, story) = try stopped(at: moment)
        let before = try killed.data(story)
        let second = try program.ask(killed.arguments(story))
        #expect(second.end == .exited(75))
        let name = "crm/things: not run: another run holds the lock: process \(first.id) since "
        #expect(second.text.hasPrefix(name) && second.text.split(separator: "\n").count == 1, "\(second.text)")
        let plan = try program.ask(["plan"] + killed.arguments(story).dropFirst())
        #expect(plan.end == .exited(75))
        #expect(plan.text.hasPrefix("crm/things: not planned: another run holds the lock: process \(first.id) since "))
        #expect(try killed.data(story) == before)
        first.kill()
        #expect(try first.wait() == .killed(by: SIGKILL))
        let next = try program.ask(killed.arguments(story))
        #expect(next.end == .exited(0), "\(next.text)")
        #expect(try killed.data(story) == end)
        #expect(try program.ask(killed.arguments(story) + ["-v"]).text == "crm/things: in step, nothing changed\n")
    }

    @Test("where the first goes on, it ends as if there had been no second")
    func resumedHolder() throws {
        let (first, story) = try stopped(at: .intended)
        #expect(try program.run(killed.arguments(story)) == 75)
        first.resume()
        #expect(try first.wait() == .exited(0))
        #expect(try killed.data(story) == end)
    }

    @Test("runs that wait go one after another when the first ends, or dies", arguments: [true, false])
    func waiting(dies: Bool) throws {
        let (first, story) = try stopped(at: .intended)
        let waiting = try (0..<2).map { _ in
            try program.start(killed.arguments(story) + ["--on-locked", "wait", "--now", "--force"])
        }
        // A run that does not wait has been to its end meanwhile.
        #expect(try program.run(killed.arguments(story)) == 75)
        #expect(waiting.allSatisfy { $0.isAlive })
        if dies { first.kill() } else { first.resume() }
        #expect(try first.wait() == (dies ? .killed(by: SIGKILL) : .exited(0)))
        for process in waiting { #expect(try process.wait() == .exited(0)) }
        #expect(try killed.data(story) == end)
        try killed.expectUnique(end)
        let runs = try header(story)["runs"]
        let before = try header(template)["runs"]
        guard case .int(let count)? = runs, case .int(let old)? = before else { throw Breach("no count of runs") }
        #expect(count == old + (dies ? 2 : 3))
    }

    private func header(_ story: Story) throws -> Object {
        guard case .object(let header) = try JSON.parse(story.scratch.read("state/crm/things/state.json")) else {
            throw Breach("the header is no object")
        }
        return header
    }

    @Test("runs that are started together end in the same place, whichever comes first", arguments: 0..<10)
    func together(round: Int) throws {
        let story = try killed.copy(template)
        let processes = try (0..<3).map { _ in try program.start(killed.arguments(story)) }
        let codes = try processes.map { process in
            guard case .exited(let code) = try process.wait() else { throw Breach("it was killed") }
            return code
        }
        #expect(codes.contains(0) && Set(codes).isSubset(of: [0, 75]), "\(codes)")
        #expect(try killed.data(story) == end)
        #expect(try program.ask(killed.arguments(story) + ["-v"]).text == "crm/things: in step, nothing changed\n")
    }
}

/// What is said of a sync on which somebody else is at work, while the lock is held by the test itself.
struct LockedSyncTests {
    private static let syncs = """
        syncs:
          companies: {left: companies, right: companies, fields: [name <-> name]}
          things:
            left: things
            right: things
            fields:
              - name <-> title
              - company <-> company: {link: companies}
          others: {left: others, right: others, fields: [name <-> name]}
        """

    private func story() throws -> Story {
        try Story(
            Self.syncs,
            left: [
                "companies": #"{"id":1,"name":"Acme"}"# + "\n", "others": #"{"id":1,"name":"o"}"# + "\n",
                "things": #"{"id":1,"name":"Ada","company":1}"# + "\n",
            ],
            right: ["companies": "id,name\n", "things": "id,title,company\n", "others": "id,name\n"])
    }

    private func lock(_ story: Story) throws -> FileLock {
        let folder = story.path + "/state/crm/companies"
        try Disk().makeFolder(folder)
        guard case .taken(let lock) = try Disk().lock(folder + "/lock", holder: "somebody") else {
            throw Breach("the lock is not free")
        }
        return lock
    }

    private func arguments(_ story: Story) -> [String] {
        ["run", "--jobs", story.path + "/jobs", "--state", story.path + "/state"]
    }

    @Test("what depends on it is not run either, which is no failure; the other syncs are run")
    func fail() throws {
        let (program, story) = (try Lockstep(), try story())
        let lock = try lock(story)
        defer { withExtendedLifetime(lock) {} }
        let answer = try program.ask(arguments(story) + ["--on-locked", "fail"])
        #expect(answer.end == .exited(75))
        #expect(
            answer.text == """
                crm/companies: not run: another run holds the lock: somebody
                crm/things: not run: another run holds the lock: somebody
                crm/others: 1 created on the right

                """)
        #expect(try story.text("right/things.csv") == "id,title,company\n")
        #expect(try story.text("right/others.csv") == "id,name\n1,o\n")
    }

    @Test("'--on-locked skip' passes over it and ends with 0; '-v' says so")
    func skip() throws {
        let (program, story) = (try Lockstep(), try story())
        let lock = try lock(story)
        defer { withExtendedLifetime(lock) {} }
        let answer = try program.ask(arguments(story) + ["crm/companies", "--on-locked", "skip"])
        #expect(answer.end == .exited(0))
        #expect(answer.text == "")
        let more = try program.ask(arguments(story) + ["crm/companies", "--on-locked", "skip", "-v"])
        #expect(more.end == .exited(0))
        #expect(more.text == "crm/companies: not run: another run holds the lock: somebody\n")
        let json = try program.ask(arguments(story) + ["crm/companies", "--on-locked", "skip", "--format", "json"])
        #expect(json.end == .exited(0))
        #expect(json.text.contains(#""outcome":"locked""#) && json.text.contains(#""holder":"somebody""#))
    }

    @Test("'--on-locked' knows three ways")
    func unknownWay() throws {
        let answer = try Lockstep().ask(["run", "--on-locked", "perhaps"])
        #expect(answer.end == .exited(64))
        #expect(answer.text.contains("'perhaps'"))
    }

    @Test("a sync that is waited for is run when its time has come then, and not otherwise")
    func dueAfterWaiting() async throws {
        let story = try story()
        try story.edit(
            "jobs/crm.yaml", "companies: {left: companies,",
            "companies: {schedule: every 10m, left: companies,")
        let held = Mutex<FileLock?>(try lock(story))
        let pauses = Mutex(0)
        var world = story.world
        world.pause = { _ in
            let count = pauses.withLock { count in
                count += 1
                return count
            }
            guard count == 3 else { return }
            // Whoever held the lock has run the sync, and is done.
            held.withLock { $0 = nil }
            _ = try? await story.reports(.run(accepting: nil), ["crm/companies"])
        }
        var runner = JobRunner(try story.workspace(), world: world, evenIfNotDue: false)
        runner.waitsForLocks = true
        let reports = try await runner.run(Selection(["crm/companies"]), .run(accepting: nil))
        #expect(reports.map(\.short) == ["companies not due"])
        #expect(pauses.withLock { $0 } == 3)
        #expect(try story.text("right/companies.csv") == "id,name\n1,Acme\n")
    }
}
