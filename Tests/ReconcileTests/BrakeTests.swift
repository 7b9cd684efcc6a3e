import Model
import Reconcile
import TestKit
import Testing
import Values

/// The limits of a run, asked of whole plans.
struct BrakeTests {
    /// A plan over so many links with so many writes on the right.
    private func plan(links: Int, creates: Int = 0, updates: Int = 0, deletes: Int = 0, records: Int? = nil) -> Plan {
        var plan = Plan(sync: SyncName(job: "crm", sync: "things"))
        plan.linkCount = links
        plan.recordCounts = Sides(left: nil, right: records)
        let id = plan.intern(RecordID(key: "1"))
        let verbs: [(WriteRequest.Verb, Int)] = [(.create, creates), (.update, updates), (.delete, deletes)]
        for (verb, count) in verbs {
            for _ in 0..<count {
                plan.operations.append(
                    Operation(
                        verb: verb, side: .right, target: id, source: id,
                        fingerprints: Sides(left: .none, right: .none)))
            }
        }
        return plan
    }

    private func refusals(_ plan: Plan, _ limits: String = "{}", last: Int? = nil) throws -> [String] {
        let sync = try SyncText("fields: [name <-> name]\n" + (limits == "{}" ? "" : "limits: \(limits)")).sync
        return Brakes.refusals(plan, sync.limits, lastCounts: Sides(left: nil, right: last)).map { refusal in
            let what =
                switch refusal.brake {
                case .writes(let verb, let side): "\(verb)s on \(side)"
                case .readDrop(let side): "drop on \(side)"
                case .lostField(let side, let field): "lost \(field) on \(side)"
                case .newIDs(let side): "new ids on \(side)"
                }
            return "\(what): \(refusal.planned) of \(refusal.total), allowed \(refusal.allowed)"
        }
    }

    @Test("by default half of the records may be updated, and a tenth deleted; creates have no limit")
    func defaults() throws {
        #expect(try refusals(plan(links: 100, creates: 5000, updates: 50, deletes: 10)) == [])
        #expect(try refusals(plan(links: 100, updates: 51)) == ["updates on right: 51 of 100, allowed 50"])
        #expect(try refusals(plan(links: 100, deletes: 11)) == ["deletes on right: 11 of 100, allowed 10"])
        #expect(try refusals(plan(links: 25, deletes: 3)) == ["deletes on right: 3 of 25, allowed 2"])
    }

