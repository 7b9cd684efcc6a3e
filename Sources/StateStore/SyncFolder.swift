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

    private var headerFile: String { file("state.json") }
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

/// The right to move the state of a sync on: its lock, held until the last copy goes.
package struct SyncClaim: Sendable {
    private let lock: FileLock

    fileprivate init(lock: FileLock) { self.lock = lock }
}

extension SyncFolder {
    /// Takes the lock of the sync.
    ///
    /// - Parameter holder: who takes it, in words, for whoever meets it.
    package func claim(holder: String) throws(StateFailure) -> SyncClaim {
        let result = try onFiles { () throws(FileFailure) in
            try disk.makeFolder(path)
            return try disk.lock(lock, holder: holder)
        }
        switch result {
        case .held(let holder): throw .locked(path: lock, holder: holder)
        case .taken(let lock): return SyncClaim(lock: lock)
        }
    }

    /// Who is at work on the sync, in the words of its claim; nil where nobody is.
    package func holder() throws(StateFailure) -> String? {
        try onFiles { () throws(FileFailure) in try disk.holder(of: lock) }
    }

    /// What is remembered beside the links; nil where the sync never ran.
    package func header() throws(StateFailure) -> SyncHeader? {
        let bytes = try onFiles { () throws(FileFailure) in try disk.readIfPresent(headerFile) }
        guard let bytes else { return nil }
        return try SyncHeader(bytes, path: headerFile, sync: sync)
    }

    /// Replaces what is remembered beside the links. The caller holds the claim.
    package func save(_ header: SyncHeader) throws(StateFailure) {
        let bytes = header.encode(for: sync)
        try onFiles { () throws(FileFailure) in try disk.replace(headerFile, with: bytes) }
    }

    /// Whether the run files are those that the header knows: no run died since it was written.
    package func isAsLeft(_ header: SyncHeader) throws(StateFailure) -> Bool {
        try onFiles { () throws(FileFailure) in try runNames().last ?? "" } == header.lastRun
    }
}
