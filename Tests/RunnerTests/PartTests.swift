import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

@Suite("What follows from a part of a collection")
struct PartTests {
    @Test("a new record finds its partner among records that a part does not show", arguments: Side.allCases)
    func hiddenPartner(side: Side) async throws {
        let pair = try ServerPair(side, filter: #"note != "hidden""#)
        pair.far.put(pair.record(20, "hidden"))
        try await pair.fill(6)
        #expect(try pair.progress(side.other).unseen ?? 0 >= 1)
        pair.forgetCalls()
        pair.near.put(pair.record(20, "a"))
        // The partner is out of scope: nothing is made beside it.
        #expect(try await pair.run() == "nothing")
        #expect(pair.far.records.count == 7)
        #expect(pair.far.calls(.page) > 3)
        pair.quiet()
        // It comes into scope, while the near side shows nothing of its own record.
        pair.far.edit(id(20)) { $0["note"] = .text("a") }
        #expect(try await pair.run() == "nothing")
        #expect(try pair.header().links == 7)
        #expect(try pair.header().isSettled)
    }

    @Test(
        "where no record is without a link, a new one is made without reading the other side whole",
        arguments: Side.allCases)
    func nothingUnseen(side: Side) async throws {
        let pair = try ServerPair(side)
        try await pair.fill(12)
        #expect(try pair.progress(side.other).unseen == 0)
        pair.forgetCalls()
        pair.near.put(pair.record(20, "x"))
        #expect(try await pair.run() == "far +1")
        #expect(pair.far.calls(.page) == 1)
        #expect(try pair.progress(side).unseen == 0)
        pair.quiet()
        #expect(try await pair.run() == "nothing")
    }

    @Test(
        "a record that leaves the scope and comes back is merged with what its partner was edited to meanwhile",
        arguments: Side.allCases)
    func frozen(side: Side) async throws {
        let pair = try ServerPair(side, filter: #"note != "hidden""#)
        try await pair.fill(6)
        pair.near.edit(id(2)) { $0["note"] = .text("hidden") }
        #expect(try await pair.run() == "nothing")
        #expect(try pair.header().isSettled)
        pair.quiet()
        pair.far.edit(id(2)) { $0["name"] = .text("edited") }
        #expect(try await pair.run() == "nothing")
        pair.quiet()
        _ = try await pair.run()
        pair.quiet()
        pair.forgetCalls()
        // Nobody asks for what is out of scope.
        #expect(try await pair.run() == "nothing")
        #expect(pair.near.calls(.get) + pair.far.calls(.get) == 0)
        pair.near.edit(id(2)) { $0["note"] = .text("back") }
        #expect(try await pair.run() == "near ~1, far ~1")
        #expect(pair.near[id(2)]?["name"] == .text("edited"))
        #expect(pair.far[id(2)]?["note"] == .text("back"))
    }

    @Test(
        "a record found under a new id keeps its link, though its partner is not among the changes",
        arguments: Side.allCases)
    func newID(side: Side) async throws {
        let pair = try ServerPair(side, match: "name <-> name", fields: "[name <-> name, note <-> note]") {
            $0.newIDs = .assigned
        }
        // Each side its own ids; pairs are made by name.
        for number in 1...6 {
            pair.near.put(pair.record(number, "a"))
            pair.far.put(pair.record(number + 100, "a", name: number))
        }
        _ = try await pair.run()
        pair.quiet()
        #expect(try await pair.run() == "nothing")
        pair.quiet()
        pair.near.remove(id(3))
        pair.near.put(pair.record(33, "moved", name: 3))
        #expect(try await pair.run() == "far ~1")
        #expect(pair.far[id(103)]?["note"] == .text("moved"))
        #expect(pair.far.records.count == 6)
    }

    @Test("brakes about whole collections are asked of whole readings only", arguments: Side.allCases)
    func brakes(side: Side) async throws {
        let pair = try ServerPair(side)
        try await pair.fill(30)
        pair.near.edit(id(1)) { $0["name"] = nil }
        pair.near.edit(id(2)) { $0["name"] = nil }
        // All records of the part lack a field that others have.
        #expect(try await pair.run() == "far ~2")
        #expect(try pair.header().counts[side] == 30)
        #expect(try await pair.report().plan?.recordCounts[side] == nil)
    }

    @Test(
        "how many records a side holds follows what its parts told of them, and is never less than none",
        arguments: Side.allCases)
    func counts(side: Side) async throws {
        let pair = try ServerPair(side)
        #expect(try await pair.run() == "nothing")
        #expect(try pair.header().counts[side] == 0)
        pair.near.put(pair.record(1, "a"))
        pair.near.put(pair.record(2, "a"))
        #expect(try await pair.run() == "far +2")
        #expect(try pair.header().counts[side] == 2)
        pair.far.remove(id(1))
        pair.far.remove(id(2))
        #expect(try await pair.run() == "near -2")
        #expect(try pair.header().counts[side] == 0)
        #expect(try await pair.run() == "nothing")
    }

    @Test(
        "a record that may not be seen when both are read again, since the other moved, is not taken for what it was",
        arguments: Side.allCases)
    func unseenAgain(side: Side) async throws {
        let pair = try ServerPair(side)
        try await pair.fill(2)
        pair.forgetCalls()
        pair.far.edit(id(1)) { $0["note"] = .text("far") }
        pair.near.meanwhile(at: 1, of: .write) { $0.edit(id(1)) { $0["name"] = .text("near") } }
        pair.far.fail(.forbidden, at: 1, of: .get)
        _ = try await pair.run()
        #expect(pair.far.calls(.get) == 1)
        #expect(pair.far[id(1)]?["note"] == .text("far"))
        _ = try await pair.run()
        for server in [pair.near, pair.far] {
            #expect(server[id(1)]?["note"] == .text("far"))
            #expect(server[id(1)]?["name"] == .text("near"))
        }
        #expect(try await pair.run() == "nothing")
    }

    @Test(
        "a part by turns from each side, with edits, creates and deletes, ends as whole readings do", arguments: 0..<12)
    func random(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let pair = try ServerPair(seed % 2 == 0 ? .left : .right, filter: #"note != "hidden""#)
        try await pair.fill(8)
        var next = 100
        for _ in 0..<12 {
            for server in [pair.near, pair.far] where Bool.random(using: &random) {
                let ids = server.records.compactMap { $0["id"].flatMap { RecordID($0) } }
                guard let chosen = ids.randomElement(using: &random) else { continue }
                switch Int.random(in: 0..<5, using: &random) {
                case 0:
                    next += 1
                    server.put(pair.record(next, Bool.random(using: &random) ? "hidden" : "new"))
                case 1 where ids.count > 5: server.remove(chosen)
                case 2: server.edit(chosen) { $0["note"] = .text("hidden") }
                case 3: server.edit(chosen) { $0["note"] = .text("seen \(next)") }
                default: server.edit(chosen) { $0["name"] = .text("name \(next)") }
                }
            }
            _ = try await pair.run()
            if Bool.random(using: &random) { pair.quiet() }
        }
        pair.quiet()
        _ = try await pair.run()
        let parts = try await pair.report(.plan)
        // What a reading by changes leaves to do is what a whole reading does.
        pair.pass(hours: 25)
        let whole = try await pair.report(.plan)
        #expect(parts.plan?.operations.count == 0, "seed \(seed)")
        #expect(whole.plan?.operations.count == 0, "seed \(seed)")
        #expect(
            Set(parts.items.map(\.reason)) == Set(whole.items.map(\.reason)), "seed \(seed): \(whole.items)")
    }
}
