import JobFiles
import Model

/// A collection that syncs name, and one way to reach it.
struct NamedCollection: Sendable {
    var name: CollectionName
    var job: Job
    var sync: Sync
    var side: Side
    /// Whether all syncs that name it read it from one place: else one schema cannot be of it.
    var isOne = true

    var reference: CollectionReference { sync.collections[side] }
}

extension Workspace {
    /// The collections of a selection, each once, in the order in which its syncs name them.
    func collections(_ selection: Selection) throws(Selection.Unknown) -> [NamedCollection] {
        let everywhere = whereabouts
        var seen: Set<CollectionName> = []
        var found: [NamedCollection] = []
        for (job, sync) in try selection.syncs(of: checked.jobs) {
            for side in Side.allCases {
                let name = CollectionName(connection: job.connections[side], collection: sync.collections[side].name)
                guard seen.insert(name).inserted else { continue }
                let isOne = (everywhere[name]?.count ?? 1) < 2
                found.append(NamedCollection(name: name, job: job, sync: sync, side: side, isOne: isOne))
            }
        }
        return found
    }

    /// From where collections are read, as the settings of all syncs say.
    private var whereabouts: [CollectionName: Set<String>] {
        var all: [CollectionName: Set<String>] = [:]
        for job in checked.jobs {
            for sync in job.syncs {
                for side in Side.allCases {
                    let reference = sync.collections[side]
                    let name = CollectionName(connection: job.connections[side], collection: reference.name)
                    let settings = reference.settings.filter { !["id", "new_id", "updated"].contains($0.name) }
                    all[name, default: []].insert(
                        settings.map { "\($0.name)=\($0.content.definition)" }.sorted().joined(separator: "\n"))
                }
            }
        }
        return all
    }

    /// Asks a system what is known of a collection: what it declares, else what some of its records show.
    func schema(of collection: NamedCollection, world: World) async throws(RunFailure) -> CollectionSchema {
        let runner = JobRunner(self, world: world, evenIfNotDue: true)
        let endpoint = try runner.endpoint(collection.side, collection.job, collection.sync)
        do throws(EndpointFailure) {
            return try await endpoint.schema()
        } catch {
            throw .endpoint(collection.side, error)
        }
    }
}
