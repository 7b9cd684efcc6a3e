import Model
import Values

/// The writes of two plans of one sync, held against each other: by what is written, and of a new record by what it is made from, for its
/// id may be another one.
struct WriteChanges {
    private struct Key: Hashable {
        var verb: WriteRequest.Verb
        var side: Side
        var record: RecordID
    }

    private struct Kind: Hashable {
        var change: SyncDifference.Writes.Change
        var verb: WriteRequest.Verb
        var side: Side
    }

    private var found: [Kind: Sampled<PlannedWrite>] = [:]

    init(_ before: SyncReport?, _ after: SyncReport?) {
        var known: [Key: Fingerprint] = [:]
        Self.each(before) { write in known[Self.key(write)] = Self.fingerprint(write) }
        var met: Set<Key> = []
        Self.each(after) { write in
            let key = Self.key(write)
            met.insert(key)
            guard let former = known[key] else { return add(.new, write) }
            if former != Self.fingerprint(write) { add(.changed, write) }
        }
        Self.each(before) { write in
            if !met.contains(Self.key(write)) { add(.gone, write) }
        }
    }

    /// In the order of changes, verbs and sides.
    var all: [SyncDifference.Writes] {
        SyncDifference.Writes.Change.allCases.flatMap { change in
            WriteRequest.Verb.allCases.flatMap { verb in
                Side.allCases.compactMap { side in
                    found[Kind(change: change, verb: verb, side: side)].map {
                        SyncDifference.Writes(change: change, verb: verb, side: side, writes: $0)
                    }
                }
            }
        }
    }

    private mutating func add(_ change: SyncDifference.Writes.Change, _ write: PlannedWrite) {
        found[Kind(change: change, verb: write.verb, side: write.side), default: Sampled()].add(write)
    }

    private static func each(_ report: SyncReport?, _ body: (PlannedWrite) -> Void) {
        guard let report, let plan = report.plan else { return }
        for number in plan.operations.indices {
            if let write = report.write(number) { body(write) }
        }
    }

    private static func key(_ write: PlannedWrite) -> Key {
        let isNew = write.verb == .create && write.partner.isAssigned
        return Key(verb: write.verb, side: write.side, record: isNew ? write.partner : write.id)
    }

    private static func fingerprint(_ write: PlannedWrite) -> Fingerprint {
        var hash = FingerprintHash()
        for field in write.fields {
            let text = JSON.text(.list([.text(field.path), field.before, field.after]))
            Array(text.utf8).withUnsafeBytes { hash.update($0) }
        }
        return hash.finish()
    }
}
