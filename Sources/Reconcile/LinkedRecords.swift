import Model
import Values

/// What comes of a link that a run looks at. Whatever a link is found in, it is one of these: none is passed over.
private enum LinkOutcome {
    case merged(MergedPair)
    /// The record that stands is to go, as its partner did.
    case delete(FoundLink, standing: Side)
    /// The record that is gone is to be made again from the one that stands, which was edited.
    case restore(FoundLink, deleted: Side)
    /// The record of a side is to be set to its archived state, since its partner is gone or out of scope.
    case archive(FoundLink, Side)
    /// That was done, and nothing more follows while the partner stays away.
    case resting(FoundLink, archived: Side)
    /// The link ends, since a record left the scope.
    case unlink(FoundLink)
    /// Both records are gone, or all that was to follow from one being gone was done.
    case forgotten
    /// Nothing follows for now.
    case undecided(FoundLink, Undecided)
}

/// Why nothing follows from a link for now.
enum Undecided {
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
        case .restore(let found, let deleted): restore(found, deleted)
        case .archive(let found, let side): archive(found, side)
        case .resting(let found, let archived): rest(found, archived)
        case .unlink(let found): unlink(found)
        case .forgotten: forget(touched.link)
        case .undecided(let found, let reason): leave(found, reason)
        }
    }

    private mutating func outcome(of touched: TouchedLink) -> LinkOutcome {
        switch (touched.gone.left, touched.gone.right) {
        case (true, true): .forgotten
        case (true, false): outcomeOfGone(touched, deleted: .left)
        case (false, true): outcomeOfGone(touched, deleted: .right)
        case (false, false): outcomeOfBoth(touched)
        }
    }

    private mutating func outcomeOfBoth(_ touched: TouchedLink) -> LinkOutcome {
        let found = find(touched)
        guard let base = found.base, let remembered = found.remembered else { return .undecided(found, noBase(found)) }
        for side in Side.allCases {
            if let held = undecidedScope(found, side) { return .undecided(found, held) }
        }
        noteDepartures(found)
        let outside = Side.allCases.filter { found.isOutside($0) }
        if let archived = archivedSide(found) {
            let isBack = !found.isOutside(archived.other) && found.sides[archived.other].record != nil
            guard isBack else { return outcomeOfArchived(found, archived) }
            let merged = merge(pair(found), remembered, settled: base, endsDoubt: found.endsDoubt)
            return isInScope(merged, archived) ? .merged(merged) : .resting(found, archived: archived)
        }
        if outside.isEmpty {
            return .merged(merge(pair(found), remembered, settled: base, endsDoubt: found.endsDoubt))
        }
        return outcomeOfLeft(found, base, outside)
    }

    private func pair(_ found: FoundLink) -> Pair {
        let records = found.sides.map(\.record)
        let fingerprints = Sides(
            left: records.left?.fingerprint ?? inputs.links.fingerprint(found.link, .left),
            right: records.right?.fingerprint ?? inputs.links.fingerprint(found.link, .right))
        return Pair(
            link: found.link, isNew: false, ids: ids(of: found.link), records: records, fingerprints: fingerprints)
    }

    /// One record is archived, and its partner is still out of scope.
    private func outcomeOfArchived(_ found: FoundLink, _ archived: Side) -> LinkOutcome {
        guard found.isOutside(archived.other) else { return .resting(found, archived: archived) }
        switch inputs.sync.outOfScope {
        case .freeze, .follow, .archive: return .resting(found, archived: archived)
        case .unlink: return .unlink(found)
        case .delete: return outcomeOfDelete(found, standing: archived)
        }
    }

    /// Records left the scope.
    private func outcomeOfLeft(_ found: FoundLink, _ base: Base, _ outside: [Side]) -> LinkOutcome {
        let archives = inputs.sync.outOfScope == .archive
        switch inputs.sync.outOfScope {
        case .freeze, .follow: return .undecided(found, .frozen)
        case .unlink: return .unlink(found)
        case .archive, .delete: break
        }
        // A partner that is out of scope itself is left alone, unless that is because it was archived.
        let left = outside.first { outside.count == 1 || (archives && isArchived(found, $0.other)) }
        guard let left else { return .undecided(found, .frozen) }
        if let record = found.sides[left.other].record, isEdited(record, since: base, orArchived: archives) {
            switch inputs.sync.deleteVersusEdit {
            case .hold: return .undecided(found, .held(hold(found, .leftScopeAndEdited(left: left))))
            case .restore: return .undecided(found, .frozen)
            case .delete: break
            }
        }
        return archives ? .archive(found, left.other) : outcomeOfDelete(found, standing: left.other)
    }

    private mutating func outcomeOfGone(_ touched: TouchedLink, deleted: Side) -> LinkOutcome {
        let standing = deleted.other
        var found = FoundLink(link: touched.link)
        // The record was deleted by a run that died, and its partner was to stay.
        if inputs.partings.contains(found.link) { return .forgotten }
        if inputs.links.archivedSide(found.link) == nil {
            if inputs.links.fingerprint(found.link, deleted) == .frozen { return .undecided(found, .frozen) }
            let mayFollow = inputs.sync.direction.writes(to: standing) || inputs.sync.deleteVersusEdit == .restore
            guard inputs.sync.deletes != .ignore, mayFollow else { return .undecided(found, .gone(deleted)) }
        }
        found = find(touched)
        guard let base = found.base else { return .undecided(found, noBase(found)) }
        if let held = undecidedScope(found, standing) { return .undecided(found, held) }
        if inputs.links.fingerprint(found.link, deleted) == .archived {
            // What was archived is gone for good; the partner, where it is back, is news.
            let isBack = found.sides[standing].record != nil && !found.isOutside(standing)
            return isBack ? .restore(found, deleted: deleted) : .forgotten
        }
        if let archived = archivedSide(found) { return .resting(found, archived: archived) }
        let archives = inputs.sync.deletes == .archive
        if found.isOutside(standing), !(archives && isArchived(found, standing)) {
            return outcomeOfGoneAndLeft(found)
        }
        if let record = found.sides[standing].record, isEdited(record, since: base, orArchived: archives) {
            switch inputs.sync.deleteVersusEdit {
            case .hold: return .undecided(found, .held(hold(found, .deletedAndEdited(deleted: deleted))))
            case .restore: return .restore(found, deleted: deleted)
            case .delete: break
            }
        }
        guard inputs.sync.direction.writes(to: standing) else { return .undecided(found, .gone(deleted)) }
        return archives ? .archive(found, standing) : outcomeOfDelete(found, standing: standing)
    }

    /// One record is gone, and the other out of scope.
    private func outcomeOfGoneAndLeft(_ found: FoundLink) -> LinkOutcome {
        switch inputs.sync.outOfScope {
        case .freeze, .follow: .undecided(found, .frozen)
        case .unlink, .archive, .delete: .forgotten
        }
    }

    private func outcomeOfDelete(_ found: FoundLink, standing: Side) -> LinkOutcome {
        guard inputs.sync.direction.writes(to: standing) else {
            return .undecided(found, .held(hold(found, .notAllowed(side: standing, verb: .delete))))
        }
        guard inputs.capabilities[standing].canDelete else {
            return .undecided(found, .held(hold(found, .cannot(side: standing, verb: .delete))))
        }
        return .delete(found, standing: standing)
    }

    /// Why it cannot be told whether the record of a side is in scope; nil where it can.
    private func undecidedScope(_ found: FoundLink, _ side: Side) -> Undecided? {
        guard case .held(var hold) = found.sides[side].scope else { return nil }
        hold.ids = ids(of: found.link).map(Optional.some)
        return .held(hold)
    }

    func hold(_ found: FoundLink, _ reason: Hold.Reason) -> Hold {
        hold(ids(of: found.link).map(Optional.some), reason)
    }

    private func noBase(_ found: FoundLink) -> Undecided {
        .held(hold(found, .malformed(side: .left, message: "its base cannot be read")))
    }

    /// Whether a record differs from its base in any field that the mapping reads.
    ///
    /// - Parameter orArchived: whether it is no edit that it holds what archiving it would set.
    private func isEdited(_ record: SideRecord, since base: Base, orArchived: Bool) -> Bool {
        let set = orArchived ? archivedPaths(record) : []
        return rules.contains { rule in
            if !set.isEmpty, rule.reads(anyOf: set, on: record.side) { return false }
            guard let now = try? rule.read(record.object, on: record.side) else { return true }
            guard let before = base.entries[rule.number] else {
                // What was never agreed on, as where both first met with different values, is nowhere else.
                return !rule.isOneWay && !now.isEmpty
            }
            // Nor is what the other side was still to be given of a merge.
            if before.owed == record.side.other { return true }
            return !rule.isSame(now, before.values[record.side], on: record.side)
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
    mutating func leave(_ found: FoundLink, _ reason: Undecided) {
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
        if let archived = inputs.links.archivedSide(found.link) {
            marks = Sides(left: .none, right: .none)
            marks[archived] = .archived
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
                fingerprints: known.map { $0 == .frozen || $0 == .archived ? $0 : .none }))
    }

    func ids(of link: Int) -> Sides<RecordID> {
        Sides(left: inputs.links.id(link, .left), right: inputs.links.id(link, .right))
    }
}
