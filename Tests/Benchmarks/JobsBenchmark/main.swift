import FileIO
import Glibc
import Model
import Runner
import Synchronization
import TestKit
import Values

// Prints how long 48 jobs take until all of them are told, alone and beside two more, of which one hangs, for its server never answers,
// and one is broken: the median of five, the two taking turns. Each job makes so many records on a server in memory, each of which
// takes a write of its own and what a run remembers of it on the disk.

private let count = 48
private let recordsEach = 200
private let rounds = 5

private struct Jobs {
    let folder: ScratchFolder
    let servers: [String: FakeServer]
    let workspace: Workspace
    let world: World

    /// - Parameter first: the number of the first job; 0 hangs, 1 is broken, and all others are well.
    init(from first: Int) throws {
        folder = try ScratchFolder()
        try Disk().makeFolder(folder.path + "/jobs")
        let names = (first..<count + 2).map { $0 < 10 ? "job0\($0)" : "job\($0)" }
        var servers: [String: FakeServer] = [:]
        for name in names {
            let records = (1...recordsEach).map { Object([("id", .int(Int64($0))), ("note", .text("note \($0)"))]) }
            servers["desk/\(name)"] = FakeServer(FakeOptions(), records)
            let right = name == "job01" ? "broken" : "shop"
            servers["\(right)/\(name)"] = FakeServer()
            try folder.write("jobs/\(name).yaml", Self.job(name, right: right))
        }
        let connections = ["desk", "shop", "broken"].map { "  \($0): {type: memory}\n" }.joined()
        try folder.write("jobs/connections.yaml", "connections:\n" + connections)
        servers["shop/job00"]?.door.close()
        servers["broken/job01"]?.breakDown(.unauthorised(message: "401 Unauthorized"))
        let now = Timestamp("2026-11-21T10:00:00Z") ?? .earliest
        var world = World(now: { now }, environment: { _ in nil }, holder: { "the benchmark" })
        world.connect = .servers(servers)
        self.servers = servers
        self.world = world
        workspace = try Workspace.load(jobs: folder.path + "/jobs", state: folder.path + "/state", world: world)
    }

    private static func job(_ name: String, right: String) -> String {
        """
        job: \(name)
        left: desk
        right: \(right)
        syncs:
          things:
            left: \(name)
            right: \(name)
            match: id <-> id
            fields: [id <-> id, note <-> note]

        """
    }

    /// Seconds until the jobs that are well are told; then what hangs is let go.
    func run() async throws -> Double {
        let clock = ContinuousClock()
        let started = clock.now
        let told = Mutex((count: 0, after: Duration.zero))
        let runner = JobRunner(workspace, world: world, evenIfNotDue: true) { event in
            guard case .told(let report) = event, !["job00", "job01"].contains(report.sync.job) else { return }
            told.withLock { told in
                told.count += 1
                if told.count == count { told.after = clock.now - started }
            }
            if told.withLock({ $0.count == count }) { servers["shop/job00"]?.door.open() }
        }
        _ = try await runner.run(Selection(), .run(accepting: nil))
        let made = servers.filter { $0.key.hasPrefix("shop/") && $0.key != "shop/job00" }.values
        guard told.withLock({ $0.count }) == count, made.allSatisfy({ $0.records.count == recordsEach }) else {
            print("FAULT: not all was written")
            exit(1)
        }
        let after = told.withLock { $0.after.components }
        return Double(after.seconds) + Double(after.attoseconds) / 1e18
    }
}

private func text(_ seconds: Double) -> String {
    let thousandths = Int((seconds * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
}

private func line(_ what: String, _ times: [Double]) -> Double {
    let sorted = times.sorted()
    let median = sorted[sorted.count / 2]
    print("\(what)  \(text(median)) s   (\(text(sorted[0])) to \(text(sorted[sorted.count - 1])))")
    return median
}

var alone: [Double] = []
var beside: [Double] = []
// The first round of each is for the caches alone.
for round in 0...rounds {
    let times = (try await Jobs(from: 2).run(), try await Jobs(from: 0).run())
    if round == 0 { continue }
    alone.append(times.0)
    beside.append(times.1)
}
print("\(count) jobs, each of which makes \(recordsEach) records; the median of \(rounds)")
let aloneMedian = line("alone                                 ", alone)
let besideMedian = line("beside one that hangs and one broken  ", beside)
print("ratio  \(text(besideMedian / aloneMedian))")
