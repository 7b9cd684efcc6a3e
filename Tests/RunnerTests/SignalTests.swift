import FileIO
import Glibc
import Runner
import TestKit
import Testing
import Values

/// The real program, asked to stop while it runs.
@Suite(.serialized)
struct SignalTests {
    private static let records = 3000

    private func story() throws -> Story {
        let left = (0..<Self.records).map { #"{"id":\#($0),"name":"n\#($0)","note":"text of \#($0)"}"# + "\n" }
        return try Story(
            DeathTests.syncs, left: ["things": left.joined()], right: ["things": "id,title,memo\n9000,other,x\n"])
    }

    private func arguments(_ story: Story) -> [String] {
        ["run", "--jobs", story.path + "/jobs", "--state", story.path + "/state"]
    }

    private func data(_ story: Story) throws -> [String] {
        [try story.text("left/things.jsonl"), try story.text("right/things.csv")]
    }

    /// How long a run takes, and what the files hold then.
    private func undisturbed(_ program: Lockstep) throws -> (length: Duration, end: [String]) {
        let story = try story()
        let start = ContinuousClock.now
        try #require(try program.run(arguments(story)) == 0)
        return (ContinuousClock.now - start, try data(story))
    }

    @Test("a signal ends a run in good order: exit code 1 if there is more to do, and the next run does it")
    func first() throws {
        let program = try Lockstep()
        let (length, end) = try undisturbed(program)
        var codes: Set<CInt> = []
        for number in 0..<24 {
            let story = try story()
            let process = try program.start(arguments(story))
            usleep(UInt32(length * number / 24 / .microseconds(1)))
            _ = kill(process.id, number % 2 == 0 ? SIGTERM : SIGINT)
            let code: CInt
            switch try process.wait() {
            case .exited(let number): code = number
            // Before it had begun to run.
            case .killed: continue
            }
            codes.insert(code)
            #expect(code == 0 || code == 1)
            if code == 0 { #expect(try data(story) == end) }
            let header = code == 1 ? (try? story.text("state/crm/things/state.json")) ?? "" : ""
            if !header.isEmpty { #expect(header.contains(#""last_outcome": "stopped""#)) }
            #expect(try program.run(arguments(story)) == 0)
            #expect(try data(story) == end)
        }
        #expect(codes.contains(1))
    }

    @Test("a second signal ends the process at once, with 128 and its number, and the next run goes on")
    func second() throws {
        let program = try Lockstep()
        let (length, end) = try undisturbed(program)
        var codes: [CInt] = []
        for number in 0..<24 {
            let story = try story()
            let process = try program.start(arguments(story))
            usleep(UInt32(length * (4 + number % 12) / 24 / .microseconds(1)))
            _ = kill(process.id, SIGTERM)
            usleep(2000)
            _ = kill(process.id, SIGINT)
            if case .exited(let code) = try process.wait() { codes.append(code) }
            #expect(try program.run(arguments(story)) == 0)
            #expect(try data(story) == end)
        }
        #expect(Set(codes).isSubset(of: [0, 1, 128 + SIGINT]))
        #expect(codes.contains(128 + SIGINT))
    }

    @Test("a run within its time limit is as any other; one whose limit is past writes nothing")
    func timeLimit() async throws {
        let program = try Lockstep()
        let story = try story()
        #expect(try program.run(arguments(story) + ["--time-limit", "soon"]) == 64)
        #expect(try program.run(arguments(story) + ["--time-limit", "1h"]) == 0)
        var late = try self.story()
        let before = try data(late)
        let world = late.world.limited(to: try #require(TimeLimit("1s")))
        late.stop = world.stop
        #expect(world.timeLeft().map { $0 <= .seconds(1) } == true)
        usleep(1_100_000)
        #expect(world.timeLeft() == .zero)
        #expect(try await late.run() == "things stopped at its time limit, not run")
        #expect(try data(late) == before)
    }
}
