import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// Systems that give new records their ids themselves.
struct AssignedIDTests {
    static let sync =
        "match: name <-> name\ndeletes: propagate\nlimits: {deletes: 100%}\nfields: [name <-> name, note <-> note]"

    static func options(groups: Int = 2, keys: Bool = false) -> FakeOptions {
        var options = FakeOptions(newIDs: .assigned)
        options.idPrefix = "R"
        options.groupSize = groups
        options.remembersKeys = keys
        return options
    }

    private func pair(_ side: Side, count: Int = 3, sync: String = sync) throws -> ServerStory {
        try ServerStory(
            sync,
            near: FakeServer(FakeOptions(), (1...count).map { ["id": .int(Int64($0)), "name": .text("n\($0)")] }),
            far: FakeServer(Self.options()), farOn: side)
    }

    @Test("records get the ids that their system gives, and are linked by them", arguments: Side.allCases)
    func creates(side: Side) async throws {
        let pair = try pair(side)
        #expect(try await pair.plan() == "far +3 ~0 -0")
        #expect(try await pair.run() == "far +3 ~0 -0")
        #expect(ServerStory.column("id", pair.far) == ["R1", "R2", "R3"])
        #expect(try await pair.run() == "nothing")
        // The links are those: edits go each way, and deletes.
        pair.near.edit(RecordID(.int(1))!) { $0["note"] = .text("x") }
        pair.far.edit(RecordID(key: "R2")) { $0["note"] = .text("y") }
        pair.far.remove(RecordID(key: "R3"))
        #expect(try await pair.run() == "near +0 ~1 -1, far +0 ~1 -0")
        #expect(
            ServerStory.column("note", pair.near) == ["-", "y"] || ServerStory.column("note", pair.near) == ["x", "y"])
        #expect(ServerStory.column("note", pair.far) == ["x", "y"])
        #expect(try await pair.run() == "nothing")
    }

    @Test("both sides may give ids", arguments: Side.allCases)
    func both(side: Side) async throws {
        let pair = try ServerStory(
            Self.sync, near: FakeServer(Self.options(), [["name": .text("a")], ["name": .text("b")]]),
            far: FakeServer(Self.options(), [["name": .text("b")], ["name": .text("c")]]), farOn: side)
        #expect(try await pair.run() == "near +1 ~0 -0, far +1 ~0 -0")
        #expect(ServerStory.column("name", pair.near) == ["a", "b", "c"])
        #expect(ServerStory.column("name", pair.far) == ["b", "c", "a"])
        for _ in 1...3 { #expect(try await pair.run() == "nothing") }
    }

    @Test("a plan shows a new record without an id, and is the plan of the run", arguments: Side.allCases)
    func plan(side: Side) async throws {
        let pair = try pair(side, count: 1)
        let planned = try await pair.report(.plan)
        let write = try #require(planned.write(0))
        #expect(!write.id.isAssigned)
        #expect(write.partner == RecordID(.int(1)))
        #expect(write.fields.map { "\($0.path)=\($0.after.shown)" } == ["name=\"n1\""])
        let run = try await pair.report(.run(accepting: nil))
        #expect(planned.plan?.digest == run.plan?.digest)
    }

    @Test("the journal has the id with the outcome", arguments: Side.allCases)
    func journal(side: Side) async throws {
        let pair = try pair(side, count: 1)
        try await pair.run()
        let lines = try pair.journal()
        let near = side == .left ? "r" : "l"
        let far = side == .left ? "l" : "r"
        #expect(lines[1].hasPrefix(#"{"create":"\#(side)","\#(near)":1,"w":[0],"b":["n1",null]"#))
        #expect(lines[2].hasPrefix(#"{"stored":2,"\#(far)":"R1","lf":""#))
        #expect(lines.count == 3)
    }

    @Test("a field that holds the id is carried back", arguments: Side.allCases)
    func carriedBack(side: Side) async throws {
        let sync = "fields: [name <-> name, ref <-> id]"
        let fields = side == .right ? sync : "fields: [name <-> name, id <-> ref]"
        let pair = try pair(side, count: 2, sync: fields)
        #expect(try await pair.run() == "far +2 ~0 -0")
        #expect(try await pair.run() == "near +0 ~2 -0")
        #expect(ServerStory.column("ref", pair.near) == ["R1", "R2"])
        #expect(try await pair.run() == "nothing")
    }

    @Test("a system that answers with a record that has a link made nothing", arguments: Side.allCases)
    func linkedAlready(side: Side) async throws {
        var options = Self.options()
        let pair = try pair(side, count: 1)
        try await pair.run()
        options.groupSize = 1
        let answering = Answering(
            pair.far.endpoint, .stored(.none, as: StoredRecord(id: RecordID(key: "R1"), content: .object([:]))))
        pair.near.put(["id": .int(2), "name": .text("n2")])
        var story = pair
        let connect = pair.story.connect
        story.story.connect = Connector { (connection, settings, collection, disk) throws(EndpointFailure) in
            let isFar = (connection.name == "desk") == (side == .left)
            return isFar ? answering : try connect.endpoint(connection, settings, collection, disk)
        }
        #expect(try await story.run() == "far +1 ~0 -0, held 1")
        #expect(try story.held().first?.hasSuffix("failed refused") == true)
    }

    @Test("children of a record that is made in the same run wait for its id, and follow", arguments: Side.allCases)
    func children(side: Side) async throws {
        let sync = "fields:\n  - name <-> name\n  - parent <-> parent: {link: things}"
        let pair = try pair(side, count: 4, sync: sync)
        pair.near.edit(RecordID(.int(1))!) { $0["parent"] = .int(3) }
        pair.near.edit(RecordID(.int(2))!) { $0["parent"] = .int(1) }
        #expect(try await pair.run() == "far +2 ~0 -0, held 2")
        #expect(Set(try pair.held()) == ["1= waiting parent-made", "2= waiting parent-not-linked"])
        #expect(try await pair.run() == "far +1 ~0 -0, held 1")
        #expect(try await pair.run() == "far +1 ~0 -0")
        #expect(ServerStory.column("name", pair.far) == ["n3", "n4", "n1", "n2"])
        #expect(ServerStory.column("parent", pair.far) == ["-", "-", "R1", "R3"])
        #expect(try await pair.run() == "nothing")
    }

    @Test("a parent that is refused makes its children wait, and only them", arguments: Side.allCases)
    func refusedParent(side: Side) async throws {
        var options = Self.options(groups: 10)
        options.refuses = { _, record in record?["name"] == .text("n1") ? .refused("not that one") : nil }
        let sync = "fields:\n  - name <-> name\n  - parent <-> parent: {link: things}"
        let near = FakeServer(FakeOptions(), (1...4).map { ["id": .int(Int64($0)), "name": .text("n\($0)")] })
        near.edit(RecordID(.int(2))!) { $0["parent"] = .int(1) }
        let pair = try ServerStory(sync, near: near, far: FakeServer(options), farOn: side)
        #expect(try await pair.run() == "far +2 ~0 -0, held 2")
        #expect(ServerStory.column("name", pair.far) == ["n3", "n4"])
        #expect(Set(try pair.held()) == ["1= failed refused", "2= waiting parent-made"])
    }

    @Test("a sync that names records of another sees the new ids in the same run; its plan says that it waits for them")
    func otherSync() async throws {
        let syncs = """
            syncs:
              companies:
                left: companies
                right: companies
                fields: [name <-> name]
              people:
                left: people
                right: people
                fields:
                  - name <-> name
                  - company <-> company: {link: companies}
            """
        let people: [Object] = [["id": .int(1), "name": .text("p"), "company": .int(7)]]
        let made = FakeServer(Self.options())
        let story = try Story(
            syncs,
            servers: [
                "desk/companies": FakeServer(FakeOptions(), [["id": .int(7), "name": .text("c")]]),
                "desk/people": FakeServer(FakeOptions(), people), "shop/companies": FakeServer(Self.options()),
                "shop/people": made,
            ])
        #expect(try await story.plan() == "companies right +1 ~0 -0; people nothing, held 1")
        #expect(try await story.run() == "companies right +1 ~0 -0; people right +1 ~0 -0")
        #expect(ServerStory.column("company", made) == ["R1"])
        #expect(try await story.run() == "companies nothing; people nothing")
    }

    @Test(
        "a run that dies at any operation of the disk makes no record twice", arguments: [false, true], Side.allCases)
    func death(keys: Bool, side: Side) async throws {
        func fresh() throws -> ServerStory {
            try ServerStory(
                Self.sync,
                near: FakeServer(FakeOptions(), (1...4).map { ["id": .int(Int64($0)), "name": .text("n\($0)")] }),
                far: FakeServer(Self.options(keys: keys)), farOn: side)
        }
        let counter = Countdown(Int.max)
        var counted = try fresh()
        counted.story.disk = counter.disk
        try await counted.run()
        for number in 1...counter.asked {
            var pair = try fresh()
            pair.story.disk = Countdown(number).disk
            _ = try? await pair.run()
            // The next run dies too, somewhere.
            pair.story.disk = Countdown(1 + number * 7 % counter.asked).disk
            _ = try? await pair.run()
            pair.story.disk = Disk()
            try await pair.run()
            try await pair.run()
            #expect(ServerStory.column("name", pair.far).sorted() == ["n1", "n2", "n3", "n4"], "died at \(number)")
            #expect(ServerStory.column("name", pair.near) == ["n1", "n2", "n3", "n4"], "died at \(number)")
            #expect(try await pair.run() == "nothing", "died at operation \(number)")
            #expect(try pair.held() == [])
        }
    }
}

/// An endpoint that gives one answer to all writes.
private struct Answering: Endpoint {
    let inner: any Endpoint
    let answer: WriteOutcome

    init(_ inner: any Endpoint, _ answer: WriteOutcome) {
        self.inner = inner
        self.answer = answer
    }

    var capabilities: Capabilities { inner.capabilities }

    func stamp() async throws(EndpointFailure) -> CollectionStamp? { try await inner.stamp() }

    func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        try await inner.read(known, extent)
    }

    func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        try await batch.mayTakeEffect()
        for number in 0..<batch.count { report(number, answer) }
        return nil
    }
}
