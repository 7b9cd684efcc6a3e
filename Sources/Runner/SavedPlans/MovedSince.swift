import CEL
import Model
import Reconcile
import StateStore
import Values

extension Run {
    /// Why writes of a saved plan are not among those that would be made now.
    ///
    /// - Parameter plan: all that would be.
    func reasons(
        _ writes: [SavedWrite], _ plan: Plan, _ inputs: Inputs, _ store: SyncStore
    ) async throws(RunFailure) -> [LeftOutWrite] {
        let records = Sides(
            left: try await recordsNow(writes.compactMap(\.ids.left), .left, store),
            right: try await recordsNow(writes.compactMap(\.ids.right), .right, store))
        let words = HoldWords(sync)
        var holds: [RecordID: String] = [:]
        for hold in plan.holds {
            for side in Side.allCases {
                guard let id = hold.ids[side] else { continue }
                holds[id] = holds[id] ?? words.sentence(hold)
            }
        }
        let since = MovedSince(sync: sync, links: store.links, records: records, holds: holds)
        return writes.map(since.reason)
    }

    private func recordsNow(
        _ ids: [RecordID], _ side: Side, _ store: SyncStore
    ) async throws(RunFailure) -> RecordsNow {
        let wanted = Set(ids.compactMap { store.links.find($0, on: side) })
        return RecordsNow(try await readNow(ids, wanted, side, store.links))
    }
}

/// The records of a side as they were read just now.
struct RecordsNow {
    private let snapshot: Snapshot
    private var numbers: [RecordID: Int] = [:]

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
        for number in snapshot.kept.indices { numbers[snapshot.id(number)] = number }
    }

    subscript(id: RecordID) -> (fingerprint: Fingerprint, object: Object?)? {
        numbers[id].map { (snapshot.kept[$0].fingerprint, try? snapshot.decode($0)) }
    }

    /// Whether it cannot be told if there is such a record.
    func isUnknown(_ id: RecordID, _ link: Int?) -> Bool {
        numbers[id] == nil && (link.map(snapshot.isUnknown) ?? !snapshot.unreadable.isEmpty)
    }
}

/// Finds out what moved since a plan was saved.
struct MovedSince {
    let sync: Sync
    let links: LinkTable
    let records: Sides<RecordsNow>
    /// What is held now, and why.
    let holds: [RecordID: String]

    func reason(_ write: SavedWrite) -> LeftOutWrite {
        let (cause, words) = isDone(write) ?? presence(write) ?? link(write) ?? change(write) ?? rest(write)
        return LeftOutWrite(write, cause, words)
    }

    private typealias Reason = (LeftOutWrite.Cause, String)

    /// Whether it is as the write would have left it.
    private func isDone(_ write: SavedWrite) -> Reason? {
        let (side, other) = (write.side, write.side.other)
        switch write.verb {
        case .delete:
            guard let id = write.ids[side], records[side][id] == nil, !isUnknown(id, side) else { return nil }
            return (.done, "it is gone already")
        case .update:
            guard let id = write.ids[side], let object = records[side][id]?.object, holds(object, write) else {
                return nil
            }
            return (.done, "it holds already what was to be written")
        case .create:
            guard let source = write.ids[other], let link = links.find(source, on: other) else { return nil }
            let partner = links.id(link, side)
            if let object = records[side][partner]?.object, write.ids[side] == partner, holds(object, write) {
                return (.done, "it was made already")
            }
            return (.done, "\(other) \(source) is linked with \(side) \(partner) already")
        }
    }

    private func holds(_ object: Object, _ write: SavedWrite) -> Bool {
        let paths = paths(on: write.side)
        return write.fields.allSatisfy { field in
            guard let path = paths[field.path] else { return false }
            return Self.text(object.value(at: path)) == Self.text(field.after)
        }
    }

    /// No value, null and an empty text are one: some systems tell no two of them apart.
    private static func text(_ value: Value?) -> String {
        let text = JSON.text(value ?? .null)
        return text == "\"\"" ? "null" : text
    }

    private func paths(on side: Side) -> [String: FieldPath] {
        let paths = sync.fields.compactMap { $0.path(on: side) } + sync.archive[side].map(\.path)
        return Dictionary(paths.map { ($0.text, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func isUnknown(_ id: RecordID, _ side: Side) -> Bool {
        records[side].isUnknown(id, links.find(id, on: side))
    }

    /// Whether both records are there, or not, as they were.
    private func presence(_ write: SavedWrite) -> Reason? {
        for side in Side.allCases {
            guard let id = write.ids[side] else { continue }
            if isUnknown(id, side) { return (.unknown, "\(side) \(id) cannot be read") }
            // Of a record that is to be deleted, the partner is gone, or is out of scope.
            if write.verb == .delete, side != write.side { continue }
            let wasThere = write.fingerprints[side].isOfContent
            let isThere = records[side][id] != nil
            if wasThere, !isThere { return (.gone, "\(side) \(id) is gone") }
            if !wasThere, isThere {
                if write.verb == .create, side == write.side {
                    return (.taken, "\(side) \(id) is another record by now")
                }
                return (.back, "\(side) \(id) is there")
            }
        }
        return nil
    }

    private func link(_ write: SavedWrite) -> Reason? {
        guard write.isLinked, write.verb != .create, let id = write.ids[write.side],
            let partner = write.ids[write.side.other]
        else {
            return nil
        }
        let (side, other) = (write.side, write.side.other)
        for (id, side, partner) in [(id, side, partner), (partner, other, id)] {
            guard let link = links.find(id, on: side) else { continue }
            let now = links.id(link, side.other)
            if now != partner {
                return (.link, "\(side) \(id) is linked with \(side.other) \(now), and no longer with \(partner)")
            }
            return nil
        }
        return (.link, "\(side) \(id) and \(other) \(partner) are linked no longer")
    }

    private func change(_ write: SavedWrite) -> Reason? {
        let changed = Side.allCases.filter { side in
            guard let id = write.ids[side], let now = records[side][id] else { return false }
            return write.fingerprints[side].isOfContent && now.fingerprint != write.fingerprints[side]
        }
        guard let side = changed.first, let id = write.ids[side] else { return nil }
        if let object = records[side][id]?.object, !isInScope(object, side) {
            return (.outOfScope, "\(side) \(id) has left the scope")
        }
        let both = write.ids[side.other].map { "\(side) \(id) and \(side.other) \($0) were changed since" }
        return (.changed, changed.count > 1 ? both ?? "" : "\(side) \(id) was changed since")
    }

    private func isInScope(_ object: Object, _ side: Side) -> Bool {
        guard let filter = sync.collections[side].filter else { return true }
        return (try? filter.evaluate(Scope(record: object))) != .bool(false)
    }

    /// Both records are what they were.
    private func rest(_ write: SavedWrite) -> Reason {
        for side in Side.allCases {
            if let id = write.ids[side], let reason = holds[id] { return (.held, reason) }
        }
        let source = write.side.other
        if write.verb == .delete, let id = write.ids[source], records[source][id] != nil {
            return (.back, "\(source) \(id) is there again")
        }
        return (.other, "the records are as they were, and something else would be written by now, or nothing")
    }
}
