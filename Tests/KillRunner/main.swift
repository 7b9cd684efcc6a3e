import FileIO
import Glibc
import Runner
import TestKit
import Values

// A run of all syncs that kills itself with SIGKILL at one operation of the disk: what tests start instead of the program, which has
// no place for such a thing.
//
//     kill-runner JOBS STATE NOW EVENT KIND PATH OCCURRENCE

/// The words of the command line, or nil where they say nothing that can be done.
private struct Order {
    var jobs: String
    var state: String
    var now: Timestamp
    var script: DiskScript

    init?(_ words: [String]) {
        let events: [String: DiskEvent] = ["before": .kill, "after": .killAfter, "torn": .tornKill]
        guard words.count == 8, let now = Timestamp(words[3]), let event = events[words[4]],
            let kind = DiskOperation.Kind(rawValue: words[5]), let occurrence = Int(words[7])
        else { return nil }
        jobs = words[1]
        state = words[2]
        self.now = now
        script = DiskScript(event, at: DiskPoint(DiskOperation(kind, words[6]), occurrence: occurrence))
    }
}

guard let order = Order(CommandLine.arguments) else { exit(64) }
let now = order.now
var world = World(now: { now }, environment: { _ in nil }, holder: { "process \(getpid())" })
let workspace = try Workspace.load(jobs: order.jobs, state: order.state, world: world)
world.disk = order.script.disk
_ = try await JobRunner(workspace, world: world, evenIfNotDue: true).run(Selection(), .run(accepting: nil))
order.script.finish()
// The point was not met.
exit(3)
