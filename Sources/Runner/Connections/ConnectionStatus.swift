import Diagnostics
import JobFiles
package import Model
import StateStore
package import Values

/// How a connection stands, as the runs left it that used it last.
package struct ConnectionStatus: Sendable {
    package var name: String
    /// Its connector.
    package var type: String
    /// Where it stands in the job files: `jobs/connections.yaml:3`.
    package var place: String
    /// What is wrong with it; nil where nothing is, as far as is known.
    package var trouble: ConnectionTrouble?
    /// Since when it stands so; nil of one that was never in trouble.
    package var since: Timestamp?
    /// The syncs that use it, in the order in which they run: it stops them all where it is in trouble.
    package var syncs: [SyncName]
}

extension Workspace {
    /// The connections of the job files, by their names. Asks none of them.
    ///
    /// - Throws: where it cannot be read how they stand.
    package func connections(world: World) throws(RunFailure) -> [ConnectionStatus] {
        let book: ConnectionBook
        do throws(StateFailure) {
            book = try state(world).connections()
        } catch {
            throw .state(error)
        }
        return checked.connections.values.sorted { $0.name.precedesByBytes($1.name) }.map { connection in
            status(of: connection, book, uses(of: connection.name).map(\.sync.name))
        }
    }

    /// The connections of a selection, in the order in which its syncs meet them, with the syncs of the selection. None where the file
    /// that tells of them cannot be read: each sync says so.
    package func usedConnections(
        _ selection: Selection, world: World
    ) throws(Selection.Unknown) -> [ConnectionStatus] {
        guard let book = try? state(world).connections() else { return [] }
        var found: [ConnectionStatus] = []
        var places: [String: Int] = [:]
        for (job, sync) in try selection.syncs(of: checked.jobs) {
            for name in Set(Side.allCases.map { job.connections[$0] }).sorted(by: { $0.precedesByBytes($1) }) {
                if let at = places[name] {
                    found[at].syncs.append(sync.name)
                } else if let connection = checked.connections[name] {
                    places[name] = found.count
                    found.append(status(of: connection, book, [sync.name]))
                }
            }
        }
        return found
    }

    private func status(
        of connection: Connection, _ book: ConnectionBook, _ syncs: [SyncName]
    ) -> ConnectionStatus {
        let health = book.entries[connection.name]
        return ConnectionStatus(
            name: connection.name, type: connection.type, place: connection.place.fileAndLine,
            trouble: health.flatMap { ConnectionTrouble(connection.name, $0, isFirst: true) },
            since: health?.since, syncs: syncs)
    }

    /// The syncs of enabled jobs that use a connection, with the side on which they do.
    func uses(of connection: String) -> [(job: Job, sync: Sync, side: Side)] {
        let syncs = (try? Selection().syncs(of: checked.jobs)) ?? []
        return syncs.compactMap { job, sync in
            guard job.isEnabled, let side = Side.allCases.first(where: { job.connections[$0] == connection }) else {
                return nil
            }
            return (job, sync, side)
        }
    }

    /// How many syncs of enabled jobs use a connection.
    package func useCount(of connection: String) -> Int { uses(of: connection).count }

    /// A connection's name that is nearest to one that none has.
    package func connectionNearest(to name: String) -> String? {
        nearestName(to: name, in: checked.connections.keys.sorted())
    }
}
