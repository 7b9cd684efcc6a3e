import Model
import Reconcile
import StateStore
import Values

// What systems said of their own accord: the records of an inbox are asked for by their ids, beside what changed, or by themselves.
extension Run {
    /// Takes what waits in the inbox, where it is about all records.
    ///
    /// - Parameter isOfEvents: whether nothing else is to be read.
    mutating func takeInbox(isOfEvents: Bool) throws(RunFailure) {
        guard part.isOfAll else { return }
        inbox = try onState { () throws(StateFailure) in try folder.inbox() }
        self.isOfEvents = isOfEvents
    }

    /// How much of a side is read first.
    func readingExtent(of side: Side, _ store: SyncStore) throws(RunFailure) -> ReadingExtent {
        if isOfEvents, let extent = try eventExtent(of: side, store) { return extent }
        return ReadingExtent(side, self, store)
    }

    /// Just the records of events and those that are not decided; nil where less than the usual would leave something out.
    private func eventExtent(of side: Side, _ store: SyncStore) throws(RunFailure) -> ReadingExtent? {
        guard trustsFingerprints(store.header), !store.hasEnded, store.header.progress[side].readWhole != nil,
            endpoints[side].capabilities.readsByID, !endpoints[side].capabilities.newIDs.isNumbered,
            let known = KnownIDs(side, self, store, and: try heldIDs(of: side))
        else { return nil }
        var reading = ReadingExtent()
        reading.extent = .only(known.ids)
        reading.asked = known.links
        return reading
    }

    /// The records of a side that were left alone by the run before: a side that is read whole each time remembers them nowhere else.
    private func heldIDs(of side: Side) throws(RunFailure) -> [RecordID] {
        let kind: RecordID.Kind = endpoints[side].capabilities.idFields.count > 1 ? .composite : .text
        do throws(StateFailure) {
            return try folder.queueItems().compactMap { item in item.ids[side].map { RecordID(key: $0, kind: kind) } }
        } catch {
            // It is written anew from the records.
            if case .damaged = error { return [] }
            throw .state(error)
        }
    }

    /// Reads what changed on a side of which only events were read, where a new record of the other may belong to one that came, or
    /// changed, without an event.
    func readChangesToo(_ store: SyncStore, _ snapshots: inout Sides<Snapshot>) async throws(RunFailure) {
        guard isOfEvents else { return }
        var isRead = Sides(left: false, right: false)
        for side in Side.allCases + [.left] where !isRead[side] && snapshots[side.other].hasUnlinked {
            isRead[side] = true
            guard !sync.match.isEmpty || endpoints[side].capabilities.newIDs == .fields else { continue }
            guard !snapshots[side].isWhole, snapshots[side].cursor == nil else { continue }
            snapshots[side] = try await snapshot(side, store, ReadingExtent(side, self, store))
        }
    }
}

/// The records of a side that are asked for by their ids, whatever changed: those that are not decided, and those of events.
struct KnownIDs {
    private(set) var ids: [RecordID]
    /// Their links.
    private(set) var links: Set<Int>

    /// nil where they cannot be asked for, or are so many that the whole is had with less.
    ///
    /// - Parameter others: further records without a link.
    init?(_ side: Side, _ run: Run, _ store: SyncStore, and others: [RecordID] = []) {
        let open = store.links.openLinks
        links = Set(open)
        ids = open.map { store.links.id($0, side) }
        var known = Set(ids)
        for id in store.header.progress[side].awaited + run.inbox.ids[side] + others where known.insert(id).inserted {
            ids.append(id)
            if let link = store.links.find(id, on: side) { links.insert(link) }
        }
        let most = max(1000, store.links.count / 2)
        guard ids.isEmpty || (run.endpoints[side].capabilities.readsByID && ids.count <= most) else { return nil }
    }
}

extension JobRunner {
    /// Whether a sync is to run now: something waits in its inbox, where that is what is asked for; else its time has come.
    func hasComeDue(_ sync: Sync) throws(StateFailure) -> Bool {
        if onlyEvents { return try workspace.state(of: sync.name, world).hasEvents() }
        return evenIfNotDue ? true : try isDue(sync)
    }
}

extension SyncReport {
    mutating func note(_ inbox: Inbox, isOfEvents: Bool) {
        inboxProblems = inbox.problems
        self.isOfEvents = isOfEvents
    }
}
