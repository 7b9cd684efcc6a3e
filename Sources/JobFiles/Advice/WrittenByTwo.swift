import CEL
import Diagnostics
import Model
import Values

extension Advice {
    /// Two syncs that write the same fields of the same records take turns for ever, unless their filters share no
    /// record. Told once for each two syncs, at the first field.
    static let writtenByTwo = Advice { meant, findings in
        var writers: [CollectionKey: [Writer]] = [:]
        for (job, sync) in meant.syncs {
            for side in Side.allCases where sync.direction.writes(to: side) {
                let key = meant.collection(side, of: sync, job)
                let writer = Writer(sync, side)
                for earlier in (writers[key] ?? []).suffix(most) { report(earlier, writer, &findings) }
                writers[key, default: []].append(writer)
            }
        }
    }

    /// Of so many syncs that write a collection each is held against each.
    private static let most = 50

    private static func report(_ earlier: Writer, _ later: Writer, _ findings: inout Findings) {
        let shared = later.fields.filter { earlier.places[$0.path] != nil }
        guard let first = shared.first, earlier.sync.name != later.sync.name, mayShareRecords(earlier, later) else {
            return
        }
        let collection = shortened(later.sync.collections[later.side].name)
        let fields = listed(shared.prefix(3).map { "\($0.path)" }, joinedBy: "and")
        let more = shared.count > 3 ? " and \(shared.count - 3) more" : ""
        findings.add(
            .writtenByTwo,
            "\(fields)\(more) of '\(collection)' \(shared.count == 1 ? "is" : "are") written by "
                + "\(earlier.sync.name) too", at: first.place,
            hint: "let one of them write it, or give them filters that share no record",
            notes: [.init("\(earlier.sync.name) writes it here", at: earlier.places[first.path])])
    }

    private static func mayShareRecords(_ a: Writer, _ b: Writer) -> Bool {
        guard let first = a.sync.collections[a.side].filter, let second = b.sync.collections[b.side].filter else {
            return true
        }
        return FilterTrial([first, second]).verdict != .never
    }
}

/// A sync that writes a collection.
private struct Writer {
    let sync: Sync
    let side: Side
    var fields: [(path: FieldPath, place: Place)] = []
    var places: [FieldPath: Place] = [:]

    init(_ sync: Sync, _ side: Side) {
        self.sync = sync
        self.side = side
        for field in sync.fields where field.flow.goes(to: side) {
            guard let path = field.path(on: side) else { continue }
            fields.append((path, field.place))
            places[path] = field.place
        }
    }
}
