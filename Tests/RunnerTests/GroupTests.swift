import FileIO
import Model
import Runner
import Synchronization
import TestKit
import Testing
import Values

/// Writes that go out in groups: what is on disk of them before each group, and after a death.
struct GroupTests {
    static let sync =
        "deletes: propagate\nlimits: {deletes: 100%}\nfields: [id <-> id, name <-> name, parent <-> parent]"

    private static func record(_ id: Int, _ name: String = "n") -> Object {
        ["id": .int(Int64(id)), "name": .text("\(name)\(id)")]
    }

    private func pair(_ side: Side, count: Int, groups: Int, sync: String = sync) throws -> ServerStory {
        var options = FakeOptions()
        options.groupSize = groups
        return try ServerStory(
            sync, near: FakeServer(FakeOptions(), (1...count).map { Self.record($0) }), far: FakeServer(options),
            farOn: side)
    }

    /// Intents without an outcome in the run's file.
    private static func open(_ lines: [Substring]) -> Int {
        lines.reduce(0) { count, line in
            if ["create", "update", "delete"].contains(where: { line.hasPrefix("{\"\($0)\"") }) { return count + 1 }
            guard line.hasPrefix("{\"done\""), let start = line.firstRange(of: "\"n\":")?.upperBound else {
                return count
            }
            return count - (Int(line[start...].prefix { $0.isNumber }) ?? 0)
        }
    }

    @Test("before each call exactly its writes are on disk, and all outcomes of those before", arguments: Side.allCases)
    func onDisk(side: Side) async throws {
        let pair = try pair(side, count: 7, groups: 3)
        let seen = Mutex<[Int]>([])
        for call in 1...3 {
            pair.far.meanwhile(at: call, of: .write) { _ in
                let open = (try? pair.journal()).map(Self.open) ?? -1
                seen.withLock { $0.append(open) }
            }
        }
        #expect(try await pair.run() == "far +7 ~0 -0")
        #expect(seen.withLock { $0 } == [3, 3, 1])
        #expect(try await pair.run() == "nothing")
    }

    @Test("creates, updates and deletes are never in one group", arguments: Side.allCases)
    func verbs(side: Side) async throws {
        let pair = try pair(side, count: 4, groups: 10)
        try await pair.run()
        pair.near.edit(RecordID(.int(1))!) { $0["name"] = .text("new") }
        pair.near.remove(RecordID(.int(2))!)
        pair.near.put(Self.record(9))
        pair.far.forgetCalls()
        pair.far.clearLog()
        #expect(try await pair.run() == "far +1 ~1 -1")
        #expect(pair.far.calls(.write) == 3)
        #expect(pair.far.log.map(\.verb) == [.create, .update, .delete])
    }

    @Test("a record that names one that is made in the same run is in a later group", arguments: Side.allCases)
    func children(side: Side) async throws {
        let sync = """
            fields:
              - id <-> id
              - parent <-> parent: {link: things}
            """
        let pair = try pair(side, count: 4, groups: 10, sync: sync)
        pair.near.edit(RecordID(.int(2))!) { $0["parent"] = .int(1) }
        pair.near.edit(RecordID(.int(4))!) { $0["parent"] = .int(2) }
        #expect(try await pair.run() == "far +4 ~0 -0")
        #expect(pair.far.calls(.write) == 3)
        let made = pair.far.log.map(\.id.key)
        #expect(made.firstIndex(of: "1")! < made.firstIndex(of: "2")!)
        #expect(made.firstIndex(of: "2")! < made.firstIndex(of: "4")!)
    }

    @Test(
        "a run that dies at any operation of the disk leaves no more than one group in doubt", arguments: Side.allCases)
    func death(side: Side) async throws {
        let counter = Countdown(Int.max)
        var counted = try pair(side, count: 5, groups: 2)
        counted.story.disk = counter.disk
        try await counted.run()
        var midway = 0
        for number in 1...counter.asked {
            var pair = try pair(side, count: 5, groups: 2)
            pair.story.disk = Countdown(number).disk
            _ = try? await pair.run()
            pair.story.disk = Disk()
            let made = pair.far.records.count
            if made > 0, made < 5 { midway += 1 }
            let lines = (try? pair.journal()) ?? []
            #expect(Self.open(lines) <= 2, "died at operation \(number)")
            try await pair.run()
            #expect(ServerStory.column("id", pair.far).sorted() == ["1", "2", "3", "4", "5"])
            #expect(pair.far.log.count == 5, "died at operation \(number)")
            #expect(try await pair.run() == "nothing", "died at operation \(number)")
            #expect(try pair.held() == [])
        }
        #expect(midway > 2)
    }

    @Test(
        "where a call fails for all, what was to follow is given up, and the next run goes on", arguments: Side.allCases
    )
    func givenUp(side: Side) async throws {
        let pair = try pair(side, count: 5, groups: 2)
        pair.far.fail(.unauthorised, at: 2, of: .write)
        #expect(
            try await pair.run()
                == "things stopped: the connection 'far' is broken: the credentials are not accepted: 401 Unauthorized")
        #expect(pair.far.records.count == 2)
        #expect(pair.far.calls(.write) == 2)
        #expect(Self.open(try pair.journal().filter { !$0.hasPrefix("{\"failed\"") }) == 2)
        #expect(try pair.journal().last?.hasPrefix("{\"failed\":5,\"n\":2,") == true)
        #expect(try await pair.run() == "far +3 ~0 -0")
        #expect(pair.far.log.count == 5)
        #expect(try await pair.run() == "nothing")
    }
}
