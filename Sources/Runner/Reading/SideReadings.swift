import Model
import Reconcile
import StateStore
import Values

// How both sides are read: not at all or by changes where that is enough, whole where it is not, and record by record what is still
// needed to tell what follows.
extension Run {
    /// - Parameter confirmsAll: whether records that are missing are asked for though so many are that a brake stands against it.
    func read(
        _ store: SyncStore, _ stamps: Sides<CollectionStamp?>, confirmsAll: Bool = false
    ) async throws(RunFailure) -> Sides<Snapshot> {
        tell(.reading(sync.name))
        let mayPass = try mayPass(store)
        let passes = stamps.map { mayPass ? $0 : nil }
        async let left = first(.left, store, passes.left)
        async let right = first(.right, store, passes.right)
        var snapshots = Sides(left: try await left.get(), right: try await right.get())
        try await readFurther(store, &snapshots)
        for side in Side.allCases {
            try await confirmGone(side, store, &snapshots, all: confirmsAll)
        }
        try await readPartners(store, &snapshots)
        try checkFields(snapshots)
        return snapshots
    }

    /// Whether a side that says that it is as it was need not be read: nothing was left over, and no run died since, which may have
    /// ended the links of records that stand there.
    private func mayPass(_ store: SyncStore) throws(RunFailure) -> Bool {
        guard trustsFingerprints(store.header), store.isSettled, store.header.isSettled else { return false }
        return try onState { () throws(StateFailure) in try folder.isAsLeft(store.header) }
    }

    /// The first reading of a side; none where it says that it is as it was.
    private func first(_ side: Side, _ store: SyncStore, _ now: CollectionStamp?) async -> Result<Snapshot, RunFailure>
    {
        if let now, now == store.header.stamps[side] { return .success(.untouched(stamp: now)) }
        do throws(RunFailure) {
            // A record that is named may be one that did not change.
            let extent = part.only.isEmpty ? try readingExtent(of: side, store) : ReadingExtent()
            return .success(try await snapshot(side, store, extent))
        } catch {
            return .failure(error)
        }
    }

    /// Reads what new records need: on the side that said it was as it was, and where one that a part does not show may be their
    /// partner.
    private func readFurther(_ store: SyncStore, _ snapshots: inout Sides<Snapshot>) async throws(RunFailure) {
        if snapshots.left.hasUnlinked || snapshots.right.hasUnlinked {
            for side in Side.allCases where snapshots[side].isUntouched {
                snapshots[side] = try await snapshot(side, store, ReadingExtent(side, self, store))
            }
        }
        try await readChangesToo(store, &snapshots)
        // What one side shows when it is read whole may be new to the other.
        for side in Side.allCases + [.left] where needsWhole(side, store.header.progress[side], snapshots) {
            snapshots[side] = try await snapshot(side, store, ReadingExtent())
        }
    }

    /// Whether records without a link that a part does not show could matter to those that are new. Where it is known that there are
    /// none, or nothing would follow from them, they do not.
    private func needsWhole(_ side: Side, _ progress: SideProgress, _ snapshots: Sides<Snapshot>) -> Bool {
        guard !snapshots[side].isWhole, progress.unseen != 0 else { return false }
        if snapshots[side.other].hasUnlinked {
            // A partner, or a record that has the id that a new one is to have.
            if !sync.match.isEmpty || endpoints[side].capabilities.newIDs == .fields { return true }
        }
        // Two records of a side with one key are held, also where one of them is left alone.
        let leavesAlone = sync.firstRun == .link || !sync.creates.contains(side.other)
        return leavesAlone && !sync.match.isEmpty && snapshots[side].hasUnlinked
    }

    /// Reads records that did not change but whose partners did, where something follows from them.
    private func readPartners(_ store: SyncStore, _ snapshots: inout Sides<Snapshot>) async throws(RunFailure) {
        // A partner that turns out to be gone may call for another one, and no more than that.
        for side in Side.allCases + Side.allCases {
            let wanted = Planner.wantedLinks(of: side, sync, snapshots, store.links)
            if wanted.isEmpty { continue }
            if endpoints[side].capabilities.readsByID {
                try await readOnly(wanted, of: side, store, &snapshots, keeping: wanted)
            } else {
                snapshots[side] = try await snapshot(side, store, ReadingExtent(keeping: wanted))
            }
        }
        for side in Side.allCases where !snapshots[side].isOfAll {
            snapshots[side].addUnknown(Planner.wantedLinks(of: side, sync, snapshots, store.links))
        }
    }

