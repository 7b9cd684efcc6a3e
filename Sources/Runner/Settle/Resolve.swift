package import Model
import Reconcile
import StateStore
import Values

/// Settles conflicts by taking the value, or the fate, of one side.
///
/// What both sides hold becomes the base, in which the other side is owed what the taken one holds: the next run carries it over, and an
/// edit that is made until then on the other side is a conflict again.
package struct Resolve {
    private let sync: NamedSync
    private let wanted: WantedRecords
    private let taken: Side
    /// The arrow of the field, or the name of it on a side; nil for all.
    private let field: String?

    package init(
        _ wanted: WantedRecords, taking side: Side, field: String?, of sync: NamedSync
    ) {
        self.sync = sync
        self.wanted = wanted
        taken = side
        self.field = field
    }

    package func callAsFunction() async throws(SettleFailure) -> SettleReport {
        let open = try sync.open(isToWrite: true)
        let fields = try fields(of: open.sync)
        let links = try wanted.links(in: open.store.links, of: sync.name)
        let inputs = try await open.onRun { () async throws(RunFailure) in
            try open.run.inputs(
                open.store, try await open.run.read(open.store, Sides(left: nil, right: nil)), SettledCreates())
        }
        var holds: [Int: [Hold]] = [:]
        for hold in Planner.plan(inputs).holds {
            guard let left = hold.ids.left, hold.ids.right != nil,
                let link = open.store.links.find(left, on: .left)
            else { continue }
            holds[link, default: []].append(hold)
        }
        let records = KeptRecords(inputs)
        var report = SettleReport(sync: sync.name)
        var plan = Plan(sync: sync.name)
        for link in links {
            settle(link, holds[link] ?? [], fields, open, records, &plan, &report)
        }
        if report.settled.isEmpty { return report }
        try open.settle(plan, as: .resolve)
        try await open.foresee(&report)
        return report
    }

    /// The numbers of the fields that are meant.
    private func fields(of sync: Sync) throws(SettleFailure) -> Set<Int> {
        guard let field else { return Set(sync.fields.indices) }
        let found = sync.fields.indices.filter { number in
            let mapping = sync.fields[number]
            return ([mapping.text] + Side.allCases.compactMap { mapping.path(on: $0)?.text }).contains {
                $0.hasSameBytes(as: field)
            }
        }
        if found.isEmpty { throw .noField(field, self.sync.name) }
        return Set(found)
    }

    private func settle(
        _ link: Int, _ holds: [Hold], _ fields: Set<Int>, _ open: OpenSync, _ records: KeptRecords, _ plan: inout Plan,
        _ report: inout SettleReport
    ) {
        var record = SettleReport.Record(ids: open.ids(of: link))
        var base = (try? records.inputs.bases.base(of: link)) ?? Base(fieldCount: open.sync.fields.count)
        for hold in holds {
            switch hold.reason {
            case .conflict(let arrow, _, let now), .firstValues(let arrow, let now), .noNewest(let arrow, let now):
                let number = open.sync.fields.firstIndex { $0.text.hasSameBytes(as: arrow) }
                guard let number, fields.contains(number) else { continue }
                base.entries[number] = Base.Entry(now, owed: taken.other)
                record.fields.append(arrow)
            case .deletedAndEdited(let deleted) where field == nil:
                return settleDeleted(link, deleted, base, open, records, &plan, &report)
            default: record.reason = HoldWords(open.sync).sentence(hold)
            }
        }
        if case .named = wanted { takeBack(fields, of: open.sync, &base, &record) }
        guard !record.fields.isEmpty else {
            // Of all records, those in step are no news.
            if case .all = wanted, record.reason.isEmpty { return }
            if record.reason.isEmpty { record.reason = "it is in no conflict" }
            return report.leftAlone.append(record)
        }
        record.reason = ""
        report.settled.append(record)
        open.mark(link, .agree, base: base, in: &plan)
    }

    /// Who has settled a field already, and wants the other side to count before the next run has carried it over.
    private func takeBack(
        _ fields: Set<Int>, of sync: Sync, _ base: inout Base, _ record: inout SettleReport.Record
    ) {
        for number in fields.sorted() where base.entries[number]?.owed == taken {
            base.entries[number]?.owed = taken.other
            record.fields.append(sync.fields[number].text)
        }
    }

    /// One side deleted the record, and the other edited it.
    private func settleDeleted(
        _ link: Int, _ deleted: Side, _ base: Base, _ open: OpenSync, _ records: KeptRecords, _ plan: inout Plan,
        _ report: inout SettleReport
    ) {
        var record = SettleReport.Record(ids: open.ids(of: link))
        guard taken == deleted else {
            guard open.sync.creates.contains(deleted), records.inputs.capabilities[deleted].canCreate else {
                record.reason = "no new record may be made on the \(deleted), so that it cannot be put back"
                return report.leftAlone.append(record)
            }
            report.settled.append(record)
            // Without its link the record is new, and is made on the other side.
            return open.mark(link, .forget, in: &plan)
        }
        var base = base
        for (number, value) in records.fields(of: link, on: deleted.other) {
            base.entries[number]?.values[deleted.other] = value
        }
        report.settled.append(record)
        open.mark(link, .agree, base: base, in: &plan)
    }
}
