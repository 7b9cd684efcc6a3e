import JobFiles
package import Model
import StateStore

/// Finds the run that is meant by a name: the whole of it, its number, or `last`.
package struct RunFinder {
    private let workspace: Workspace
    private let world: World

    package init(_ workspace: Workspace, world: World) {
        self.workspace = workspace
        self.world = world
    }

    /// - Parameter sync: the sync of which it is; nil for any.
    package func find(_ name: String, of sync: SyncName?) throws(SettleFailure) -> (sync: SyncName, run: String) {
        let all = workspace.checked.jobs.flatMap(\.syncs)
        let syncs = sync.map { name in all.filter { $0.name == name } } ?? all
        if let sync, syncs.isEmpty { throw .notASync("\(sync)") }
        var found: [(sync: SyncName, run: String)] = []
        for sync in syncs {
            do throws(StateFailure) {
                if let run = try run(name, of: sync) { found.append((sync.name, run)) }
            } catch {
                throw .run(.state(error))
            }
        }
        guard let first = found.first else { throw .noRun(name, sync) }
        if found.count > 1 { throw .severalRuns(name, found.map(\.sync)) }
        return first
    }

    private func run(_ name: String, of sync: Sync) throws(StateFailure) -> String? {
        let folder = workspace.state(of: sync.name, world)
        let runs = try folder.runsWithLogs()
        guard name == "last" else { return runs.last { Self.isMeant($0, by: name) } }
        // Many a run only remembers something.
        for run in runs.reversed() where try !folder.log(of: run, fields: []).writes.isEmpty { return run }
        return nil
    }

    /// Whether a run such as `00000012-20261121T100000` is meant by its name or by its number, as `12`.
    private static func isMeant(_ run: String, by name: String) -> Bool {
        if run.utf8.elementsEqual(name.utf8) { return true }
        guard let number = Int(name), number > 0 else { return false }
        return Int(run.prefix { $0 != "-" }) == number
    }
}
