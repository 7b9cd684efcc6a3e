import FileIO
import Model
import StateStore
import TestKit
import Testing
import Values

/// What runs write down is what is loaded again.
struct JournalTests {
    static let first = [
        "link 1=a: A", "link 2=b: B", "pass left 9", "create right c from 3: C done", "create left 4 from d: D done",
    ]

    @Test("the links, their bases and what was passed over are the same when they are loaded again")
    func roundTrip() throws {
        let ledger = try Ledger()
        let store = try ledger.run("01", Self.first)
        let expected = #"1=a "A"; 2=b "B"; 3=c "C"; 4=d "D""#
        #expect(try store.text == expected)
        let loaded = try ledger.load()
        #expect(try loaded.text == expected)
        #expect(loaded.lastRun == "01")
        #expect(loaded.doubtful.isEmpty)
        #expect(loaded.isSettled)
        #expect(loaded.passed.left.standing(of: RecordID(key: "9"), PlanSketch.fingerprint("9")) == .passed)
        #expect(loaded.passed.left.standing(of: RecordID(key: "9"), PlanSketch.fingerprint("other")) != .passed)
        #expect(loaded.passed.right.standing(of: RecordID(key: "9"), PlanSketch.fingerprint("9")) != .passed)
        for link in loaded.links.numbers {
            let found = store.links.find(loaded.links.id(link, .left), on: .left)
            for side in Side.allCases {
                #expect(found.map { store.links.fingerprint($0, side) } == loaded.links.fingerprint(link, side))
            }
        }
    }

    @Test("ids that both sides spell the same stand once, and come back as what they are on each side")
    func sameIDs() throws {
        let ledger = try Ledger()
        let store = try ledger.run(
            "01",
            [
                "create right #1 from 1: A done", "create right 2 from #2: B done", "create right 3 from 3: C done",
                "create right #4 from #4: D done", #"create right ["5","b"] from ["5","b"]: E done"#,
                "link #6=#60: F", "link 7=70: G",
            ])
        let lines = String(decoding: try ledger.read("runs/01.jsonl"), as: UTF8.self).split(separator: "\n")
        let ids = lines.dropFirst().prefix(7).map { line in
            String(line.drop { $0 != "," }.dropFirst().prefix { $0 != "b" }.prefix { $0 != "f" })
        }
        #expect(
            ids == [
                #""l":6,"r":60,"l"#, #""l":"7","r":"70","l"#, #""tn":1,""#, #""nt":2,""#, #""id":"3",""#,
                #""id":4,""#, #""id":["5",""#,
            ])
        let loaded = try ledger.load()
        #expect(try loaded.text == store.text)
        #expect(loaded.isSettled)
        let all = { (store: SyncStore) in
            store.links.numbers.map { [store.links.id($0, .left), store.links.id($0, .right)] }
        }
        #expect(Set(all(loaded)) == Set(all(store)))
        for (left, right) in [("1", "#1"), ("#2", "2"), ("3", "3"), ("#4", "#4"), (#"["5","b"]"#, #"["5","b"]"#)] {
            #expect(all(loaded).contains([PlanSketch.id(left), PlanSketch.id(right)]), "\(left)")
        }
    }

    @Test("a write that leaves more to do has its records looked at again, in this run and after loading")
    func unsettled() throws {
        let ledger = try Ledger()
        let journal = RunJournal(try ledger.load(), run: "01")
        var plan = try PlanSketch(["create right a from 1: A done", "create right b from 2: B done"], journal.store)
        plan.plan.operations[1].settles = false
        for number in 0..<2 { try journal.intend(number, plan.plan.operations[number], of: plan.plan) }
        for number in 0..<2 {
            let stored = WriteOutcome.stored(Fingerprint(bits: number == 0 ? .max : 1))
            try journal.record(stored, of: number, plan.plan.operations[number], in: plan.plan)
        }
        try journal.finish()
        let expected = #"1=a "A"; 2=b "B" ?"#
        #expect(try journal.store.text == expected)
        let loaded = try ledger.load()
        #expect(try loaded.text == expected)
        #expect(loaded.links.fingerprint(0, .right) == Fingerprint(bits: .max))
        #expect(loaded.links.fingerprint(0, .left) == plan.plan.operations[0].fingerprints.left)
    }

    @Test("later runs move links, end them, and leave alone what was not written")
    func laterRuns() throws {
        let ledger = try Ledger()
        var store = try ledger.run("01", Self.first)
        store = try ledger.run(
            "02", on: store,
            [
                "agree 1=a: A2", "forget 2=b", "update right c: C2 done", "update left 4: D2 moved",
                "create right e from 5: E refused", "create right f from 6: F moved", "create right g from 7: G done",
            ])
        let expected = #"1=a "A2"; 3=c "C2"; 4=d "D" ?; 7=g "G""#
        #expect(try store.text == expected)
        #expect(try ledger.load().text == expected)
        store = try ledger.run("03", on: store, ["delete left 1 done", "delete right c refused", "link 2=b: B3"])
        #expect(try store.text == #"2=b "B3"; 3=c "C2" ?; 4=d "D" ?; 7=g "G""#)
        #expect(try ledger.load().text == store.text)
    }