    @Test("below 20 links five are allowed, whatever the percentage")
    func small() throws {
        #expect(try refusals(plan(links: 19, updates: 5, deletes: 5)) == [])
        #expect(
            try refusals(plan(links: 19, updates: 6, deletes: 6)) == [
                "updates on right: 6 of 19, allowed 5", "deletes on right: 6 of 19, allowed 5",
            ])
        #expect(try refusals(plan(links: 20, deletes: 3)) == ["deletes on right: 3 of 20, allowed 2"])
    }

    @Test("a count holds whatever the number of links, and 0 means none")
    func counts() throws {
        #expect(try refusals(plan(links: 5, creates: 3), "{creates: 3}") == [])
        #expect(try refusals(plan(links: 5, creates: 4), "{creates: 3}") == ["creates on right: 4 of 5, allowed 3"])
        #expect(try refusals(plan(links: 5, deletes: 1), "{deletes: 0}") == ["deletes on right: 1 of 5, allowed 0"])
        #expect(try refusals(plan(links: 5, deletes: 1), "{deletes: 0%}") == ["deletes on right: 1 of 5, allowed 0"])
        #expect(try refusals(plan(links: 1000, updates: 1000), "{updates: 100%}") == [])
    }

    @Test("a collection that shrank by more than half was most likely read wrongly")
    func readDrop() throws {
        #expect(try refusals(plan(links: 100, records: 50), last: 100) == [])
        #expect(try refusals(plan(links: 100, records: 49), last: 100) == ["drop on right: 51 of 100, allowed 50"])
        #expect(try refusals(plan(links: 100, records: 130), last: 100) == [])
        #expect(
            try refusals(plan(links: 100, records: 99), "{read_drop: 0}", last: 100) == [
                "drop on right: 1 of 100, allowed 0"
            ])
    }

    @Test("an emptied collection is no small drop, however few records it had")
    func emptied() throws {
        #expect(try refusals(plan(links: 3, records: 0), last: 3) == ["drop on right: 3 of 3, allowed 5"])
        #expect(try refusals(plan(links: 0, records: 0), last: 0) == [])
        #expect(try refusals(plan(links: 3, records: 1), last: 3) == [])
    }

    @Test("a limit of 100% lets a collection be emptied")
    func allOfIt() throws {
        #expect(try refusals(plan(links: 3, records: 0), "{read_drop: 100%}", last: 3) == [])
        #expect(try refusals(plan(links: 300, records: 0), "{read_drop: 100%}", last: 300) == [])
    }

    @Test("where no run went to its end yet, the links say how many records there were")
    func noCount() throws {
        #expect(try refusals(plan(links: 3, records: 0)) == ["drop on right: 3 of 3, allowed 5"])
        #expect(try refusals(plan(links: 0, records: 0)) == [])
    }

    @Test("each side and each verb is asked for itself")
    func several() throws {
        var both = plan(links: 100, updates: 60, deletes: 20, records: 0)
        both.operations[0].side = .left
        #expect(
            try refusals(both, last: 100) == [
                "updates on right: 59 of 100, allowed 50", "deletes on right: 20 of 100, allowed 10",
                "drop on right: 100 of 100, allowed 50",
            ])
    }

    /// A plan of a first run: all links are made by it.
    private func firstRun(pairs: Int, updates: Int) -> Plan {
        var plan = plan(links: 0, updates: updates)
        for number in plan.operations.indices { plan.operations[number].link = Int32(number) }
        let id = plan.intern(RecordID(key: "1"))
        for _ in 0..<pairs {
            plan.settlements.append(
                Settlement(
                    kind: .link, link: -1, ids: Sides(left: id, right: id),
                    fingerprints: Sides(left: .none, right: .none)))
        }
        return plan
    }

    @Test(
        "what pairs are given at their first meeting is no matter of the default; a limit that is written holds for all"
    )
    func firstRuns() throws {
        #expect(try refusals(firstRun(pairs: 100, updates: 100)) == [])
        #expect(try refusals(firstRun(pairs: 8, updates: 8)) == [])
        #expect(
            try refusals(firstRun(pairs: 100, updates: 31), "{updates: 30%}") == [
                "updates on right: 31 of 100, allowed 30"
            ])
        #expect(try refusals(firstRun(pairs: 100, updates: 30), "{updates: 30%}") == [])
    }

    @Test("100% allows everything, however few records there are")
    func wholly() throws {
        #expect(try refusals(plan(links: 8, updates: 8, deletes: 8), "{updates: 100%, deletes: 100%}") == [])
        #expect(try refusals(firstRun(pairs: 8, updates: 8), "{updates: 100%}") == [])
    }

    @Test("links that lost their records, and as many new ones beside them, look like ids that changed")
    func newIDs() throws {
        func told(links: Int, lost: Int, made: Int) throws -> [String] {
            var plan = plan(links: links, creates: made)
            plan.widowed.left = lost
            return try refusals(plan)
        }
        #expect(try told(links: 3, lost: 3, made: 3) == ["new ids on left: 3 of 3, allowed 0"])
        #expect(try told(links: 100, lost: 20, made: 10) == ["new ids on left: 10 of 20, allowed 0"])
        #expect(try told(links: 100, lost: 20, made: 40) == ["new ids on left: 40 of 20, allowed 0"])
        #expect(try told(links: 100, lost: 19, made: 19) == [])
        #expect(try told(links: 100, lost: 20, made: 9) == [])
        #expect(try told(links: 100, lost: 20, made: 41) == [])
        #expect(try told(links: 3, lost: 2, made: 2) == [])
    }
}
