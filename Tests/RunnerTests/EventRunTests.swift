import FileIO
import Glibc
import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

/// Runs that read what systems told of by webhooks.
@Suite("Runs of events")
struct EventRunTests {
    /// Twelve records in step on both sides, and nothing else waits.
    private func pair(_ side: Side, _ change: (inout FakeOptions) -> Void = { _ in }) async throws -> ServerPair {
        let pair = try ServerPair(side, change: change)
        try await pair.fill(12)
        pair.quiet()
        #expect(try await pair.run() == "nothing")
        pair.quiet()
        pair.forgetCalls()
        return pair
    }

    @Test("an event has its one record asked for, and nothing else", arguments: Side.allCases)
    func one(side: Side) async throws {
        let pair = try await pair(side)
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        try pair.event([3])
        #expect(try await pair.runEvents() == "far ~1")
        #expect(pair.far[id(3)]?["note"] == .text("new"))
        #expect(pair.near.calls(.get) == 1)
        #expect(pair.near.calls(.page) + pair.far.calls(.page) + pair.far.calls(.get) == 0)
        #expect(try pair.inbox().isEmpty)
        // The run after it finds nothing that it does not know.
        pair.quiet()
        #expect(try await pair.run() == "nothing")
        #expect(pair.isInStep)
    }

    @Test("without events nothing runs, and nothing is asked")
    func none() async throws {
        let pair = try await pair(.left)
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        #expect(try await pair.reportEvents().isNotDue)
        #expect(pair.near.callCount + pair.far.callCount == 0)
    }

    @Test("a burst of events of a record costs one reading of it", arguments: Side.allCases)
    func burst(side: Side) async throws {
        let pair = try await pair(side)
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        for number in 0..<50 { try pair.event([3, number % 2 + 4]) }
        #expect(try await pair.runEvents() == "far ~1")
        #expect(pair.near.calls(.get) == 3)
        #expect(pair.near.calls(.page) + pair.far.calls(.page) == 0)
        #expect(try pair.inbox().isEmpty)
    }

    @Test("a record that is no longer there is deleted on the other side", arguments: Side.allCases)
    func gone(side: Side) async throws {
        let pair = try await pair(side) { $0.reading = .changes(tombstones: false) }
        pair.near.remove(id(4))
        try pair.event([4])
        #expect(try await pair.runEvents() == "far -1")
        #expect(pair.far[id(4)] == nil)
        #expect(pair.far.records.count == 11)
    }

    @Test("a record that may not be seen is left alone", arguments: Side.allCases)
    func forbidden(side: Side) async throws {
        let pair = try await pair(side)
        pair.near.fail(.forbidden, at: 1, of: .get)
        try pair.event([4])
        #expect(try await pair.runEvents() == "nothing")
        #expect(pair.far.records.count == 12)
        pair.near.heal()
        #expect(try await pair.run() == "nothing")
    }

    @Test("a new record is made on the other side, once what changed there is known", arguments: Side.allCases)
    func create(side: Side) async throws {
        let pair = try await pair(side)
        pair.near.put(pair.record(20, "new"))
        try pair.event([20])
        #expect(try await pair.runEvents() == "far +1")
        #expect(pair.near.calls(.page) == 0)
        #expect(pair.far.calls(.page) == 1)
        pair.quiet()
        #expect(try await pair.run() == "nothing")
        #expect(pair.isInStep)
    }

    @Test(
        "a new record whose partner came without an event is paired with it, and not made twice",
        arguments: Side.allCases)
    func pairing(side: Side) async throws {
        let pair = try await pair(side)
        pair.near.put(pair.record(20, "a"))
        pair.far.put(pair.record(20, "a"))
        try pair.event([20])
        #expect(try await pair.runEvents() == "nothing")
        #expect(pair.far.records.count == 13)
        #expect(try pair.header().links == 13)
    }

    @Test("an id that there never was is nothing")
    func unknown() async throws {
        let pair = try await pair(.left)
        try pair.event([999])
        #expect(try await pair.runEvents() == "nothing")
        #expect(try pair.inbox().isEmpty)
    }

    @Test("both sides at once, and an edit of the other side that no event told of", arguments: Side.allCases)
    func both(side: Side) async throws {
        let pair = try await pair(side)
        pair.near.edit(id(1)) { $0["note"] = .text("near") }
        pair.far.edit(id(2)) { $0["note"] = .text("far") }
        pair.near.edit(id(3)) { $0["note"] = .text("mine") }
        pair.far.edit(id(3)) { $0["name"] = .text("theirs") }
        try pair.event([1, 3])
        try pair.event([2], on: side.other)
        _ = try await pair.runEvents()
        #expect(pair.far[id(1)]?["note"] == .text("near"))
        #expect(pair.near[id(2)]?["note"] == .text("far"))
        _ = try await pair.run()
        pair.quiet()
        #expect(try await pair.run() == "nothing")
        #expect(pair.isInStep)
        #expect(pair.near[id(3)]?["note"] == .text("mine"))
        #expect(pair.near[id(3)]?["name"] == .text("theirs"))
    }

