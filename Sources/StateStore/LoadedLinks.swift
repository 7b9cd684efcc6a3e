import FileIO
package import Model
import Values

/// A file that holds bases.
struct StoreFile {
    var path: String
    /// The arrows of the fields, in the order of the values in its bases.
    var fields: [String]
    var size: Int
}

/// A create of which it is not known whether it took effect: the process died before it was told.
package struct DoubtfulCreate: Sendable {
    /// The number of the link that there is if it did. The link counts as removed until then.
    package var link: Int
    /// The side on which the record was to be made.
    package var side: Side
    /// The numbers of the fields that it was to set; known where its id is not.
    var fields: [Int] = []
    /// Under which key it was asked for; nil where the system gives no ids.
    package var key: String?
    /// Of an undo, the whole record that it was to make again.
    package var record: WholeRecord?
    /// Whether the record gets no link: it is made again without its partner.
    package var isLone = false
    /// Whether something was found that may be it: then a refusal of what is asked for again does not tell that it was not made.
    package var mayBeThere = false
}

/// An update of which it is not known whether it took effect.
struct IntendedUpdate: Sendable {
    /// The side that was to be written.
    var side: Side
    /// The base that the link has if it did.
    var base: StoredRange
    /// Whether it was to make a deleted record again.
    var restores = false
    /// Whether it was to put back what a run wrote.
    var putsBack = false
}

/// What the links file and the run files after it say.
struct LoadedLinks {
    var links = LinkTable()
    var passed = Sides(left: PassedRecords(), right: PassedRecords())
    var files: [StoreFile] = []
    var doubtful: [DoubtfulCreate] = []
    /// By the numbers of their links, updates of which it is not known whether they took effect.
    var intended: [Int: IntendedUpdate] = [:]
    /// Links of which it is not known whether a record was deleted while its partner was to stay.
    var partings: Set<Int> = []
    /// Links of which it is not known whether the record of a side was deleted, and the link is over.
    var deletions: [Int: Side] = [:]
    /// The last run with a file; empty where there is none.
    var lastRun = ""
    /// Run files of a run that died before its head was written.
    var headless: [String] = []
}

extension LoadedLinks {
    /// The link is no more, nor is it in doubt what its records hold.
    mutating func end(_ link: Int) {
        links.remove(link)
        settle(link)
    }

    /// What was in doubt of the link is so no more.
    mutating func settle(_ link: Int) {
        intended[link] = nil
        partings.remove(link)
        deletions[link] = nil
    }

    /// A write was not made: what was to be carried over stands in no fingerprint.
    mutating func giveUp(_ intent: PendingIntent) {
        if intent.link < 0 { return }
        if intent.verb == .create { links.remove(intent.link) } else { links.clearFingerprints(intent.link) }
    }

    init(_ folder: SyncFolder) throws(StateFailure) {
        let names = try onFiles { () throws(FileFailure) in try folder.runNames() }
        if try onFiles({ () throws(FileFailure) in try folder.disk.identity(folder.links) }) != nil {
            try load(folder, folder.links, .links)
        }
        for name in names where lastRun.isEmpty || lastRun.precedesByBytes(name) {
            try load(folder, folder.run(name), .run)
        }
        forgetSettledCreates()
    }

    /// A create is in doubt no more once its source has a link: somebody settled it. Where one was intended again and its first line was
    /// not ended, because the process died between the two, the later one stands for both.
    private mutating func forgetSettledCreates() {
        if doubtful.isEmpty { return }
        var met = Sides<Set<RecordID>>(left: [], right: [])
        let links = self.links
        doubtful = doubtful.reversed().filter { create in
            let source = links.id(create.link, create.side.other)
            return links.find(source, on: create.side.other) == nil && met[create.side].insert(source).inserted
        }.reversed()
    }

    private mutating func load(_ folder: SyncFolder, _ path: String, _ kind: FileHead.Kind) throws(StateFailure) {
        let file = try onFiles { () throws(FileFailure) in try folder.disk.openToRead(path) }
        let size = try onFiles { () throws(FileFailure) in Int(try file.identity().size) }
        var loader = FileLoader(file, path: path, number: UInt32(files.count), sync: folder.sync)
        guard let head = try loader.readHead(kind) else {
            headless.append(path)
            return
        }
        if kind == .run, head.after != lastRun {
            throw .missing(path: head.after.isEmpty ? path : folder.run(head.after))
        }
        files.append(StoreFile(path: path, fields: head.fields, size: size))
        if kind == .links { links.reserve(head.count, keyBytes: head.count * 8) }
        loader.run = head.run
        try loader.readEntries(&self)
        if kind == .links, loader.entryCount != head.count {
            throw .damaged(
                path: path, line: loader.entryCount + 1,
                reason: "it should have \(head.count) links, and has \(loader.entryCount)")
        }
        lastRun = head.run
    }
}
