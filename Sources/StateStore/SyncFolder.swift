package import FileIO
package import Model

/// Where the state of syncs lies: a folder that a person can read with `jq` and copy to another host.
package struct StateFolder: Sendable {
    package let path: String
    package let disk: Disk

    package init(_ path: String, disk: Disk) {
        self.path = path
        self.disk = disk
    }

    package func sync(_ name: SyncName) -> SyncFolder {
        SyncFolder(path: FileIO.path("\(name.job)/\(name.sync)", in: path), sync: name, disk: disk)
    }
}

/// The files of one sync.
package struct SyncFolder: Sendable {
    package let path: String
    package let sync: SyncName
    package let disk: Disk

    var header: String { file("state.json") }
    var links: String { file("links.jsonl") }
    var previousLinks: String { file("links.previous.jsonl") }
    var queue: String { file("queue.jsonl") }
    var runList: String { file("runs.jsonl") }
    var runs: String { file("runs") }
    var lock: String { file("lock") }

    func run(_ name: String) -> String { FileIO.path(name + ".jsonl", in: runs) }

    /// The runs that have a file of their own, in their order.
    func runNames() throws(FileFailure) -> [String] {
        guard try disk.identity(runs)?.isFolder == true else { return [] }
        return try disk.list(runs).compactMap { name in
            name.hasSuffix(".jsonl") ? String(name.dropLast(6)) : nil
        }
    }

    private func file(_ name: String) -> String { FileIO.path(name, in: path) }
}
