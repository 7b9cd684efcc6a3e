import FileIO
import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

@Suite("Reading by changes")
struct CursorTests {
    @Test(
        "after a first whole reading only changes are read, and records that are needed are asked for",
        arguments: Side.allCases)
    func changesOnly(side: Side) async throws {
        let pair = try ServerPair(side)
        try await pair.fill(12)
        #expect(try await pair.run() == "nothing")
        pair.quiet()
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        pair.forgetCalls()
        #expect(try await pair.run() == "far ~1")
        #expect(pair.far[id(3)]?["note"] == .text("new"))
        // A page with the one change, and one on the other side with none.
        #expect(pair.near.calls(.page) == 1)
        #expect(pair.far.calls(.page) == 1)
        #expect(pair.near.calls(.get) + pair.far.calls(.get) == 0)
        pair.quiet()
        #expect(try await pair.run() == "nothing")
        #expect(pair.near.log.count == 0)
    }

    @Test(
        "a deleted record that the changes tell of is deleted on the other side, and no other", arguments: Side.allCases
    )
    func tombstone(side: Side) async throws {
        let pair = try ServerPair(side)
        try await pair.fill(12)
        pair.quiet()
        _ = try await pair.run()
        pair.near.remove(id(4))
        #expect(try await pair.run() == "far -1")
        #expect(pair.far.records.count == 11)
        #expect(pair.far[id(4)] == nil)
    }

    @Test("without tombstones a deleted record is found by the next whole reading", arguments: Side.allCases)
    func noTombstones(side: Side) async throws {
        let pair = try ServerPair(side) { $0.reading = .changes(tombstones: false) }
        try await pair.fill(12)
        pair.quiet()
        _ = try await pair.run()
        pair.near.remove(id(4))
        #expect(try await pair.run() == "nothing")
        #expect(pair.far.records.count == 12)
        pair.pass(hours: 25)
        #expect(try await pair.run() == "far -1")
        #expect(pair.far[id(4)] == nil)
    }

    @Test("with 'full_read: always' each run reads the whole")
    func always() async throws {
        let pair = try ServerPair(.left, extra: "full_read: always")
        try await pair.fill(12)
        pair.quiet()
        _ = try await pair.run()
        pair.forgetCalls()
        _ = try await pair.run()
        #expect(pair.near.calls(.page) == 5)
        #expect(pair.far.calls(.page) == 5)
    }

    @Test("a job file that says something else, and a clock that was set back, call for the whole")
    func wholeAgain() async throws {
        let pair = try ServerPair(.left)
        try await pair.fill(12)
        pair.quiet()
        _ = try await pair.run()
        pair.pass(hours: -1)
        pair.forgetCalls()
        _ = try await pair.run()
        #expect(pair.near.calls(.page) == 5)
        try pair.story.edit("jobs/crm.yaml", "deletes: propagate", "deletes: ignore")
        pair.forgetCalls()
        _ = try await pair.run()
        #expect(pair.near.calls(.page) == 5)
    }

