import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// Writes whose answers were lost: what the next run makes of them.
struct DoubtTests {
    private func pair(
        _ side: Side, keys: Bool, count: Int = 3, match: Bool = true, _ more: (inout FakeOptions) -> Void = { _ in }
    ) throws -> ServerStory {
        var options = AssignedIDTests.options(groups: 1, keys: keys)
        more(&options)
        let records: [Object] = (1...count).map {
            ["id": .int(Int64($0)), "name": .text("n\($0)"), "note": .text("m\($0)")]
        }
        return try ServerStory(
            (match ? "match: name <-> name\n" : "")
                + "deletes: propagate\nlimits: {deletes: 100%}\nfields: [name <-> name, note <-> note]",
            near: FakeServer(FakeOptions(newIDs: .numbered(prefix: "", suffix: "")), records), far: FakeServer(options),
            farOn: side)
    }

    private static let first = RecordID(.int(1))!

    @Test(
        "a create whose answer is lost is settled by the next run, whether it took effect or not, and all others go on",
        arguments: [FakeFault.lost, .serverError], [true, false])
    func lost(fault: FakeFault, keys: Bool) async throws {
        for (side, match) in [(Side.left, true), (.right, true), (.left, false), (.right, false)] {
            let pair = try pair(side, keys: keys, match: match)
            pair.far.fail(fault, at: 2, of: .write)
            #expect(try await pair.run() == "far +2 ~0 -0, held 1")
            #expect(try pair.held() == ["2= held in-doubt"])
            #expect(pair.far.records.count == (fault == .lost ? 3 : 2))
            let next = try await pair.run()
            #expect(next == (keys || fault == .serverError ? "far +1 ~0 -0" : "nothing"))
            #expect(ServerStory.column("name", pair.far).sorted() == ["n1", "n2", "n3"])
            #expect(pair.near.records.count == 3)
            #expect(try pair.held() == [])
            if keys { try await pair.run() }
            #expect(try await pair.run() == "nothing")
            // It is linked with the one that was made.
            pair.near.edit(RecordID(.int(2))!) { $0["note"] = .text("new") }
            #expect(try await pair.run() == "far +0 ~1 -0")
        }
    }

    @Test(
        "a refusal of what is asked for again ends no doubt while something like it is there", arguments: Side.allCases)
    func refusedAgain(side: Side) async throws {
        for fault in [FakeFault.lost, .serverError] {
            let pair = try pair(side, keys: true)
            pair.far.fail(fault, at: 1, of: .write)
            try await pair.run()
            pair.near.edit(Self.first) { $0["name"] = .text("edited") }
            pair.far.fail(.refused, at: 4, of: .write)
            for _ in 1...4 { try await pair.run() }
            #expect(ServerStory.column("name", pair.far).sorted() == ["edited", "n2", "n3"])
            #expect(pair.near.records.count == 3)
            #expect(try pair.held() == [])
        }
    }

