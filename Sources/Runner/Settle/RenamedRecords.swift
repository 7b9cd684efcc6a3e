package import Model
import StateStore
import Values

/// A record that an undo made again, under an id that its system gave it.
package struct RenamedRecord: Sendable {
    package var side: Side
    package var was: String
    package var now: String
}

/// The records that undos made again under new ids, as their logs tell of them.
struct RenamedRecords {
    private struct Made {
        var side: Side
        var was: RecordID
        var now: RecordID
        /// What the record was once it was made.
        var stored: Fingerprint
    }

    private var made: [Made] = []

    /// Those of one run.
    init(_ folder: SyncFolder, of run: String) throws(StateFailure) {
        guard try folder.runsWithLogs().contains(run) else { return }
        try take(folder, run)
    }

    /// Those of the runs after one.
    init(_ folder: SyncFolder, after run: String) throws(StateFailure) {
        for later in try folder.runsWithLogs() where run.precedesByBytes(later) { try take(folder, later) }
    }

    private mutating func take(_ folder: SyncFolder, _ run: String) throws(StateFailure) {
        let log = try folder.log(of: run, fields: [])
        for found in log.found { made.append(Made(side: found.side, was: found.was, now: found.now, stored: .none)) }
        for write in log.writes where write.verb == .create {
            guard let was = write.record?.formerID, let now = write.ids[write.side] else { continue }
            made.append(Made(side: write.side, was: was, now: now, stored: write.stored))
        }
    }

    var all: [RenamedRecord] {
        made.map { RenamedRecord(side: $0.side, was: $0.was.key, now: $0.now.key) }
    }

    /// What a run wrote, under the ids that the records have by now.
    func follow(_ writes: [LoggedWrite]) -> [LoggedWrite] {
        if made.isEmpty { return writes }
        var ids = Sides<[RecordID: Made]>(left: [:], right: [:])
        // From the newest back: where each ended up stands at once.
        for record in made.reversed() { ids[record.side][record.was] = ids[record.side][record.now] ?? record }
        return writes.map { write in
            var write = write
            for side in Side.allCases {
                guard let id = write.ids[side], let made = ids[side][id] else { continue }
                write.ids[side] = made.now
                if side == write.side { write.stored = write.verb == .create ? made.stored : .none }
            }
            return write
        }
    }
}
