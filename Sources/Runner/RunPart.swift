import Model
import Reconcile
import StateStore
import Values

/// How much of what is to be done a run does.
package struct RunPart: Sendable {
    /// How many writes each sync makes at most; nil for all.
    package var limit: Int?
    /// The records that it is about, and no other; none for all.
    package var only: [RecordName]
    /// The saved plan that is carried out: of all writes, those that it has too are made, and no other; nil for none.
    package var saved: SavedPart?

    package init(limit: Int? = nil, only: [RecordName] = [], saved: SavedPart? = nil) {
        self.limit = limit
        self.only = only
        self.saved = saved
    }

    /// Whether it is about all records.
    var isOfAll: Bool { only.isEmpty && saved == nil }

    /// Leaves out what is not to be done. Brakes have judged the whole.
    func cut(_ plan: inout Plan) {
        if let limit { plan.cut(to: limit) }
    }

    /// Whether one of the two records of an item is among them.
    func isAbout(_ item: QueueItem) -> Bool {
        only.contains { name in
            Side.allCases.contains { side in
                guard let id = name.id(on: side), let key = item.ids[side] else { return false }
                return id.key.hasSameBytes(as: key)
            }
        }
    }
}

extension Run {
    /// The records that the run is about; nil for all.
    ///
    /// - Throws: for a name that no record has which was read or has a link.
    func onlyRecords(_ snapshots: Sides<Snapshot>, _ links: LinkTable) throws(RunFailure) -> OnlyRecords? {
        if part.only.isEmpty { return nil }
        var only = OnlyRecords(links: [])
        let unlinked = snapshots.map { $0.unlinkedIDs() }
        for name in part.only {
            var isKnown = false
            for side in Side.allCases {
                guard let id = name.id(on: side) else { continue }
                if let link = links.find(id, on: side) {
                    only.links.insert(link)
                } else if unlinked[side].find(id) != nil {
                    only.unlinked[side].insert(id)
                } else {
                    continue
                }
                isKnown = true
            }
            if !isKnown { throw .unknownRecord(name.text, sync.name) }
        }
        return only
    }

    /// What a run about some records leaves behind. How far the sync has come is not for it to say: all but what it wrote is looked at
    /// by the next run as if it had not been.
    func end(
        about report: inout SyncReport, _ journal: RunJournal, _ greatestNumbers: Sides<Int64>, _ attempts: Attempts
    ) throws(RunFailure) {
        let saved = part.saved?.plan(of: sync.name)
        let written = report.plan?.keys ?? Sides(left: [], right: [])
        var header = journal.store.header
        let run = journal.store.lastRun == header.lastRun ? nil : journal.store.lastRun
        if report.written.left.total + report.written.right.total > 0 { report.run = run }
        header.isSettled = false
        header.greatestNumbers = greatestNumbers
        header.lastRun = journal.store.lastRun
        header.links = journal.store.links.count
        for side in Side.allCases {
            let counts = report.written[side]
            header.counts[side] = header.counts[side].map { $0 + counts.creates - counts.deletes }
        }
        let items =
            attempts.before.filter { saved == nil ? !part.isAbout($0) : !$0.isAbout(written) } + report.items
        header.held = items.count
        if !report.items.isEmpty, header.lastOutcome == .inStep { header.lastOutcome = .needsSomeone }
        let summary = RunSummary(
            run: run, started: report.started, finished: report.finished, outcome: saved == nil ? .only : .apply,
            writes: report.written, held: report.items.count, plan: saved?.digest)
        let ended = header
        try onState { () throws(StateFailure) in
            try folder.saveQueue(items)
            try folder.append(summary)
            try folder.save(ended)
        }
    }
}

extension Applied {
    /// The run is to end before it makes the writes that were cut off its plan.
    ///
    /// - Parameter whole: the plan, with the twins of its writes behind them.
    mutating func leave(_ rest: PlanRest, from plan: Plan, _ whole: Plan) {
        let limit = plan.operations.count
        leave(Array(limit..<whole.operations.count), whole, .writeLimit(limit))
        stopped = (.writeLimit(limit), rest.count)
    }
}