    @Test("outcomes that come back in another order than writes went out move the right links, on both sides")
    func otherOrder() throws {
        let ledger = try Ledger()
        let creates = (1...9).map { "create \($0 % 2 == 0 ? "left" : "right") x\($0) from y\($0): V\($0) done" }
        let store = try ledger.run("01", creates)
        #expect(store.links.count == 9)
        #expect(try ledger.load().text == store.text)
        let updates = (1...9).map { "update \($0 % 2 == 0 ? "left" : "right") x\($0): W\($0) done" }
        let later = try ledger.run("02", on: store, updates)
        #expect(
            try later.text
                == (1...9).map { $0 % 2 == 0 ? "x\($0)=y\($0) \"W\($0)\"" : "y\($0)=x\($0) \"W\($0)\"" }.sorted()
                .joined(separator: "; "))
        #expect(try ledger.load().text == later.text)
    }

    @Test("many writes of one run, and ids of every kind")
    func many() throws {
        let ledger = try Ledger()
        let lines = (0..<3000).map { "create right \($0)é\"\\ from \($0)\u{1F600}: value-\($0) done" }
        let store = try ledger.run("01", lines)
        #expect(store.links.count == 3000)
        #expect(try ledger.load().text == store.text)
    }

    @Test("a create of a run that died is in doubt, and settled by the next")
    func doubts() throws {
        let ledger = try Ledger()
        try ledger.run("01", ["create right a from 1: A", "create right b from 2: B"])
        var store = try ledger.load()
        #expect(try store.text == "")
        #expect(store.doubtful.map { store.links.id($0.link, .left).key } == ["1", "2"])
        #expect(store.doubtful.map(\.side) == [.right, .right])
        #expect(!store.isSettled)
        let effective = Array(store.doubtful.prefix(1))
        store.revive(effective)
        let journal = RunJournal(store, run: "02")
        try journal.settleDoubts(effective: effective)
        try journal.finish()
        #expect(try journal.store.text == #"1=a "A" ?"#)
        let loaded = try ledger.load()
        #expect(try loaded.text == #"1=a "A" ?"#)
        #expect(loaded.doubtful.isEmpty)
    }

    @Test(
        "a create of which it still cannot be told stays in doubt, with what it was to write, while others are settled")
    func openDoubt() throws {
        let ledger = try Ledger()
        try ledger.run("01", ["create right a from 1: A", "create left 2 from b: B", "create right c from 3: C"])
        var store = try ledger.load()
        let doubt = { (id: String) in store.doubtful.filter { store.links.id($0.link, .left).key == id } }
        let (effective, open) = (doubt("1"), doubt("2"))
        store.revive(effective)
        let journal = RunJournal(store, run: "02")
        try journal.settleDoubts(effective: effective, open: open)
        try journal.finish()
        #expect(!journal.store.hasNoDoubts)
        for number in 3..<5 {
            let loaded = try ledger.load()
            #expect(try loaded.text == #"1=a "A" ?"#)
            #expect(loaded.doubtful.map { loaded.links.id($0.link, .left).key } == ["2"])
            #expect(loaded.doubtful.map(\.side) == [.left])
            let base = try loaded.bases(of: loaded.doubtful.map(\.link)).base(of: loaded.doubtful[0].link)
            #expect(base?.entries.map { $0?.values.left } == [.text("B")])
            // A run that learns nothing of it writes nothing of it.
            let later = RunJournal(loaded, run: "0\(number)")
            try later.settleDoubts(effective: [], open: loaded.doubtful)
            try later.finish()
            #expect(try ledger.load().lastRun == "02")
        }
    }

    @Test(
        "an update of a run that died leaves its base as it was, and its records are looked at, as are those of a delete"
    )
    func doubtfulUpdate() throws {
        let ledger = try Ledger()
        try ledger.run("01", ["link 1=a: A", "link 2=b: B"])
        try ledger.run("02", ["update right a: A2", "delete left 2"])
        #expect(try ledger.load().text == #"1=a "A" ?; 2=b "B" ?"#)
        #expect(try ledger.load().doubtful.isEmpty)
        #expect(try !ledger.load().hasNoDoubts)
    }

    @Test("of a delete of a run that died it stays known until its link has an entry, or it is asked for again")
    func doubtfulDelete() throws {
        for (line, isOver) in [
            ("agree 2=b: B2", true), ("forget 2=b", true), ("update right b: B2 done", true),
            ("delete left 2 done", true), ("delete left 2 refused", true), ("agree 1=a: A2", false),
        ] {
            let ledger = try Ledger()
            try ledger.run("01", ["link 1=a: A", "link 2=b: B"])
            #expect(try ledger.run("02", ["delete left 2"]).deletions.isEmpty)
            #expect(try ledger.load().deletions == [1: .left])
            try ledger.run("03", [line])
            #expect(try ledger.load().deletions == (isOver ? [:] : [1: .left]), "\(line)")
            #expect(try ledger.load().hasNoDoubts == isOver, "\(line)")
        }
    }

    @Test("the link of a delete that took effect is over, in this run and after loading")
    func endedDelete() throws {
        let ledger = try Ledger()
        try ledger.run("01", ["link 1=a: A", "link #2=b: B"])
        try ledger.run("02", ["delete right b"])
        var store = try ledger.load()
        store.end(1)
        let journal = RunJournal(store, run: "03")
        try journal.settleDoubts(effective: [], ended: [1])
        try journal.finish()
        for store in [journal.store, try ledger.load()] {
            #expect(try store.text == #"1=a "A""#)
            #expect(store.hasNoDoubts)
        }
        // A record under its old id may have a new link.
        #expect(try ledger.run("04", ["create right c from #2: B done"]).text == #"1=a "A"; 2=c "B""#)
    }

    @Test("a doubt about an update is ended by what is written of its own link, and by nothing else")
    func endOfDoubt() throws {
        for (line, isOver) in [
            ("agree 1=a: A2", true), ("forget 1=a", true), ("update right a: A3 done", true),
            ("delete left 1 done", true),
            ("update right a: A3 refused", false), ("agree 2=b: B2", false), ("update right b: B2 done", false),
        ] {
            let ledger = try Ledger()
            try ledger.run("01", ["link 1=a: A", "link 2=b: B"])
            try ledger.run("02", ["update right a: A2"])
            let store = try ledger.run("03", [line])
            #expect(store.hasNoDoubts == isOver, "\(line)")
            let loaded = try ledger.load()
            #expect(loaded.hasNoDoubts == isOver, "\(line)")
            let intended = try loaded.intendedBases().right.base(of: 0)?.entries.map { $0?.values.right }
            #expect(intended == (isOver ? nil : [.text("A2")]), "\(line)")
        }
    }

    @Test("a write that was not made leaves its link without fingerprints")
    func notMade() throws {
        for outcome in ["moved", "refused"] {
            let ledger = try Ledger()
            try ledger.run("01", ["link 1=a: A", "link 2=b: B", "link 3=c: C"])
            let store = try ledger.run("02", ["update right a: A2 \(outcome)", "delete left 2 \(outcome)"])
            #expect(try store.text == #"1=a "A" ?; 2=b "B" ?; 3=c "C""#)
            #expect(try ledger.load().text == store.text)
            #expect(store.links.undecidedCount == 2)
        }
    }

    @Test(
        "writes that were given up leave the bases as they were, and their links to be looked at, in one short line, in this run and after loading"
    )
    func givenUp() throws {
        let ledger = try Ledger()
        try ledger.run("01", ["link 1=a: A", "link 2=b: B"])
        let store = try ledger.run(
            "02",
            [
                "create right c from 3: C failed", "update right a: A2 done", "update right b: B2 failed",
                "create right d from 4: D failed", "delete left 2 failed",
            ])
        #expect(try store.text == #"1=a "A2"; 2=b "B" ?"#)
        let loaded = try ledger.load()
        #expect(try loaded.text == #"1=a "A2"; 2=b "B" ?"#)
        #expect(loaded.doubtful.isEmpty && loaded.hasNoDoubts)
        let lines = String(decoding: try ledger.read("runs/02.jsonl"), as: UTF8.self).split(separator: "\n")
        #expect(
            lines.filter { $0.hasPrefix(#"{"failed""#) }.map { $0.prefix { $0 != "w" } } == [
                #"{"failed":2,"n":1,""#, #"{"failed":4,"n":1,""#, #"{"failed":6,"n":2,""#,
            ])
    }

    @Test("a run of which all was given up leaves no file, and the next goes on from the one before")
    func nothingLeft() throws {
        let ledger = try Ledger()
        try ledger.run("01", ["link 1=a: A"])
        let files = ledger.files
        let store = try ledger.run("02", ["create right c from 3: C failed", "update left 1: A2 failed"])
        #expect(ledger.files == files)
        #expect(store.lastRun == "01")
        #expect(try ledger.load().text == #"1=a "A""#)
        try ledger.run("03", on: store, ["link 2=b: B"])
        #expect(try ledger.load().text == #"1=a "A"; 2=b "B""#)
    }

    @Test("what is in doubt is not forgotten when the run files have outgrown the links")
    func doubtsStay() throws {
        let ledger = try Ledger()
        try ledger.run("10", ["link 1=a: A", "link 2=b: B"])
        try ledger.run("11", ["create right c from 3: C", "update right a: A2"])
        for number in 12..<90 {
            // Runs that do not go to their end.
            let journal = RunJournal(try ledger.load(), run: "\(number)")
            let plan = try PlanSketch(["agree 2=b: B\(number)"], journal.store)
            try journal.settle(plan.plan.settlements, of: plan.plan)
            try journal.finish()
        }
        #expect(!ledger.files.contains("links.jsonl"))
        let store = try ledger.load()
        #expect(store.doubtful.map { store.links.id($0.link, .left).key } == ["3"])
        #expect(try store.intendedBases().right.base(of: 0)?.entries.first??.values.left == .text("A2"))
        let journal = RunJournal(store, run: "90")
        try journal.settleDoubts(effective: [])
        // The record of the update was looked at.
        let plan = try PlanSketch(["agree 1=a: A"], journal.store)
        try journal.settle(plan.plan.settlements, of: plan.plan)
        try journal.finish()
        #expect(ledger.files.contains("links.jsonl"))
        #expect(try ledger.load().text == #"1=a "A"; 2=b "B89""#)
    }

    @Test("records that were passed over are in the links file, and stay so when that is written again")
    func passedOver() throws {
        let ledger = try Ledger()
        var store = try ledger.run("010", ["pass left 9", "pass right #8", #"pass right ["x","y"]"#, "pass left 9"])
        for number in 100..<240 { store = try ledger.run("\(number)", on: store, ["link \(number)=r\(number): V"]) }
        let lines = String(decoding: try ledger.read("links.jsonl"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix(#"{"pass":1,"#) } == 3)
        for loaded in [store, try ledger.load()] {
            #expect(loaded.passed.left.standing(of: RecordID(key: "9"), PlanSketch.fingerprint("9")) == .passed)
            #expect(
                loaded.passed.left.standing(of: RecordID(key: "8", kind: .number), PlanSketch.fingerprint("#8"))
                    != .passed)
            #expect(loaded.passed.right.standing(of: PlanSketch.id("#8"), PlanSketch.fingerprint("#8")) == .passed)
            #expect(
                loaded.passed.right.standing(of: PlanSketch.id(#"["x","y"]"#), PlanSketch.fingerprint(#"["x","y"]"#))
                    == .passed)
            #expect(loaded.links.count == 140)
        }
    }

    @Test("fields that were added, removed or moved since find their bases")
    func otherFields() throws {
        var ledger = try Ledger()
        try ledger.run("01", ["link 1=a: A"])
        ledger.fields = ["note <-> memo", "name <-> title"]
        #expect(try ledger.load().text == #"1=a -,"A""#)
        ledger.fields = ["note <-> memo"]
        #expect(try ledger.load().text == "1=a -")
    }

    @Test("the records of a link that ended stay apart, also where that run writes the links file anew")
    func unlinked() throws {
        let ledger = try Ledger()
        var store = try ledger.run("100", ["link 100=r100: V"])
        for number in 101..<240 {
            store = try ledger.run(
                "\(number)", on: store, ["link \(number)=r\(number): V", "unlink \(number - 1)=r\(number - 1) V"])
        }
        #expect(ledger.files.contains("links.jsonl"))
        for loaded in [store, try ledger.load()] {
            for number in 100..<239 {
                let ids = Sides(left: RecordID(key: "\(number)"), right: RecordID(key: "r\(number)"))
                for side in Side.allCases {
                    let standing = loaded.passed[side].standing(of: ids[side], PlanSketch.fingerprint("V"))
                    #expect(standing == .apart, "\(ids[side])")
                }
            }
        }
    }

    @Test("when the run files have outgrown it a new links file is written, and the one before is kept")
    func compaction() throws {
        let ledger = try Ledger()
        var store = try ledger.load()
        var kept: [[UInt8]] = []
        for number in 100..<240 {
            var lines = ["create right r\(number) from l\(number): V\(number) done"]
            if number > 100 { lines.append("update right r\(number - 1): W\(number - 1) done") }
            if number > 110 { lines.append("delete left l\(number - 10) done") }
            store = try ledger.run(String(number), on: store, lines)
            let links = try? ledger.read("links.jsonl")
            if let links, links != kept.last { kept.append(links) }
            if number % 20 == 0 { #expect(try ledger.load().text == store.text) }
        }
        #expect(kept.count == 2)
        #expect(try ledger.load().text == store.text)
        #expect(store.links.count == 11)
        #expect(try ledger.read("links.previous.jsonl") == kept[0])
        // With the previous file in its place, the run files after that make up for it.
        let copy = try Ledger(copying: ledger)
        try copy.write("links.jsonl", kept[0])
        #expect(try copy.load().text == store.text)
    }
}
