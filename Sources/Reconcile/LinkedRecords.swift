import Model
import Values

// What is planned for a link of which a record was changed or is gone.
extension Planner {
    mutating func plan(_ touched: TouchedLink) {
        switch (touched.gone.left, touched.gone.right) {
        case (true, true): forget(touched.link)
        case (true, false): planGone(touched, deleted: .left)
        case (false, true): planGone(touched, deleted: .right)
        case (false, false): planBoth(touched)
        }
    }

    private mutating func planBoth(_ touched: TouchedLink) {
        let ids = Sides(left: inputs.links.id(touched.link, .left), right: inputs.links.id(touched.link, .right))
        var records = Sides<SideRecord?>(left: nil, right: nil)
        for side in Side.allCases {
            guard let number = touched.kept[side] else { continue }
            switch readers[side].read(number) {
            case .inScope(let record): records[side] = record
            case .outOfScope:
                plan.skips.frozen += 1
                return
            case .held(var hold):
                hold.ids = ids.map(Optional.some)
                plan.holds.append(hold)
                return
            }
        }
        guard let base = base(of: touched.link) else {
            plan.holds.append(hold(ids.map(Optional.some), .malformed(side: .left, message: "its base cannot be read")))
            return
        }
        let fingerprints = Sides(
            left: records.left?.fingerprint ?? inputs.links.fingerprint(touched.link, .left),
            right: records.right?.fingerprint ?? inputs.links.fingerprint(touched.link, .right))
        let pair = Pair(link: touched.link, isNew: false, ids: ids, records: records, fingerprints: fingerprints)
        emit(merge(pair, base, settled: settled(base, of: touched.link, records)))
    }

    /// The base as it is once updates of a run that died are settled: those that the record shows have taken effect.
    private func settled(_ base: Base, of link: Int, _ records: Sides<SideRecord?>) -> Base {
        var settled = base
        for side in Side.allCases {
            guard let record = records[side], let intended = try? inputs.intended[side].base(of: link) else { continue }
            for rule in rules where rule.flows(to: side) {
                guard let before = base.entries[rule.number]?.values, let after = intended.entries[rule.number]?.values,
                    !rule.isSame(before[side], after[side], on: side),
                    let now = try? rule.read(record.object, on: side), rule.isSame(now, after[side], on: side)
                else { continue }
                settled.entries[rule.number] = Base.Entry(after)
            }
        }
        return settled
    }

    private mutating func planGone(_ touched: TouchedLink, deleted: Side) {
        let link = touched.link
        let standing = deleted.other
        guard inputs.sync.deletes == .propagate, inputs.sync.direction.writes(to: standing) else {
            plan.skips.deletesIgnored += 1
            return
        }
        let ids = Sides<RecordID?>(left: inputs.links.id(link, .left), right: inputs.links.id(link, .right))
        guard inputs.capabilities[standing].canDelete else {
            plan.holds.append(hold(ids, .cannot(side: standing, verb: .delete)))
            return
        }
        guard let base = base(of: link) else { return }
        var fingerprints = Sides(
            left: inputs.links.fingerprint(link, .left), right: inputs.links.fingerprint(link, .right))
        if let number = touched.kept[standing] {
            switch readers[standing].read(number) {
            case .inScope(let record):
                var records = Sides<SideRecord?>(left: nil, right: nil)
                records[standing] = record
                if isEdited(record, since: settled(base, of: link, records)) {
                    plan.holds.append(hold(ids, .deletedAndEdited(deleted: deleted)))
                    return
                }
                fingerprints[standing] = record.fingerprint
            case .outOfScope:
                plan.skips.frozen += 1
                return
            case .held(var hold):
                hold.ids = ids
                plan.holds.append(hold)
                return
            }
        }
        let values = base.entries.map { $0?.values[standing] ?? .null }
        plan.operations.append(
            Operation(
                verb: .delete, side: standing, link: Int32(link),
                target: plan.intern(inputs.links.id(link, standing)),
                source: plan.intern(inputs.links.id(link, deleted)),
                fingerprints: fingerprints, fieldSet: fieldSet(Array(rules.indices)), before: encode(list: values)))
    }

    /// Whether a record differs from its base in any field that the mapping reads.
    private func isEdited(_ record: SideRecord, since base: Base) -> Bool {
        rules.contains { rule in
            guard let before = base.entries[rule.number]?.values[record.side] else { return false }
            guard let now = try? rule.read(record.object, on: record.side) else { return true }
            return !rule.isSame(now, before, on: record.side)
        }
    }

    private mutating func forget(_ link: Int) {
        let ids = Sides(
            left: plan.intern(inputs.links.id(link, .left)), right: plan.intern(inputs.links.id(link, .right)))
        plan.settlements.append(
            Settlement(
                kind: .forget, link: Int32(link), ids: ids, fingerprints: Sides(left: .none, right: .none)))
    }

    private func base(of link: Int) -> Base? {
        try? inputs.bases.base(of: link)
    }
}