    @Test("what is held stays held and listed while events run, and is asked for again", arguments: Side.allCases)
    func held(side: Side) async throws {
        let pair = try await pair(side)
        pair.near.edit(id(5)) { $0["note"] = .text("near") }
        pair.far.edit(id(5)) { $0["note"] = .text("far") }
        #expect(try await pair.run() == "nothing, held 1")
        pair.quiet()
        pair.near.edit(id(6)) { $0["note"] = .text("new") }
        try pair.event([6])
        #expect(try await pair.runEvents() == "far ~1, held 1")
        pair.far.edit(id(5)) { $0["note"] = .text("near") }
        try pair.event([5], on: side.other)
        #expect(try await pair.runEvents() == "nothing")
        #expect(try pair.header().lastOutcome == .inStep)
    }

    @Test("a run that the schedule asks for takes what waits along with what changed", arguments: Side.allCases)
    func ordinary(side: Side) async throws {
        let pair = try await pair(side) { $0.reading = .changes(tombstones: false) }
        pair.near.remove(id(4))
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        try pair.event([4])
        #expect(try await pair.run() == "far ~1 -1")
        #expect(pair.near.calls(.get) == 1)
        #expect(pair.near.calls(.page) == 1)
        #expect(try pair.inbox().isEmpty)
    }

    @Test("a side that is read whole each time is asked for the record alone", arguments: Side.allCases)
    func whole(side: Side) async throws {
        let pair = try await pair(side) { $0.reading = .whole }
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        try pair.event([3])
        #expect(try await pair.runEvents() == "far ~1")
        #expect(pair.near.calls(.get) == 1)
        #expect(pair.near.calls(.page) + pair.far.calls(.page) == 0)
        pair.near.put(pair.record(20, "bad"))
        try pair.event([20])
        #expect(try await pair.runEvents() == "far +1")
        #expect(try await pair.run() == "nothing")
        #expect(pair.isInStep)
    }

    @Test(
        "a new record that the other side refuses stays in the queue of a side that is read whole",
        arguments: Side.allCases)
    func refused(side: Side) async throws {
        let pair = try await pair(side) { options in
            options.reading = .whole
            options.refuses = { write, record in
                write.verb == .create && record?["note"] == .text("bad") ? .refused("no bad notes") : nil
            }
        }
        pair.near.put(pair.record(20, "bad"))
        #expect(try await pair.run() == "nothing, held 1")
        try pair.event([3])
        #expect(try await pair.runEvents() == "nothing, held 1")
        pair.near.edit(id(20)) { $0["note"] = .text("good") }
        try pair.event([20])
        #expect(try await pair.runEvents() == "far +1")
    }

    @Test("where records cannot be asked for by their ids, the side is read as it always is")
    func notByID() async throws {
        let pair = try await pair(.left) { $0.readsByID = false }
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        try pair.event([3])
        #expect(try await pair.runEvents() == "far ~1")
        #expect(pair.near.calls(.get) == 0)
        #expect(try pair.inbox().isEmpty)
    }

    @Test("more ids than records are worth asking for are had by reading the whole")
    func tooMany() async throws {
        let pair = try await pair(.left)
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        try pair.event(Array(1...1001))
        #expect(try await pair.runEvents() == "far ~1")
        #expect(pair.near.calls(.get) == 0)
        #expect(pair.near.calls(.page) == 5)
    }

    @Test("a run that fails, or that a brake stops, leaves what waits where it is", arguments: Side.allCases)
    func failing(side: Side) async throws {
        let pair = try await pair(side)
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        try pair.event([3])
        pair.near.fail(.serverError, at: 1, of: .get)
        #expect(try await pair.runEvents().contains("500"))
        #expect(try pair.inbox().count == 1)
        pair.near.heal()
        for number in 1...9 { pair.near.remove(id(number)) }
        try pair.event(Array(1...9))
        #expect(try await pair.reportEvents().isRefused)
        #expect(try pair.inbox().count == 9)
        #expect(pair.far.records.count == 12)
    }

