import FileIO
import Model
import StateStore
import TestKit
import Testing
import Values

/// Creates whose ids come back with their outcomes, and what systems made of what they were given.
struct AssignedIDTests {
    /// Creates from sources, without ids.
    private static func plan(_ side: Side, _ sources: [String]) -> Plan {
        var plan = Plan(sync: Ledger.sync)
        plan.fieldSets = [[0]]
        for source in sources {
            let operation = Operation(
                verb: .create, side: side, target: plan.intern(.unassigned), source: plan.intern(PlanSketch.id(source)),
                fingerprints: Sides(left: Fingerprint(bits: 5), right: Fingerprint(bits: 5)),
                base: plan.arena.append(Array(#"["A"]"#.utf8)))
            plan.operations.append(operation)
        }
        return plan
    }

    private static let stored = Array(#"[{"<":"A",">":"AA"}]"#.utf8)

    /// Three creates: one with an id, one with an id and another base, and one without an answer.
    private func ledger(_ side: Side) throws -> (ledger: Ledger, store: SyncStore) {
        let ledger = try Ledger()
        let plan = Self.plan(side, ["1", "#2", "3"])
        let journal = RunJournal(try ledger.load(), run: "01")
        for number in 0..<3 { try journal.intend(number, plan.operations[number], of: plan) }
        let answers: [WriteOutcome] = [
            .stored(Fingerprint(bits: 7), as: StoredRecord(id: RecordID(key: "a"))),
            .stored(Fingerprint(bits: 8), as: StoredRecord(id: RecordID(key: "9", kind: .number))),
            .uncertain("no answer"),
        ]
        for number in 0..<3 {
            try journal.record(
                answers[number], of: number, plan.operations[number], in: plan, stored: number == 1 ? Self.stored : nil)
        }
        try journal.finish()
        return (ledger, journal.store)
    }

    @Test("the links have the ids that came back, and the base that was stored", arguments: Side.allCases)
    func links(side: Side) throws {
        let (ledger, store) = try ledger(side)
        let expected =
            side == .right ? #"1=a "A"; 2=9 "A"/"AA""# : #"9=2 "A"/"AA"; a=1 "A""#
        #expect(try store.text == expected)
        let loaded = try ledger.load()
        #expect(try loaded.text == expected)
        for (source, made) in [("1", "a"), ("#2", "#9")] {
            let link = try #require(loaded.links.find(PlanSketch.id(source), on: side.other))
            #expect(loaded.links.id(link, side) == PlanSketch.id(made))
            #expect(loaded.links.id(link, side).kind == PlanSketch.id(made).kind)
            #expect(loaded.links.fingerprint(link, side) == Fingerprint(bits: made == "a" ? 7 : 8))
            #expect(loaded.links.fingerprint(link, side.other) == Fingerprint(bits: 5))
        }
    }

    @Test("one without an answer is in doubt under a key of its own, which stays when it is intended again")
    func key() throws {
        let (ledger, _) = try ledger(.right)
        let store = try ledger.load()
        let doubt = try #require(store.doubtful.first)
        #expect(store.doubtful.count == 1)
        #expect(store.links.id(doubt.link, .left) == PlanSketch.id("3"))
        #expect(!store.links.id(doubt.link, .right).isAssigned)
        let key = try #require(doubt.key)
        #expect(key.hasSuffix("-01-4"))
        #expect(store.fields(of: doubt) == [0])
        // It is asked for again, and again there is no answer.
        let journal = RunJournal(store, run: "02")
        let plan = Self.plan(.right, ["7", "3"])
        try journal.settleDoubts(effective: [], again: [(1, doubt)])
        for number in 0..<2 { try journal.intend(number, plan.operations[number], of: plan) }
        #expect(journal.key(of: 1) == key)
        #expect(journal.key(of: 0) != key)
        try journal.record(.refused("no"), of: 0, plan.operations[0], in: plan)
        try journal.record(.later("busy", after: nil), of: 1, plan.operations[1], in: plan)
        try journal.finish()
        var loaded = try ledger.load()
        #expect(loaded.doubtful.map(\.key) == [key])
        #expect(loaded.fields(of: loaded.doubtful[0]) == [0])
        // That the rest is given up says nothing of it either.
        let third = RunJournal(loaded, run: "03")
        try third.settleDoubts(effective: [], again: [(1, loaded.doubtful[0])])
        try third.giveUp([1], why: "no connection")
        try third.finish()
        loaded = try ledger.load()
        #expect(loaded.doubtful.map(\.key) == [key])
        // The answer ends it.
        let last = RunJournal(loaded, run: "04")
        try last.settleDoubts(effective: [], again: [(1, loaded.doubtful[0])])
        let answer = WriteOutcome.stored(.none, as: StoredRecord(id: RecordID(key: "c")))
        try last.record(answer, of: 1, plan.operations[1], in: plan)
        try last.finish()
        #expect(try ledger.load().text == #"1=a "A"; 2=9 "A"/"AA"; 3=c "A" ?"#)
        #expect(try ledger.load().doubtful.isEmpty)
    }

    @Test("a create that was found, or of which somebody linked the source, is in doubt no more")
    func settled() throws {
        let (ledger, _) = try ledger(.right)
        let linked = try Ledger(copying: ledger)
        try linked.run("02", ["link 3=z: Z"])
        #expect(try linked.load().doubtful.isEmpty)
        var store = try ledger.load()
        let found = store.adopt(store.doubtful[0], as: RecordID(key: "y"))
        let journal = RunJournal(store, run: "02")
        try journal.settleDoubts(effective: [found])
        try journal.finish()
        let expected = #"1=a "A"; 2=9 "A"/"AA"; 3=y "A" ?"#
        #expect(try journal.store.text == expected)
        #expect(try ledger.load().text == expected)
        #expect(try ledger.load().doubtful.isEmpty)
    }

    @Test("a file cut at any byte loses no doubt and no link before the cut")
    func cuts() throws {
        let (ledger, _) = try ledger(.right)
        let doubtful = try ledger.load().doubtful
        let journal = RunJournal(try ledger.load(), run: "02")
        try journal.settleDoubts(effective: [], again: [(0, doubtful[0])])
        try journal.finish()
        let bytes = try ledger.read("runs/02.jsonl")
        for cut in 0...bytes.count {
            let copy = try Ledger(copying: ledger)
            try copy.write("runs/02.jsonl", Array(bytes[..<cut]))
            #expect(try copy.load().doubtful.map(\.key) == doubtful.map(\.key), "cut at byte \(cut)")
        }
        let first = try ledger.read("runs/01.jsonl")
        let made = { (bytes: [UInt8]) in
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").count { $0.hasPrefix("{\"stored\"") }
        }
        for cut in 0..<first.count where first[cut] == 0x0A {
            let copy = try Ledger(copying: ledger)
            try Disk().remove(copy.folder.path + "/runs/02.jsonl")
            try copy.write("runs/01.jsonl", Array(first[...cut]))
            let store = try copy.load()
            #expect(store.links.count == made(Array(first[...cut])))
            #expect(store.links.count + store.doubtful.count == min(3, first[...cut].count { $0 == 0x0A } - 1))
        }
    }
}
