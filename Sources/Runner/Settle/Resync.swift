import Model
import Reconcile
import StateStore
import Values

/// Forgets what is remembered of records, so that the next run looks at them anew.
package struct Resync {
    private let sync: NamedSync
    private let wanted: WantedRecords
    private let isHard: Bool

    /// - Parameter isHard: whether the base is forgotten too, so that both records are as first met.
    package init(_ wanted: WantedRecords, isHard: Bool, of sync: NamedSync) {
        self.sync = sync
        self.wanted = wanted
        self.isHard = isHard
    }

    package func callAsFunction() async throws(SettleFailure) -> SettleReport {
        let open = try sync.open(isToWrite: true)
        var plan = Plan(sync: sync.name)
        var report = SettleReport(sync: sync.name)
        let base = isHard ? Base(fieldCount: open.sync.fields.count) : nil
        for link in try wanted.links(in: open.store.links, of: sync.name) {
            open.mark(link, .agree, base: base, in: &plan)
            report.settled.append(SettleReport.Record(ids: open.ids(of: link)))
        }
        if report.settled.isEmpty { return report }
        try open.settle(plan, as: .resync)
        try await open.foresee(&report)
        return report
    }
}