    @Test("a held conflict is asked for on both sides until somebody settles it", arguments: Side.allCases)
    func heldLink(side: Side) async throws {
        let pair = try ServerPair(side)
        try await pair.fill(12)
        pair.quiet()
        pair.near.edit(id(5)) { $0["note"] = .text("near") }
        pair.far.edit(id(5)) { $0["note"] = .text("far") }
        #expect(try await pair.run() == "nothing, held 1")
        pair.quiet()
        for _ in 0..<3 { #expect(try await pair.run() == "nothing, held 1") }
        pair.forgetCalls()
        _ = try await pair.run()
        #expect(pair.near.calls(.get) == 1)
        #expect(pair.far.calls(.get) == 1)
        pair.far.edit(id(5)) { $0["note"] = .text("near") }
        #expect(try await pair.run() == "nothing")
        pair.forgetCalls()
        _ = try await pair.run()
        #expect(pair.near.calls(.get) == 0)
    }

    @Test("where records cannot be asked for by id, a side is read whole for as long as something is held")
    func heldWithoutIDs() async throws {
        let pair = try ServerPair(.left) { $0.readsByID = false }
        try await pair.fill(12)
        pair.quiet()
        pair.near.edit(id(5)) { $0["note"] = .text("near") }
        pair.far.edit(id(5)) { $0["note"] = .text("far") }
        _ = try await pair.run()
        pair.quiet()
        pair.forgetCalls()
        #expect(try await pair.run() == "nothing, held 1")
        #expect(pair.near.calls(.page) == 5)
        pair.far.edit(id(5)) { $0["note"] = .text("near") }
        #expect(try await pair.run() == "nothing")
        pair.quiet()
        pair.forgetCalls()
        #expect(try await pair.run() == "nothing")
        #expect(pair.near.calls(.page) == 1)
    }

    @Test("a new record that the other side refuses is asked for until it is taken", arguments: Side.allCases)
    func refusedCreate(side: Side) async throws {
        let pair = try ServerPair(side) { options in
            options.refuses = { write, record in
                write.verb == .create && record?["note"] == .text("bad") ? .refused("no bad notes") : nil
            }
        }
        try await pair.fill(12)
        pair.quiet()
        _ = try await pair.run()
        pair.near.put(pair.record(20, "bad"))
        #expect(try await pair.run() == "nothing, held 1")
        pair.quiet()
        #expect(try await pair.run() == "nothing, held 1")
        #expect(try pair.progress(pair.side).awaited.map(\.key) == ["20"])
        pair.near.edit(id(20)) { $0["note"] = .text("good") }
        #expect(try await pair.run() == "far +1")
        #expect(try pair.progress(pair.side).awaited == [])
        #expect(pair.far[id(20)]?["note"] == .text("good"))
    }

    @Test("a held new record that is deleted is no longer asked for")
    func heldAndDeleted() async throws {
        let pair = try ServerPair(.left) { options in
            options.refuses = { write, _ in write.id.key == "20" ? .refused("full") : nil }
        }
        try await pair.fill(12)
        pair.near.put(pair.record(20, "x"))
        _ = try await pair.run()
        pair.quiet()
        pair.near.remove(id(20))
        pair.quiet()
        #expect(try await pair.run() == "nothing")
        #expect(try pair.progress(.left).awaited == [])
    }

    @Test("an edit is not lost to a brake, to a side that fails, or to a write that fails", arguments: Side.allCases)
    func cursorStays(side: Side) async throws {
        let pair = try ServerPair(side, extra: "limits: {updates: 1}")
        try await pair.fill(12)
        pair.quiet()
        _ = try await pair.run()
        let before = try pair.progress(side).cursor
        pair.near.edit(id(1)) { $0["note"] = .text("e1") }
        pair.near.edit(id(2)) { $0["note"] = .text("e2") }
        pair.quiet()
        #expect(try await pair.run().contains("brake"))
        #expect(try pair.progress(side).cursor == before)
        pair.far.fail(.unreachable, at: 1, times: 100)
        #expect(try await !pair.run().contains("nothing"))
        #expect(try pair.progress(side).cursor == before)
        pair.far.heal()
        try pair.story.edit("jobs/crm.yaml", "limits: {updates: 1}", "limits: {updates: 5}")
        pair.far.forgetCalls()
        pair.far.fail(.unreachable, at: 1, of: .write, times: 2)
        _ = try await pair.run()
        #expect(try pair.progress(side).cursor == before)
        pair.far.heal()
        #expect(try await pair.run() == "far ~2")
        #expect(pair.far[id(1)]?["note"] == .text("e1"))
        #expect(pair.far[id(2)]?["note"] == .text("e2"))
        #expect(try await pair.run() == "nothing")
    }

    @Test("what is refused in a run that goes on is tried again though the cursor moved", arguments: Side.allCases)
    func refusedUpdate(side: Side) async throws {
        let pair = try ServerPair(side)
        try await pair.fill(12)
        pair.quiet()
        _ = try await pair.run()
        pair.near.edit(id(7)) { $0["note"] = .text("seven") }
        pair.far.forgetCalls()
        pair.far.fail(.refused, at: 1, of: .write)
        #expect(try await pair.run() == "nothing, held 1")
        pair.far.heal()
        pair.quiet()
        pair.pass(hours: 1)
        #expect(try await pair.run() == "far ~1")
        #expect(pair.far[id(7)]?["note"] == .text("seven"))
    }

    @Test("of a delete whose answer is lost, the next run finds out, though the cursor moved", arguments: Side.allCases)
    func lostDelete(side: Side) async throws {
        for fault in [FakeFault.serverError, .lost] {
            let pair = try ServerPair(side)
            try await pair.fill(12)
            pair.quiet()
            _ = try await pair.run()
            pair.near.remove(id(7))
            pair.far.forgetCalls()
            pair.far.fail(fault, at: 1, of: .write)
            _ = try await pair.run()
            pair.far.heal()
            pair.quiet()
            pair.pass(hours: 1)
            _ = try await pair.run()
            #expect(pair.far[id(7)] == nil)
            #expect(try await pair.run() == "nothing")
        }
    }

    @Test(
        "records of one tick, a clock that is behind, and changes that are read twice lose nothing",
        arguments: Side.allCases)
    func clocks(side: Side) async throws {
        for (resolution, skew) in [(1, 0), (8, 0), (1, -3), (1, 3), (8, 3)] {
            let pair = try ServerPair(side) { options in
                options.resolution = resolution
                options.skew = skew
                options.overlap = 4
            }
            try await pair.fill(6)
            for round in 0..<6 {
                pair.near.edit(id(round + 1)) { $0["note"] = .text("n\(round)") }
                pair.far.edit(id((round + 3) % 6 + 1)) { $0["name"] = .text("f\(round)") }
                _ = try await pair.run()
                pair.near.edit(id(round + 1)) { $0["name"] = .text("late\(round)") }
                #expect(try await pair.run() == "far ~1", "resolution \(resolution), skew \(skew), round \(round)")
            }
            #expect(pair.isInStep)
        }
    }

    @Test("a cursor that the server no longer knows means that the whole is read")
    func expired() async throws {
        let pair = try ServerPair(.left)
        try await pair.fill(12)
        pair.quiet()
        _ = try await pair.run()
        pair.near.edit(id(9)) { $0["note"] = .text("nine") }
        pair.near.forgetCalls()
        pair.near.fail(.expired, at: 1, of: .page)
        #expect(try await pair.run() == "far ~1")
        #expect(pair.near.calls(.page) == 6)
    }

    @Test("a state from before there were cursors loads, and is read whole")
    func olderState() async throws {
        let pair = try ServerPair(.left)
        try await pair.fill(4)
        let path = "state/crm/things/state.json"
        let text = try pair.story.text(path)
        let older = try #require(text.split(separator: ",\n  \"reading\"").first).description
        #expect(older.utf8.count < text.utf8.count)
        let seal = Fingerprint(of: Array(older.utf8))
        try pair.story.write(path, older + ",\n  \"checksum\": \"\(seal)\"\n}\n")
        pair.quiet()
        pair.forgetCalls()
        #expect(try await pair.run() == "nothing")
        #expect(pair.near.calls(.page) == 2)
        #expect(try pair.progress(.left).cursor != nil)
    }

    @Test("a run that dies at any disk operation loses no change that it had read", arguments: Side.allCases)
    func deaths(side: Side) async throws {
        var number = 0
        var survived = false
        while !survived {
            number += 1
            let pair = try ServerPair(side)
            try await pair.fill(5)
            pair.quiet()
            pair.near.edit(id(1)) { $0["note"] = .text("e1") }
            pair.near.remove(id(2))
            pair.near.put(pair.record(20, "new"))
            pair.far.edit(id(3)) { $0["name"] = .text("far") }
            pair.near.edit(id(4)) { $0["note"] = .text("near") }
            pair.far.edit(id(4)) { $0["note"] = .text("far") }
            let countdown = Countdown(number)
            pair.story.disk = countdown.disk
            let told = (try? await pair.run()) ?? "no run"
            survived = countdown.asked < number
            pair.story.disk = Disk()
            pair.quiet()
            _ = try await pair.run()
            pair.quiet()
            #expect(try await pair.run() == "nothing, held 1", "died at \(number): \(told)")
            #expect(pair.far[id(1)]?["note"] == .text("e1"), "died at \(number)")
            #expect(pair.far[id(2)] == nil, "died at \(number)")
            #expect(pair.far[id(20)]?["note"] == .text("new"), "died at \(number)")
            #expect(pair.near[id(3)]?["name"] == .text("far"), "died at \(number)")
            #expect(pair.far.log.count { $0.verb == .create && $0.id.key == "20" } == 1, "died at \(number)")
        }
        #expect(number > 20)
    }
}
