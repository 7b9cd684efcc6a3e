package import Model
import Reconcile
import StateStore
import Values

/// Forgets what is remembered of records, so that the next run looks at them anew.
package struct Resync {
    private let workspace: Workspace
    private let world: World
    /// How collections are reached.
    package var connect = Connector.catalogue
    private let name: SyncName
    private let wanted: WantedRecords
    private let isHard: Bool

    /// - Parameter isHard: whether the base is forgotten too, so that both records are as first met.
    package init(_ wanted: WantedRecords, isHard: Bool, of sync: SyncName, _ workspace: Workspace, world: World) {
        self.workspace = workspace
        self.world = world
        name = sync
        self.wanted = wanted
        self.isHard = isHard
    }

    package func callAsFunction() async throws(SettleFailure) -> SettleReport {
        let open = try OpenSync(name, of: workspace, world, connect, isToWrite: true)
        var plan = Plan(sync: name)
        var report = SettleReport(sync: name)
        let base = isHard ? Base(fieldCount: open.sync.fields.count) : nil
        for link in try wanted.links(in: open.store.links, of: name) {
            open.mark(link, .agree, base: base, in: &plan)
            report.settled.append(SettleReport.Record(ids: open.ids(of: link)))
        }
        if report.settled.isEmpty { return report }
        try open.settle(plan, as: "resync")
        try await open.foresee(&report)
        return report
    }
}
