import Model
import Values

/// What comes of a link that a run looks at. Whatever a link is found in, it is one of these: none is passed over.
private enum LinkOutcome {
    case merged(MergedPair)
    /// The record that stands is to go, as its partner did.
    case delete(FoundLink, standing: Side)
    /// Both records are gone.
    case forgotten
    /// Nothing follows for now.
    case undecided(FoundLink, Undecided)
}

/// Why nothing follows from a link for now.
private enum Undecided {
    case held(Hold)
    /// A record is out of scope, or was when it was last seen.
    case frozen
    /// A record is gone, and the job file says that the other stays.
    case gone(Side)
}

// What is planned for a link of which a record was changed or is gone.
extension Planner {
    mutating func plan(_ touched: TouchedLink) {
        switch outcome(of: touched) {
        case .merged(let merged): emit(merged)
        case .delete(let found, let standing): delete(found, standing)
        case .forgotten: forget(touched.link)
        case .undecided(let found, let reason): leave(found, reason)
        }
    }

    private func outcome(of touched: TouchedLink) -> LinkOutcome {
        switch (touched.gone.left, touched.gone.right) {
        case (true, true): .forgotten
        case (true, false): outcomeOfGone(touched, deleted: .left)
        case (false, true): outcomeOfGone(touched, deleted: .right)
        case (false, false): outcomeOfBoth(touched)
        }
    }

    private func outcomeOfBoth(_ touched: TouchedLink) -> LinkOutcome {
        let found = find(touched)
        guard let base = found.base, let remembered = found.remembered else { return .undecided(found, noBase(found)) }
        for side in Side.allCases {
            if let obstacle = obstacle(found, side) { return .undecided(found, obstacle) }
        }
        let records = found.sides.map(\.record)
        let fingerprints = Sides(
            left: records.left?.fingerprint ?? inputs.links.fingerprint(found.link, .left),
            right: records.right?.fingerprint ?? inputs.links.fingerprint(found.link, .right))
        let pair = Pair(
            link: found.link, isNew: false, ids: ids(of: found.link), records: records, fingerprints: fingerprints)
        return .merged(merge(pair, remembered, settled: base, endsDoubt: found.endsDoubt))
    }

    private func outcomeOfGone(_ touched: TouchedLink, deleted: Side) -> LinkOutcome {
        let standing = deleted.other
        var found = FoundLink(link: touched.link)
        // The record was deleted by a run that died, and its partner was to stay.
        if inputs.partings.contains(found.link) { return .forgotten }
        if inputs.links.fingerprint(found.link, deleted) == .frozen { return .undecided(found, .frozen) }
        guard inputs.sync.deletes == .propagate, inputs.sync.direction.writes(to: standing) else {
            return .undecided(found, .gone(deleted))
        }
        let ids = ids(of: found.link).map(Optional.some)
        guard inputs.capabilities[standing].canDelete else {
            return .undecided(found, .held(hold(ids, .cannot(side: standing, verb: .delete))))
        }
        found = find(touched)
        guard let base = found.base else { return .undecided(found, noBase(found)) }
        if let obstacle = obstacle(found, standing) { return .undecided(found, obstacle) }
        if inputs.sync.deleteVersusEdit != .delete, let record = found.sides[standing].record,
            isEdited(record, since: base)
        {
            return .undecided(found, .held(hold(ids, .deletedAndEdited(deleted: deleted))))
        }
        return .delete(found, standing: standing)
    }

    /// What stands in the way of going by the record of a side.
    private func obstacle(_ found: FoundLink, _ side: Side) -> Undecided? {
        switch found.sides[side].scope {
        case .inside, nil: return nil
        case .outside: return .frozen
        case .held(var hold):
            hold.ids = ids(of: found.link).map(Optional.some)
            return .held(hold)
        }
    }

    private func noBase(_ found: FoundLink) -> Undecided {
        .held(hold(ids(of: found.link).map(Optional.some), .malformed(side: .left, message: "its base cannot be read")))
    }

