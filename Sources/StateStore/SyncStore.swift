import FileIO
package import Model
package import Values

/// The state of one sync, as a run has it: loaded once, and moved on by what its ``RunJournal`` writes.
package struct SyncStore {
    package let folder: SyncFolder
    package var header: SyncHeader
    package internal(set) var links: LinkTable
    /// Records that the first run passed over.
    package internal(set) var passed: Sides<PassedRecords>
    /// Creates of a run that died, to be settled before anything else.
    package internal(set) var doubtful: [DoubtfulCreate]
    /// By the numbers of their links, updates of a run that died.
    var intended: [Int: IntendedUpdate]
    /// Links of which a run that died may have deleted a record while its partner was to stay.
    package internal(set) var partings: Set<Int>
    /// Links of which a run that died may have deleted the record of a side: did it, then the link is over.
    package internal(set) var deletions: [Int: Side]
    /// The arrows of the sync's fields, in order.
    let fields: [String]
    /// Whether links were found to be over: what stands of their records has to be met.
    package private(set) var hasEnded = false
    var files: [StoreFile]
    /// The last run with a file of its own; empty where there is none.
    package internal(set) var lastRun: String
    private let headless: [String]
    private let claim: SyncClaim?

    /// Loads the state of a sync.
    ///
    /// - Parameter claim: the lock, where the state is to be moved on; without it nothing may be written.
    package init(_ folder: SyncFolder, fields: [String], claim: SyncClaim? = nil) throws(StateFailure) {
        self.folder = folder
        self.fields = fields
        self.claim = claim
        header = try folder.header() ?? SyncHeader()
        let loaded = try LoadedLinks(folder)
        links = loaded.links
        passed = loaded.passed
        doubtful = loaded.doubtful
        intended = loaded.intended
        partings = loaded.partings
        deletions = loaded.deletions
        files = loaded.files
        lastRun = loaded.lastRun
        headless = loaded.headless
    }

    /// Whether every link stands as both sides were last seen, so that a collection that says it is unchanged need not be read.
    package var isSettled: Bool { hasNoDoubts && !hasEnded && links.undecidedCount == 0 }

    /// Whether of every write it is known whether it took effect.
    package var hasNoDoubts: Bool { doubtful.isEmpty && intended.isEmpty && partings.isEmpty && deletions.isEmpty }

    /// Whether nothing but creates is in doubt: a link of their sources settles them, whatever else there is.
    package var hasOnlyDoubtfulCreates: Bool { intended.isEmpty && partings.isEmpty && deletions.isEmpty }

    /// What was in doubt of the link is so no more.
    mutating func settle(_ link: Int) {
        intended[link] = nil
        partings.remove(link)
        deletions[link] = nil
    }

    /// A delete turned out to have taken effect: the link is over. What the run journal says of it follows.
    package mutating func end(_ link: Int) {
        settle(link)
        links.remove(link)
        hasEnded = true
    }

    /// A write of a link did not take effect: what was to be carried over stands in no fingerprint.
    mutating func leaveOpen(_ link: Int) {
        if link >= 0 { links.clearFingerprints(link) }
    }

    /// Takes the links of creates that turned out to have taken effect. What the run journal says of them follows.
    package mutating func revive(_ creates: [DoubtfulCreate]) {
        for create in creates { links.revive(create.link) }
    }

    /// Takes the link of a create that turned out to have taken effect, with the id that the system gave the record. What the run
    /// journal says of it follows.
    package mutating func adopt(_ create: DoubtfulCreate, as id: RecordID) -> DoubtfulCreate {
        var adopted = create
        let source = links.id(create.link, create.side.other)
        adopted.link = links.append(
            source, id, made: create.side, Sides(left: .none, right: .none), links.base(create.link))
        if create.isLone {
            links.remove(adopted.link)
            // Its fingerprint is not known yet.
            passed[create.side].add(id, .none)
        }
        return adopted
    }

    /// The numbers of the fields that a create was to set, as the sync has them now.
    package func fields(of create: DoubtfulCreate) -> [Int] {
        let columns = columns(of: Int(links.base(create.link).file))
        return columns.indices.filter { columns[$0].map(create.fields.contains) ?? false }
    }

    /// Loads the bases of links.
    package func bases(of numbers: [Int]) throws(StateFailure) -> BaseTable {
        let ranges = numbers.map { (link: $0, range: links.base($0)) }
        return try BaseReader(self).read(ranges)
    }

    /// Loads the bases that links have if updates of a run that died took effect, by the side that these wrote.
    package func intendedBases() throws(StateFailure) -> Sides<BaseTable> {
        let reader = BaseReader(self)
        return Sides(left: try reader.read(intended(on: .left)), right: try reader.read(intended(on: .right)))
    }

    /// The links of which a run that died was to make a deleted record again, and may have.
    package var restoredInDoubt: Set<Int> { Set(intended.lazy.filter { $0.value.restores }.map(\.key)) }

    /// The links of which an undo that died was to put a record back, and may have.
    package var putBackInDoubt: Set<Int> { Set(intended.lazy.filter { $0.value.putsBack }.map(\.key)) }

    private func intended(on side: Side) -> [(link: Int, range: StoredRange)] {
        intended.compactMap { $0.value.side == side ? ($0.key, $0.value.base) : nil }
    }

    /// Removes files in which a run that died wrote nothing.
    func removeHeadless() throws(FileFailure) {
        for path in headless { try folder.disk.remove(path) }
    }
}