    /// Asks for the records that a whole reading lacks, where something is written or forgotten because they are gone: a reading may
    /// lack what is there, and the answer for a single record may not.
    private func confirmGone(
        _ side: Side, _ store: SyncStore, _ snapshots: inout Sides<Snapshot>, all: Bool
    ) async throws(RunFailure) {
        let snapshot = snapshots[side]
        guard snapshot.isOfAll, endpoints[side].capabilities.readsByID else { return }
        let last = store.header.counts[side] ?? store.links.count
        if !all, Brakes.isReadDrop(from: last, to: snapshot.count, sync.limits) { return }
        let other = snapshots[side.other]
        let isRead = !sync.match.isEmpty && snapshot.hasUnlinked
        let follows = isRead || (sync.deletes != .ignore && sync.direction.writes(to: side.other))
        let missing = store.links.numbers.filter { link in
            guard !store.links.isRemoved(link), !snapshot.saw(link: link) else { return false }
            if !other.saw(link: link) { return true }
            return follows && store.links.fingerprint(link, side) != .frozen
        }
        if missing.isEmpty { return }
        try await readOnly(Set(missing), of: side, store, &snapshots)
    }

    /// Reads the records of links, and puts them to what was read before.
    private func readOnly(
        _ asked: Set<Int>, of side: Side, _ store: SyncStore, _ snapshots: inout Sides<Snapshot>,
        keeping wanted: Set<Int> = []
    ) async throws(RunFailure) {
        let ids = asked.sorted().map { store.links.id($0, side) }
        var extent = ReadingExtent(keeping: wanted)
        extent.extent = .only(ids)
        let later = try await snapshot(side, store, extent)
        if later.isWhole {
            snapshots[side] = later
        } else {
            snapshots[side].take(later, asking: asked)
        }
    }

    func snapshot(
        _ side: Side, _ store: SyncStore, _ reading: ReadingExtent
    ) async throws(RunFailure) -> Snapshot {
        var snapshot = try await snapshot(
            side, store.links, trusting: trustsFingerprints(store.header), reading.wanted, reading.extent)
        if snapshot.isWhole { return snapshot }
        // A change that cannot be read may be one of any record: only the whole tells which are not it.
        if case .changes = reading.extent, !snapshot.unreadable.isEmpty {
            return try await self.snapshot(side, store, ReadingExtent())
        }
        snapshot.note(asked: reading.asked)
        return snapshot
    }

    /// - Throws: also where the system says that there is more than it gave: what is missing is not gone.
    func snapshot(
        _ side: Side, _ links: LinkTable, trusting: Bool, _ wanted: Set<Int> = [], _ extent: ReadExtent = .whole
    ) async throws(RunFailure) -> Snapshot {
        let known = KnownRecords(links: links, side: side, trustsFingerprints: trusting, wanted: wanted)
        let snapshot: Snapshot
        do {
            snapshot = try await endpoints[side].read(known, extent)
        } catch {
            throw .endpoint(side, error)
        }
        if snapshot.isOfAll, let expected = snapshot.expectedCount, snapshot.count < expected {
            throw .incomplete(side, read: snapshot.count, expected: expected)
        }
        return snapshot
    }
}

/// How much of a side a reading is to be of.
struct ReadingExtent {
    var extent = ReadExtent.whole
    /// The links whose records are asked for by id.
    var asked: Set<Int> = []
    /// The links whose records are kept though they did not change.
    var wanted: Set<Int> = []

    /// The whole.
    init(keeping wanted: Set<Int> = []) { self.wanted = wanted }

    /// By changes, where that leaves nothing out: the side was read whole by the same job file not too long ago, and what is not
    /// decided can be asked for beside them. Where it cannot be, a cursor that stayed where it was would not help: of a link that is
    /// held, one record may not have changed for years.
    init(_ side: Side, _ run: Run, _ store: SyncStore) {
        let header = store.header
        let progress = header.progress[side]
        let capabilities = run.endpoints[side].capabilities
        guard run.trustsFingerprints(header), !store.hasEnded, let cursor = progress.cursor,
            let readWhole = progress.readWhole,
            !run.isFullReadDue(since: readWhole), !capabilities.newIDs.isNumbered
        else { return }
        guard let known = KnownIDs(side, run, store) else { return }
        extent = .changes(since: cursor, and: known.ids)
        asked = known.links
    }
}

extension Run {
    /// Whether a side is to be read whole because that is long ago. Both times are of this host; one that lies ahead tells that its
    /// clock was set back.
    func isFullReadDue(since last: Timestamp) -> Bool {
        guard let interval = sync.fullRead else { return true }
        let passed = world.now().since(last)
        return passed >= interval || passed < .zero
    }
}

extension NewIDs {
    /// Whether ids follow on the greatest that there is, which only the whole shows.
    var isNumbered: Bool { if case .numbered = self { true } else { false } }
}
