import FileIO
import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

/// A sync between two fake servers that can be read by changes. `near` is on the side that a test names, `far` on the other: so each
/// story is told with the sides swapped too.
final class ServerPair {
    let side: Side
    let near: FakeServer
    let far: FakeServer
    var story: Story
    private var seconds: Int64 = 0

    /// - Parameters:
    ///   - extra: a further line of the sync.
    ///   - filter: of both sides.
    init(
        _ side: Side, extra: String = "", filter: String = "", match: String = "id <-> id",
        fields: String = "[id <-> id, name <-> name, note <-> note]", change: (inout FakeOptions) -> Void = { _ in }
    ) throws {
        var options = FakeOptions()
        options.reading = .changes(tombstones: true)
        options.readsByID = true
        change(&options)
        self.side = side
        near = FakeServer(options)
        far = FakeServer(options)
        let collection = filter.isEmpty ? "things" : "{collection: things, filter: '\(filter)'}"
        let syncs = """
            syncs:
              things:
                left: \(collection)
                right: \(collection)
                match: \(match)
                deletes: propagate
                fields: \(fields)
            """
        let servers = ["desk/things": side == .left ? near : far, "shop/things": side == .left ? far : near]
        story = try Story(extra.isEmpty ? syncs : syncs + "\n    " + extra, servers: servers)
    }

    func record(_ number: Int, _ note: String, name: Int? = nil) -> Object {
        ["id": .int(Int64(number)), "name": .text("n\(name ?? number)"), "note": .text(note)]
    }

    /// So many records on both sides, in step, and long ago.
    func fill(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for number in 1...count { near.put(record(number, "a")) }
        #expect(try await run() == "far +\(count)", sourceLocation: sourceLocation)
        quiet()
        #expect(try await run() == "nothing", sourceLocation: sourceLocation)
        quiet()
    }

    /// Lets the servers' clocks go on, past all overlap.
    func quiet() {
        near.wait(40)
        far.wait(40)
    }

    /// Lets the clock of this host go on.
    func pass(hours: Int64) { seconds += hours * 3600 }

    func forgetCalls() {
        near.forgetCalls()
        far.forgetCalls()
    }

    func report(
        _ mode: JobRunner.Mode = .run(accepting: nil), onlyEvents: Bool = false
    ) async throws -> SyncReport {
        var world = story.world
        let now = (Timestamp(Story.now) ?? .earliest).seconds + seconds
        world.now = { Timestamp(seconds: now) ?? .earliest }
        var runner = JobRunner(try story.workspace(), world: world, evenIfNotDue: true)
        runner.onlyEvents = onlyEvents
        let reports = try await runner.run(Selection([]), mode)
        return try #require(reports.first)
    }

    /// Runs, and tells what was written, as `near ~1, far +2 -1, held 1`.
    func run() async throws -> String {
        words(try await report())
    }

    func words(_ report: SyncReport) -> String {
        guard case .planned = report.outcome else { return report.short }
        var parts: [String] = []
        for (name, side) in [("near", side), ("far", side.other)] {
            let counts = report.written[side]
            let words = [("+", counts.creates), ("~", counts.updates), ("-", counts.deletes)].filter { $0.1 > 0 }
            if !words.isEmpty { parts.append(name + " " + words.map { "\($0.0)\($0.1)" }.joined(separator: " ")) }
        }
        if parts.isEmpty { parts = ["nothing"] }
        if !report.items.isEmpty { parts.append("held \(report.items.count)") }
        return parts.joined(separator: ", ")
    }

    func header() throws -> SyncHeader {
        let folder = StateFolder(story.path + "/state", disk: Disk()).sync(SyncName(job: "crm", sync: "things"))
        return try #require(try folder.header())
    }

    func progress(_ side: Side) throws -> SideProgress { try header().progress[side] }

    /// Whether both servers hold the same.
    var isInStep: Bool {
        let sorted = [near, far].map { server in
            server.records.map { JSON.text(.object($0)) }.sorted { $0.precedesByBytes($1) }
        }
        return sorted[0] == sorted[1]
    }
}

func id(_ number: Int) -> RecordID { RecordID(key: String(number), kind: .number) }