    @Test("a run of events puts off no run that the schedule asks for")
    func schedule() async throws {
        let pair = try await pair(.left)
        let before = try pair.header()
        pair.pass(hours: 1)
        try pair.event([3])
        #expect(try await pair.runEvents() == "nothing")
        let after = try pair.header()
        #expect(after.lastStarted == before.lastStarted)
        #expect(after.lastSucceeded == before.lastSucceeded)
        #expect(after.lastFinished != before.lastFinished)
        try pair.event([3])
        pair.near.fail(.serverError, at: 1, of: .get)
        _ = try await pair.runEvents()
        #expect(try pair.header().lastStarted == before.lastStarted)
    }

    @Test("the first run reads everything, and a changed job file too, whatever events say")
    func first() async throws {
        let pair = try ServerPair(.left)
        for number in 1...4 { pair.near.put(pair.record(number, "a")) }
        try pair.event([2])
        #expect(try await pair.runEvents() == "far +4")
        #expect(try pair.inbox().isEmpty)
        #expect(try pair.header().lastStarted != nil)
        try pair.story.edit("jobs/crm.yaml", "deletes: propagate", "deletes: ignore")
        pair.near.edit(id(1)) { $0["note"] = .text("b") }
        try pair.event([2])
        #expect(try await pair.runEvents() == "far ~1")
    }

    @Test("a plan, a run of named records and a paused sync leave what waits where it is")
    func others() async throws {
        let pair = try await pair(.left)
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        try pair.event([3])
        #expect(try await pair.report(.plan).plan?.operations.count == 1)
        #expect(try pair.inbox().count == 1)
        _ = try pair.story.workspace().pause(Selection(), reason: "", world: pair.story.world)
        _ = try await pair.runEvents()
        #expect(try pair.inbox().count == 1)
    }

    @Test("a file that is no event is told of once, and the run goes on")
    func garbage() async throws {
        let pair = try await pair(.left)
        try pair.event([3])
        pair.near.edit(id(3)) { $0["note"] = .text("new") }
        try pair.story.write("state/crm/things/inbox/left-0.json", "{")
        let report = try await pair.reportEvents()
        #expect(report.inboxProblems.count == 1)
        #expect(report.written.right.updates == 1)
        #expect(try await pair.report().inboxProblems == [])
    }

    @Test("a run that dies at any operation keeps what it has not settled, and the next one ends in step")
    func deaths() async throws {
        func edited() async throws -> ServerPair {
            let pair = try await pair(.left) { $0.reading = .changes(tombstones: false) }
            pair.near.edit(id(3)) { $0["note"] = .text("new") }
            pair.near.remove(id(4))
            pair.near.put(pair.record(20, "new"))
            pair.far.edit(id(5)) { $0["note"] = .text("far") }
            try pair.event([3, 4])
            try pair.event([20])
            try pair.event([5], on: .right)
            return pair
        }
        let counted = try await edited()
        let counter = Countdown(Int.max)
        counted.story.disk = counter.disk
        #expect(try await counted.runEvents() == "near ~1, far +1 ~1 -1")
        let operations = counter.asked
        #expect(operations > 50)
        for number in stride(from: 1, through: operations, by: 2) {
            let pair = try await edited()
            let countdown = Countdown(number)
            pair.story.disk = countdown.disk
            _ = try? await pair.runEvents()
            pair.story.disk = Disk()
            _ = try await pair.runEvents()
            let place = "died at operation \(number) of \(operations): \(countdown.last ?? "")"
            #expect(pair.isInStep, "\(place)")
            #expect(pair.near.records.count == 12, "\(place)")
            #expect(try pair.inbox().isEmpty, "\(place)")
        }
    }
}

extension ServerPair {
    private var folder: SyncFolder {
        StateFolder(story.path + "/state", disk: Disk()).sync(SyncName(job: "crm", sync: "things"))
    }

    /// Puts an event of some records into the inbox: of `near`, where nothing else is said.
    fileprivate func event(_ ids: [Int], on side: Side? = nil) throws {
        let event = InboxEvent(
            side: side ?? self.side, ids: ids.map { id($0) }, came: Timestamp(Story.now) ?? .earliest)
        #expect(try folder.put(event, number: 1))
    }

    fileprivate func inbox() throws -> Inbox { try folder.inbox() }

    fileprivate func reportEvents() async throws -> SyncReport { try await report(onlyEvents: true) }

    fileprivate func runEvents() async throws -> String { words(try await reportEvents()) }
}

extension SyncReport {
    fileprivate var isNotDue: Bool { if case .notDue = outcome { true } else { false } }
    fileprivate var isRefused: Bool { if case .refused = outcome { true } else { false } }
}
