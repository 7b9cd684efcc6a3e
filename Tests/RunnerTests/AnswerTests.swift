import FileIO
import Model
import Runner
import Synchronization
import TestKit
import Testing
import Values

/// What follows from the answers of systems, class by class.
struct AnswerTests {
    private func pair(
        _ side: Side, count: Int = 5, _ more: (inout FakeOptions) -> Void = { _ in }
    ) throws -> ServerStory {
        var options = FakeOptions()
        more(&options)
        return try ServerStory(
            "match: name <-> name\ndeletes: propagate\nlimits: {deletes: 100%}\nfields: [id <-> id, name <-> name, note <-> note]",
            near: FakeServer(
                FakeOptions(), (1...count).map { ["id": .int(Int64($0)), "name": .text("n\($0)"), "note": .text("m")] }),
            far: FakeServer(options), farOn: side)
    }

    private static func id(_ number: Int) -> RecordID { RecordID(.int(Int64(number)))! }

    @Test(
        "a record that is refused, or not permitted, fails for itself, each with its own cause",
        arguments: Side.allCases)
    func refused(side: Side) async throws {
        let pair = try pair(side) { options in
            options.refuses = { _, record in
                switch record?["name"]?.text {
                case "n2": .refused("the name is bad")
                case "n3": .forbidden("needs the permission 'write:n3'")
                default: nil
                }
            }
        }
        #expect(try await pair.run() == "far +3 ~0 -0, held 2")
        #expect(Set(try pair.held()) == ["2= failed refused", "3= failed not-permitted"])
        let reasons = try pair.story.workspace().status(Selection(), world: pair.story.world).flatMap(\.held).map(
            \.reason)
        #expect(
            Set(reasons) == [
                "the \(side) refused it: the name is bad. Once that is mended: lockstep retry crm/things \(side.other):2",
                "the \(side) does not permit it: needs the permission 'write:n3'. Once that is mended: lockstep retry crm/things \(side.other):3",
            ])
    }

    @Test(
        "a side that permits none of three writes or more is a broken connection; of two, two records",
        arguments: Side.allCases)
    func forbidden(side: Side) async throws {
        for count in 2...3 {
            let pair = try pair(side, count: count) { $0.refuses = { _, _ in .forbidden("read only") } }
            #expect(
                try await pair.run()
                    == (count == 2
                        ? "far +2 ~0 -0, held 2"
                        : "things stopped: the connection 'far' is broken: its account is permitted nothing of what is asked for: none of 3 writes is permitted: read only")
            )
            #expect(pair.far.records.isEmpty)
        }
    }

    @Test(
        "what is to be asked for later is, within the run's time; else it waits for the next run",
        arguments: Side.allCases)
    func later(side: Side) async throws {
        var pair = try pair(side)
        pair.far.fail(.later, at: 2, of: .write, times: 2)
        #expect(try await pair.run() == "far +3 ~0 -0, held 2")
        #expect(Set(try pair.held()) == ["2= waiting asked-later", "3= waiting asked-later"])
        #expect(try await pair.run() == "far +2 ~0 -0")
        pair.near.put(["id": .int(9), "name": .text("n9")])
        pair.far.fail(.later, at: 1 + pair.far.calls(.write), of: .write, times: 2)
        let waits = Mutex<[Duration]>([])
        pair.story.wait = { duration in waits.withLock { $0.append(duration) } }
        #expect(try await pair.run() == "far +1 ~0 -0")
        #expect(waits.withLock { $0.reduce(.zero, +) } == .seconds(2))
        #expect(try await pair.run() == "nothing")
        #expect(pair.far.log.count == 6)
    }

    @Test("revoked credentials stop the run at once, and nothing is lost", arguments: Side.allCases)
    func unauthorised(side: Side) async throws {
        let pair = try pair(side)
        pair.far.fail(.unauthorised, at: 3, of: .write, times: 100)
        let failed =
            "things stopped: the connection 'far' is broken: the credentials are not accepted: 401 Unauthorized"
        #expect(try await pair.run() == failed)
        #expect(pair.far.calls(.write) == 3)
        #expect(try await pair.run() == failed)
        #expect(pair.far.calls(.write) == 4)
        pair.far.heal()
        #expect(try await pair.run() == "far +3 ~0 -0")
        #expect(ServerStory.column("id", pair.far) == ["1", "2", "3", "4", "5"])
        #expect(try await pair.run() == "nothing")
    }

    @Test("a record that moves is read again and merged again at once", arguments: [true, false], Side.allCases)
    func moved(byID: Bool, side: Side) async throws {
        let pair = try pair(side) { $0.readsByID = byID }
        try await pair.run()
        pair.near.edit(Self.id(1)) { $0["note"] = .text("near") }
        pair.near.edit(Self.id(2)) { $0["note"] = .text("other") }
        pair.far.forgetCalls()
        pair.far.meanwhile(at: 1, of: .write) { $0.edit(Self.id(1)) { $0["name"] = .text("far") } }
        #expect(try await pair.run() == "near +0 ~1 -0, far +0 ~2 -0")
        for server in [pair.near, pair.far] {
            #expect(server[Self.id(1)]?["name"] == .text("far"))
            #expect(server[Self.id(1)]?["note"] == .text("near"))
        }
        #expect(pair.far.calls(.get) == (byID ? 1 : 0))
        #expect(try pair.held() == [])
        #expect(try await pair.run() == "nothing")
    }

    @Test(
        "a record that moves in the same field is a conflict at once, and one that is deleted meanwhile goes",
        arguments: Side.allCases)
    func movedElse(side: Side) async throws {
        let pair = try pair(side)
        try await pair.run()
        pair.near.edit(Self.id(1)) { $0["note"] = .text("near") }
        pair.far.forgetCalls()
        pair.far.meanwhile(at: 1, of: .write) { $0.edit(Self.id(1)) { $0["note"] = .text("far") } }
        try await pair.run()
        #expect(try pair.held() == ["1=1 conflict conflict"])
        #expect(pair.far[Self.id(1)]?["note"] == .text("far"))
        #expect(pair.near[Self.id(1)]?["note"] == .text("near"))
        pair.near.edit(Self.id(1)) { $0["note"] = .text("far") }
        pair.near.edit(Self.id(2)) { $0["note"] = .text("edited") }
        pair.far.forgetCalls()
        pair.far.heal()
        pair.far.meanwhile(at: 1, of: .write) { $0.remove(Self.id(2)) }
        try await pair.run()
        #expect(try pair.held() == ["2=2 conflict deleted-and-edited"])
    }

    @Test("one that moves for ever is left to the next run after three rounds", arguments: Side.allCases)
    func movesForEver(side: Side) async throws {
        let pair = try pair(side)
        try await pair.run()
        pair.near.edit(Self.id(1)) { $0["note"] = .text("near") }
        pair.far.forgetCalls()
        for call in 1...10 {
            pair.far.meanwhile(at: call, of: .write) { $0.edit(Self.id(1)) { $0["own"] = .int(Int64(call)) } }
        }
        try await pair.run()
        #expect(pair.far.calls(.write) == 4)
        #expect(try pair.held() == ["1=1 waiting moved"])
        pair.far.heal()
        #expect(try await pair.run() == "far +0 ~1 -0")
        #expect(pair.far[Self.id(1)]?["note"] == .text("near"))
        #expect(try await pair.run() == "nothing")
    }

    @Test("a run that is asked to stop finishes its group, and the next does the rest", arguments: Side.allCases)
    func stopped(side: Side) async throws {
        var pair = try pair(side) { $0.groupSize = 2 }
        let isAsked = Mutex(false)
        pair.far.meanwhile(at: 2, of: .write) { _ in isAsked.withLock { $0 = true } }
        pair.story.stop = { isAsked.withLock { $0 } ? .signal("SIGTERM") : nil }
        #expect(try await pair.run() == "things stopped by SIGTERM, left 1")
        #expect(pair.far.records.count == 4)
        #expect(try pair.journal().last?.hasPrefix(#"{"done":5,"n":2"#) == true)
        #expect(try await pair.run() == "things stopped by SIGTERM, not run")
        isAsked.withLock { $0 = false }
        #expect(try await pair.run() == "far +1 ~0 -0")
        #expect(try await pair.run() == "nothing")
        #expect(try pair.held() == [])
    }

    @Test("a run over an edited job file that is asked to stop is gone on with by the next", arguments: Side.allCases)
    func stoppedAfterEdit(side: Side) async throws {
        var pair = try pair(side) { $0.groupSize = 2 }
        for number in 1...5 { pair.near.edit(Self.id(number)) { $0["size"] = .int(Int64(number)) } }
        #expect(try await pair.run() == "far +5 ~0 -0")
        try pair.story.edit(
            "jobs/crm.yaml", "note <-> note]", "note <-> note, size <-> size]\n    first_values: fill")
        let isAsked = Mutex(false)
        pair.far.forgetCalls()
        pair.far.meanwhile(at: 2, of: .write) { _ in isAsked.withLock { $0 = true } }
        pair.story.stop = { isAsked.withLock { $0 } ? .signal("SIGTERM") : nil }
        #expect(try await pair.run() == "things stopped by SIGTERM, left 1")
        isAsked.withLock { $0 = false }
        #expect(try await pair.run() == "far +0 ~1 -0")
        #expect(ServerStory.column("size", pair.far) == ["1", "2", "3", "4", "5"])
        #expect(try await pair.run() == "nothing")
    }

    @Test("with files, a run that is asked to stop before the new content is in place leaves all as it was")
    func stoppedFile() async throws {
        var story = try Story(
            DeathTests.syncs, left: ["things": DeathTests.left], right: ["things": DeathTests.right])
        let before = [try story.text("left/things.jsonl"), try story.text("right/things.csv")]
        let asked = Mutex(0)
        story.stop = {
            asked.withLock { count in
                count += 1
                // Before the sync, before the group, and when the intents are on disk.
                return count >= 3 ? .timeLimit : nil
            }
        }
        #expect(try await story.run() == "things stopped at its time limit, left 4")
        #expect([try story.text("left/things.jsonl"), try story.text("right/things.csv")] == before)
        story.stop = { nil }
        #expect(try await story.run() == "things left +2 ~0 -0, right +2 ~0 -0")
        #expect(try await story.run() == "things untouched")
    }
}
