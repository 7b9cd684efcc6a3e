import JobFiles
package import Model
import StateStore
package import Values

/// How a connection that some syncs use stands, as runs left it.
package struct UsedConnection: Sendable {
    package var name: String
    /// nil where it was in order when it was last used.
    package var trouble: ConnectionTrouble?
    /// Since when it stands so; nil where it never was in trouble.
    package var since: Timestamp?
    /// The syncs that use it, in the order in which they run.
    package var syncs: [SyncName]
}

extension Workspace {
    /// How the connections of a selection stand, in the order in which its syncs meet them. None where the file that
    /// tells of them cannot be read: each sync says so.
    package func usedConnections(_ selection: Selection, world: World) throws(Selection.Unknown) -> [UsedConnection] {
        guard let book = try? state(world).connections() else { return [] }
        var found: [UsedConnection] = []
        var places: [String: Int] = [:]
        for (job, sync) in try selection.syncs(of: checked.jobs) {
            for name in Set(Side.allCases.map { job.connections[$0] }).sorted(by: { $0.precedesByBytes($1) }) {
                if let at = places[name] {
                    found[at].syncs.append(sync.name)
                    continue
                }
                places[name] = found.count
                let health = book.entries[name]
                found.append(
                    UsedConnection(
                        name: name, trouble: health.flatMap { ConnectionTrouble(name, $0, isFirst: true) },
                        since: health?.since, syncs: [sync.name]))
            }
        }
        return found
    }
}
