import Model
import StateStore
import Values

/// Has the next run ask again for writes that were refused, whatever their time, and those that are parked too.
package struct AskAgain {
    private let sync: NamedSync
    /// nil for all.
    private let wanted: [RecordName]?

    /// - Parameter ids: records by their ids; nil for all.
    package init(_ ids: [String]?, of sync: NamedSync) {
        self.sync = sync
        wanted = ids.map { $0.map(RecordName.init) }
    }

    /// Throws where a record is named of which nothing was refused; then nothing is changed.
    package func callAsFunction() async throws(SettleFailure) -> SettleReport {
        let open = try sync.open(isToWrite: true, doubtsMatter: false)
        var items = try open.onState { () throws(StateFailure) in try open.run.folder.queueItems() }
        var report = SettleReport(sync: sync.name)
        var numbers = items.indices.filter { items[$0].write != nil }
        if let wanted {
            var found: [Int] = []
            for record in wanted {
                let own = numbers.filter { record.names(items[$0].ids) }
                if own.isEmpty { throw .notRefused(record.text, sync.name) }
                found += own
            }
            numbers = found
        }
        for number in Set(numbers).sorted() {
            items[number].state = .failed
            items[number].attempts = 0
            items[number].nextTry = nil
            report.settled.append(SettleReport.Record(ids: items[number].ids))
        }
        let changed = items
        try open.onState { () throws(StateFailure) in try open.run.folder.saveQueue(changed) }
        return report
    }
}

extension RecordName {
    /// Whether it names one of two records.
    fileprivate func names(_ ids: Sides<String?>) -> Bool {
        Side.allCases.contains { side in
            guard let id = id(on: side), let key = ids[side] else { return false }
            return id.key.hasSameBytes(as: key)
        }
    }
}
