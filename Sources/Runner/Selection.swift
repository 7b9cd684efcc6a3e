import Diagnostics
package import Model

/// Which syncs a command is about.
package struct Selection: Sendable {
    /// Jobs and syncs by name, as `helpdesk` or `helpdesk/tickets`; none for all.
    package var names: [String]

    package init(_ names: [String] = []) { self.names = names }

    /// A name that no job or sync has.
    package struct Unknown: Error, Hashable {
        package var name: String
        package var nearest: String?

        package init(name: String, nearest: String?) {
            self.name = name
            self.nearest = nearest
        }
    }

    /// The syncs that are meant, each once, those first on which others depend.
    package func syncs(of jobs: [Job]) throws(Unknown) -> [(job: Job, sync: Sync)] {
        var wanted: Set<SyncName>?
        for name in names {
            let found = jobs.flatMap(\.syncs).map(\.name).filter { $0.job == name || $0.description == name }
            guard !found.isEmpty else {
                let known = jobs.map(\.name) + jobs.flatMap(\.syncs).map(\.name.description)
                throw Unknown(name: name, nearest: nearestName(to: name, in: known))
            }
            wanted = (wanted ?? []).union(found)
        }
        return Self.inOrder(jobs).filter { wanted?.contains($0.sync.name) ?? true }
    }

    /// All syncs, each after those that it waits for; otherwise as the files have them. The job files have no cycles.
    private static func inOrder(_ jobs: [Job]) -> [(job: Job, sync: Sync)] {
        let all = jobs.flatMap { job in job.syncs.map { (job: job, sync: $0) } }
        let byName = Dictionary(all.map { ($0.sync.name, $0) }, uniquingKeysWith: { first, _ in first })
        var ordered: [(job: Job, sync: Sync)] = []
        var seen: Set<SyncName> = []
        for entry in all {
            var stack = [(entry.sync.name, false)]
            while let (name, areParentsDone) = stack.popLast() {
                guard let (job, sync) = byName[name] else { continue }
                if areParentsDone {
                    ordered.append((job, sync))
                } else if seen.insert(name).inserted {
                    stack.append((name, true))
                    stack.append(contentsOf: sync.parents.reversed().map { ($0, false) })
                }
            }
        }
        return ordered
    }
}

extension Sync {
    /// The syncs that must run before this one: those it is said to come after, and those through whose links it translates ids.
    package var parents: [SyncName] {
        var parents: [SyncName] = []
        for parent in after + fields.compactMap(\.link?.sync) where parent != name && !parents.contains(parent) {
            parents.append(parent)
        }
        return parents
    }

    /// The syncs through whose links it translates ids, itself aside.
    var linkedSyncs: Set<SyncName> { Set(fields.compactMap(\.link?.sync)).subtracting([name]) }
}