    @Test(
        "a create is asked for again as it was, under its key, though its source was edited or deleted",
        arguments: Side.allCases)
    func again(side: Side) async throws {
        for gone in [false, true] {
            let pair = try pair(side, keys: true)
            pair.far.fail(.lost, at: 1, of: .write)
            try await pair.run()
            #expect(pair.far.records.count == 3)
            // The key stays the same for as long as the doubt does.
            pair.far.fail(.later, at: 4, of: .write, times: 3)
            if gone {
                pair.near.remove(Self.first)
            } else {
                pair.near.edit(Self.first) { $0["note"] = .text("edited") }
            }
            for _ in 1...3 { #expect(try await pair.run().hasSuffix(", held 1")) }
            #expect(try pair.held() == ["1= waiting asked-later"])
            #expect(pair.far.records.count == 3)
            #expect(try await pair.plan() == "far +1 ~0 -0")
            #expect(try await pair.run() == "far +1 ~0 -0")
            #expect(pair.far.records.count == 3)
            #expect(try await pair.run() == (gone ? "far +0 ~0 -1" : "far +0 ~1 -0"))
            #expect(ServerStory.column("note", pair.far) == (gone ? ["m2", "m3"] : ["edited", "m2", "m3"]))
            #expect(try await pair.run() == "nothing")
            #expect(try pair.held() == [])
        }
    }

    @Test(
        "a record that may be the one holds its source, and nothing is made of either until it can be told",
        arguments: Side.allCases)
    func unclear(side: Side) async throws {
        let pair = try pair(side, keys: false, count: 1, match: false)
        pair.far.fail(.lost, at: 1, of: .write)
        try await pair.run()
        // Somebody works on it before the next run.
        pair.far.edit(RecordID(key: "R1")) { $0["note"] = .text("worked on") }
        for _ in 1...2 {
            #expect(try await pair.run() == "nothing, held 1")
            #expect(try pair.held() == ["1= held create-in-doubt"])
        }
        // A record that has nothing to do with it goes on.
        pair.far.put(["name": .text("other"), "note": .text("else")])
        #expect(try await pair.run() == "near +1 ~0 -0, held 1")
        // An edit that makes it clear ends it.
        pair.far.edit(RecordID(key: "R1")) { $0["note"] = .text("m1") }
        #expect(try await pair.run() == "nothing")
        #expect(try pair.held() == [])
        #expect([pair.near.records.count, pair.far.records.count] == [2, 2])
        pair.near.edit(Self.first) { $0["note"] = .text("linked") }
        #expect(try await pair.run() == "far +0 ~1 -0")
    }

    @Test(
        "where two records may be the one, or one may be that of two creates, none is taken", arguments: Side.allCases)
    func several(side: Side) async throws {
        let two = try pair(side, keys: false, count: 1, match: false)
        two.far.fail(.lost, at: 1, of: .write)
        try await two.run()
        two.far.put(["name": .text("n1"), "note": .text("m1")])
        #expect(try await two.run() == "nothing, held 1")
        two.far.remove(RecordID(key: "R2"))
        #expect(try await two.run() == "nothing")
        #expect(two.near.records.count == 1)

        let one = try pair(side, keys: false, count: 3, match: false)
        one.near.edit(RecordID(.int(2))!) {
            $0["name"] = .text("n1")
            $0["note"] = .text("m1")
        }
        one.far.fail(.lost, at: 1, of: .write)
        one.far.fail(.serverError, at: 2, of: .write)
        try await one.run()
        #expect(one.far.records.count == 2)
        #expect(try await one.run() == "nothing, held 2")
        // Gone, it is no one's: both are made.
        one.far.remove(RecordID(key: "R1"))
        #expect(try await one.run() == "far +2 ~0 -0")
    }

    @Test(
        "updates and deletes whose answers are lost are settled by reading", arguments: [FakeFault.lost, .serverError],
        Side.allCases)
    func updates(fault: FakeFault, side: Side) async throws {
        let pair = try pair(side, keys: false)
        try await pair.run()
        pair.near.edit(Self.first) { $0["note"] = .text("new") }
        pair.near.remove(RecordID(.int(2))!)
        pair.far.forgetCalls()
        pair.far.fail(fault, at: 1, of: .write, times: 2)
        try await pair.run()
        #expect(pair.far.calls(.write) == 2)
        #expect(Set(try pair.held()) == ["1=R1 held in-doubt", "2=R2 held in-doubt"])
        // Somebody edits on where the update went.
        pair.near.edit(Self.first) { $0["note"] = .text("newer") }
        let next = try await pair.run()
        #expect(next == (fault == .lost ? "far +0 ~1 -0" : "far +0 ~1 -1"))
        #expect(ServerStory.column("note", pair.far) == ["newer", "m3"])
        #expect(try pair.held() == [])
        #expect(try await pair.run() == "nothing")
    }

    @Test(
        "a record that is left alone while a create is asked for again comes over in the next run, though it changed long ago",
        arguments: Side.allCases)
    func leftAlone(side: Side) async throws {
        let pair = try pair(side, keys: true, count: 1, match: false) {
            $0.reading = .changes(tombstones: true)
            $0.readsByID = true
        }
        pair.far.fail(.lost, at: 1, of: .write)
        #expect(try await pair.run() == "far +1 ~0 -0, held 1")
        // Somebody makes one like it.
        pair.far.put(["name": .text("n1"), "note": .text("m1")])
        for server in [pair.near, pair.far] { server.wait(40) }
        #expect(try await pair.run() == "far +1 ~0 -0")
        for server in [pair.near, pair.far] { server.wait(40) }
        #expect(try await pair.run() == "near +1 ~0 -0")
        #expect(pair.far.records.count == 2)
        #expect(pair.near.records.count == 2)
        #expect(try await pair.run() == "nothing")
    }
}