    /// Whether a record differs from its base in any field that the mapping reads.
    private func isEdited(_ record: SideRecord, since base: Base) -> Bool {
        rules.contains { rule in
            guard let now = try? rule.read(record.object, on: record.side) else { return true }
            guard let before = base.entries[rule.number]?.values[record.side] else {
                // What was never agreed on, as where both first met with different values, is nowhere else.
                return !rule.isOneWay && !now.isEmpty
            }
            return !rule.isSame(now, before, on: record.side)
        }
    }

    private mutating func delete(_ found: FoundLink, _ standing: Side) {
        let link = found.link
        let print = found.sides[standing].record?.fingerprint ?? inputs.links.fingerprint(link, standing)
        if let reason = putOff(WriteKey(.delete, standing, inputs.links.id(link, standing), [], over: print)) {
            return leave(found, .held(hold(ids(of: link).map(Optional.some), reason)))
        }
        var fingerprints = Sides(
            left: inputs.links.fingerprint(link, .left), right: inputs.links.fingerprint(link, .right))
        if let record = found.sides[standing].record { fingerprints[standing] = record.fingerprint }
        let record = found.sides[standing].record
        let values = rules.map { rule in
            record.flatMap { try? rule.read($0.object, on: standing) }
                ?? found.base?.entries[rule.number]?.values[standing] ?? .null
        }
        plan.operations.append(
            Operation(
                verb: .delete, side: standing, link: Int32(link),
                target: plan.intern(inputs.links.id(link, standing)),
                source: plan.intern(inputs.links.id(link, standing.other)),
                fingerprints: fingerprints, fieldSet: fieldSet(Array(rules.indices)), before: encode(list: values),
                record: record.flatMap { readers[standing].snapshot.whole($0.number) }.map { encode($0) } ?? .empty))
    }

    mutating func forget(_ link: Int) {
        let ids = ids(of: link).map { plan.intern($0) }
        plan.settlements.append(
            Settlement(
                kind: .forget, link: Int32(link), ids: ids, fingerprints: Sides(left: .none, right: .none)))
    }

    /// A link that is not decided keeps no fingerprint, so that each later run looks at it again, whatever it trusts. Here, and
    /// where a merge holds a field, is where that is seen to; a write that does not take effect sees to it in the journal.
    private mutating func leave(_ found: FoundLink, _ reason: Undecided) {
        switch reason {
        case .held(let hold): plan.holds.append(hold)
        case .frozen: plan.skips.frozen += 1
        case .gone(let side): plan.skips.gone[side] += 1
        }
        // What is written of the link ends its doubt: nothing is, while that is open.
        if found.hasOpenDoubt { return }
        let known = Sides(
            left: inputs.links.fingerprint(found.link, .left), right: inputs.links.fingerprint(found.link, .right))
        var marks = known.map { $0 == .frozen ? Fingerprint.frozen : .none }
        for side in Side.allCases {
            switch found.sides[side].scope {
            case .outside: marks[side] = .frozen
            case .inside: marks[side] = .none
            // A record that was out of scope when that could last be told is so still.
            case .held, nil: break
            }
        }
        let moved = found.base != found.remembered
        if marks == known, !moved, !found.endsDoubt { return }
        let base = moved ? found.base.map { encode($0) } : nil
        plan.settlements.append(
            Settlement(
                kind: .agree, link: Int32(found.link), ids: ids(of: found.link).map { plan.intern($0) },
                fingerprints: marks, base: base ?? .empty))
    }

    /// The same of a link that is not looked into.
    mutating func markOpen(_ link: Int) {
        let known = Sides(
            left: inputs.links.fingerprint(link, .left), right: inputs.links.fingerprint(link, .right))
        guard known.left.isOfContent || known.right.isOfContent else { return }
        plan.settlements.append(
            Settlement(
                kind: .agree, link: Int32(link), ids: ids(of: link).map { plan.intern($0) },
                fingerprints: known.map { $0 == .frozen ? .frozen : .none }))
    }

    private func ids(of link: Int) -> Sides<RecordID> {
        Sides(left: inputs.links.id(link, .left), right: inputs.links.id(link, .right))
    }
}
