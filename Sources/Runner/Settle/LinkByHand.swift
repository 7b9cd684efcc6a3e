package import Model
import Reconcile
import StateStore
import Values

/// Pairs two records that no rule pairs, as first met: `first_values` says which of their values count.
package struct LinkByHand {
    private let sync: NamedSync
    private let records: Sides<RecordName>

    package init(_ records: Sides<RecordName>, of sync: NamedSync) {
        self.sync = sync
        self.records = records
    }

    package func callAsFunction() async throws(SettleFailure) -> SettleReport {
        let open = try sync.open(isToWrite: true, doubtsMatter: false)
        if !open.store.hasNoDoubts { try await checkDoubts(open) }
        let kept = KeptRecords(try open.inputs(try await open.read([])))
        let left = try find(.left, kept)
        let right = try find(.right, kept)
        var plan = Plan(sync: sync.name)
        var bytes: [UInt8] = []
        Base(fieldCount: open.sync.fields.count).encode(to: &bytes)
        plan.settlements.append(
            Settlement(
                kind: .link, link: -1, ids: Sides(left: plan.intern(left), right: plan.intern(right)),
                fingerprints: Sides(left: .none, right: .none), base: plan.arena.append(bytes)))
        try open.settle(plan, as: .link)
        var report = SettleReport(sync: sync.name)
        report.settled = [SettleReport.Record(ids: Sides(left: left.key, right: right.key))]
        try await open.foresee(&report)
        return report
    }

    /// A link of a record of which it is not known whether it was made on the other side settles that. With any other doubt nothing
    /// may be linked.
    private func checkDoubts(_ open: OpenSync) async throws(SettleFailure) {
        guard open.store.hasOnlyDoubtfulCreates else { throw .inDoubt(sync.name) }
        var look = open
        let creates = try await look.settleDoubts().open.map(\.create)
        let isMeant = creates.contains { create in
            let source = create.side.other
            return records[source].id(on: source) == create.ids[source]
        }
        if isMeant { return }
        guard let first = creates.first else { throw .inDoubt(sync.name) }
        throw .createInDoubt(sync.name, first.side, source: first.ids[first.side.other].key)
    }

    /// The record of a side, where it may be linked.
    private func find(_ side: Side, _ kept: KeptRecords) throws(SettleFailure) -> RecordID {
        guard let id = records[side].id(on: side) else { throw .wrongSide(records[side].text, side) }
        switch kept.standing(of: id, on: side) {
        case .free(let id): return id
        case .linked(let partner): throw .isLinked(side, id.key, partner: partner.key, sync.name)
        case .absent: throw .noRecord(side, id.key, sync.name)
        case .outOfScope: throw .outOfScope(side, id.key)
        case .unreadable(let reason):
            var ids = Sides<RecordID?>(left: nil, right: nil)
            ids[side] = id
            throw .unreadable(side, id.key, HoldWords(kept.inputs.sync).sentence(Hold(ids: ids, reason: reason)))
        }
    }
}

/// Ends links: their records are neither made again on the other side nor paired anew while they stay as they are.
package struct Unlink {
    private let sync: NamedSync
    private let wanted: WantedRecords

    package init(_ wanted: WantedRecords, of sync: NamedSync) {
        self.sync = sync
        self.wanted = wanted
    }

    package func callAsFunction() async throws(SettleFailure) -> SettleReport {
        let open = try sync.open(isToWrite: true)
        let links = try wanted.links(in: open.store.links, of: sync.name)
        let snapshots = try await open.read(Set(links))
        var plan = Plan(sync: sync.name)
        var report = SettleReport(sync: sync.name)
        for side in Side.allCases { setApart(Set(links), snapshots[side], side, &plan) }
        // Last: a link that ended without this would be made again.
        for link in links {
            open.mark(link, .forget, in: &plan)
            report.settled.append(SettleReport.Record(ids: open.ids(of: link)))
        }
        try open.settle(plan, as: .unlink)
        return report
    }

    private func setApart(_ links: Set<Int>, _ snapshot: Snapshot, _ side: Side, _ plan: inout Plan) {
        for (number, record) in snapshot.kept.enumerated() where links.contains(Int(record.link)) {
            var ids = Sides(
                left: IDRange(range: .empty, kind: .text), right: IDRange(range: .empty, kind: .text))
            ids[side] = plan.intern(snapshot.id(number))
            var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
            fingerprints[side] = record.fingerprint
            plan.settlements.append(Settlement(kind: .apart, link: -1, ids: ids, fingerprints: fingerprints))
        }
    }
}
