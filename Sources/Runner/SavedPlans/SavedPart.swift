import Model
import StateStore
import Values

/// A saved plan as it is carried out.
package struct SavedPart: Sendable {
    package var plan: SavedPlan
    /// The digests of plans that are carried out though brakes stand against them, as they did when they were made.
    package var accepted: Set<String>

    package init(_ plan: SavedPlan, accepted: Set<String> = []) {
        self.plan = plan
        self.accepted = accepted
    }

    /// Of a sync that the file knows nothing of nothing is to be done.
    func plan(of sync: SyncName) -> SavedSync {
        plan.syncs.first { $0.sync == sync }
            ?? SavedSync(
                sync: sync, digest: "", definition: [:], state: StatePosition(runs: 0, lastRun: ""), brakes: [],
                writes: [])
    }
}

extension SavedSync {
    /// The ids that were shown for new records of each side, by the records that they are made from.
    var newIDs: Sides<[RecordID: RecordID]> {
        var new = Sides<[RecordID: RecordID]>(left: [:], right: [:])
        for write in writes where write.verb == .create {
            guard let id = write.ids[write.side], let source = write.ids[write.side.other] else { continue }
            new[write.side][source] = id
        }
        return new
    }
}

extension Plan {
    /// The ids of all records of which something is written, or that are the partners of such records, as they print.
    var keys: Sides<Set<String>> {
        var keys = Sides<Set<String>>(left: [], right: [])
        for operation in operations {
            let ids = ids(of: operation)
            for side in Side.allCases { if let id = ids[side] { keys[side].insert(id.key) } }
        }
        return keys
    }
}

extension QueueItem {
    func isAbout(_ keys: Sides<Set<String>>) -> Bool {
        Side.allCases.contains { side in ids[side].map(keys[side].contains) ?? false }
    }
}
