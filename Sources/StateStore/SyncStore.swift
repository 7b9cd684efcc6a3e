import FileIO
package import Model
import Values

/// The state of one sync, as a run has it: loaded once, and moved on by what its ``RunJournal`` writes.
package struct SyncStore {
    package let folder: SyncFolder
    package var header: SyncHeader
    package internal(set) var links: LinkTable
    /// Records that the first run passed over.
    package internal(set) var passed: Sides<PassedRecords>
    /// Creates of a run that died, to be settled before anything else.
    package internal(set) var doubtful: [DoubtfulCreate]
    /// The arrows of the sync's fields, in order.
    let fields: [String]
    var files: [StoreFile]
    var lastRun: String
    var bytesInRuns: Int
    private let headless: [String]
    private var lock: FileLock?

    /// Loads the state of a sync without taking its lock: to look at it. Nothing is written.
    package static func look(_ folder: SyncFolder, fields: [String]) throws(StateFailure) -> SyncStore {
        try SyncStore(folder, fields: fields, lock: nil)
    }

    /// Takes the lock of a sync and loads its state: to run it.
    ///
    /// - Parameter holder: who takes the lock, in words, for whoever meets it.
    package static func open(_ folder: SyncFolder, fields: [String], holder: String) throws(StateFailure) -> SyncStore {
        let lock = try onFiles { () throws(FileFailure) in
            try folder.disk.makeFolder(folder.path)
            return try folder.disk.lock(folder.lock, holder: holder)
        }
        switch lock {
        case .held(let holder): throw .locked(path: folder.lock, holder: holder)
        case .taken(let lock): return try SyncStore(folder, fields: fields, lock: lock)
        }
    }

    /// The header alone, which says how the last run ended; nil where there was none.
    package static func header(of folder: SyncFolder) throws(StateFailure) -> SyncHeader? {
        let bytes = try onFiles { () throws(FileFailure) in try folder.disk.readIfPresent(folder.header) }
        guard let bytes else { return nil }
        return try SyncHeader(bytes, path: folder.header, sync: folder.sync)
    }

    private init(_ folder: SyncFolder, fields: [String], lock: FileLock?) throws(StateFailure) {
        self.folder = folder
        self.fields = fields
        self.lock = lock
        header = try SyncStore.header(of: folder) ?? SyncHeader()
        let loaded = try LoadedLinks(folder)
        links = loaded.links
        passed = loaded.passed
        doubtful = loaded.doubtful
        files = loaded.files
        lastRun = loaded.lastRun
        bytesInRuns = loaded.bytesInRuns
        headless = loaded.headless
    }

    /// Whether every link stands as both sides were last seen, so that a collection that says it is unchanged need not be read.
    package var isSettled: Bool {
        doubtful.isEmpty
            && links.numbers.allSatisfy { link in
                links.isRemoved(link)
                    || (links.fingerprint(link, .left) != .none && links.fingerprint(link, .right) != .none)
            }
    }

    /// Loads the bases of links.
    package func bases(of numbers: [Int]) throws(StateFailure) -> BaseTable {
        try onFiles { () throws(FileFailure) in try BaseReader(self).read(numbers) }
    }

    /// Saves the header, and with it when the sync ran and how that ended.
    package func saveHeader() throws(StateFailure) {
        let bytes = header.encode(for: folder.sync)
        try onFiles { () throws(FileFailure) in try folder.disk.replace(folder.header, with: bytes) }
    }

    /// Removes files in which a run that died wrote nothing.
    func removeHeadless() throws(FileFailure) {
        for path in headless { try folder.disk.remove(path) }
    }
}
