import Model
import Values

/// Two records that belong together.
struct Pair {
    /// The number of the link; of a new pair, the number that it will have.
    var link: Int
    var isNew: Bool
    var ids: Sides<RecordID>
    /// The records, where they were read; one that stands as it is remembered is known by its base.
    var records: Sides<SideRecord?>
    var fingerprints: Sides<Fingerprint>
}

/// What the merge of a pair came to.
struct MergedPair {
    var pair: Pair
    /// The base before, after what both sides agree on, and after each side's writes.
    var oldBase: Base
    var agreed: Base
    /// Whether what a run that died had written is settled by this, and whether the base moves by it.
    var endsDoubt = false
    var wasInDoubt = false
    var writes = Sides<[FieldWrite]>(left: [], right: [])
    var holds: [Hold] = []
}

extension MergedPair {
    /// The records as they will be once what was merged so far is written.
    func applied(to objects: Sides<Object?>, _ rules: [FieldRule]) -> Sides<Object?> {
        var objects = objects
        for side in Side.allCases {
            for write in writes[side] {
                guard let path = rules[write.field].paths[side] else { continue }
                objects[side]?.set(write.entry.values[side], at: path)
            }
        }
        return objects
    }
}

/// A field that is to be set.
struct FieldWrite {
    var field: Int
    var before: Value
    var entry: Base.Entry
}

extension Planner {
    /// Merges a pair field by field against its base.
    ///
    /// - Parameter settled: the base with what a run that died is known to have written.
    func merge(_ pair: Pair, _ remembered: Base, settled: Base? = nil, endsDoubt: Bool = false) -> MergedPair {
        let base = settled ?? remembered
        var merged = MergedPair(
            pair: pair, oldBase: remembered, agreed: base, endsDoubt: endsDoubt, wasInDoubt: base != remembered)
        let objects = pair.records.map { $0?.object }
        for rule in rules where !dependencies.later.contains(rule.number) { merge(rule, objects, base, &merged) }
        if !dependencies.later.isEmpty {
            let written = merged.applied(to: objects, rules)
            for rule in rules where dependencies.later.contains(rule.number) { merge(rule, written, base, &merged) }
        }
        return merged
    }

    private func merge(_ rule: FieldRule, _ objects: Sides<Object?>, _ base: Base, _ merged: inout MergedPair) {
        do {
            guard let values = try values(of: rule, objects, base) else { return }
            let state = FieldState(
                values: values, base: base.entries[rule.number], records: objects,
                times: merged.pair.records.map { $0?.updated })
            apply(
                rule.decide(state, policies, state.base?.owed == nil ? links : links.remembered), rule, state, &merged)
        } catch {
            merged.holds.append(hold(merged.pair.ids.map(Optional.some), error, rule))
        }
    }

    /// What both sides hold; nil where one is neither read nor remembered, so that nothing can be said of the field.
    private func values(of rule: FieldRule, _ objects: Sides<Object?>, _ base: Base) throws(Hold.Reason) -> Sides<
        Value
    >? {
        var values = Sides<Value>(left: .null, right: .null)
        for side in Side.allCases {
            if let object = objects[side] {
                values[side] = try rule.read(object, on: side)
            } else if let known = base.entries[rule.number]?.values[side] {
                values[side] = known
            } else {
                return nil
            }
        }
        return values
    }

    private func apply(_ decision: FieldDecision, _ rule: FieldRule, _ state: FieldState, _ merged: inout MergedPair) {
        switch decision {
        case .nothing: break
        case .agree: merged.agreed.entries[rule.number] = Base.Entry(state.values)
        case .hold(let reason): merged.holds.append(hold(merged.pair.ids.map(Optional.some), reason, rule))
        case .set(let side, let value): set([side], value: Sides(left: value, right: value), rule, state, &merged)
        case .setBoth(let values):
            let sides = Side.allCases.filter { !rule.isSame(values[$0], state.values[$0], on: $0) }
            set(sides, value: values, rule, state, &merged)
        }
    }

    /// Sets a field on one side, or on both, the left first: until the right is set too, it is owed what the left was given.
    private func set(
        _ sides: [Side], value: Sides<Value>, _ rule: FieldRule, _ state: FieldState, _ merged: inout MergedPair
    ) {
        if let obstacle = sides.lazy.compactMap({ obstacle(rule, $0) }).first {
            merged.holds.append(hold(merged.pair.ids.map(Optional.some), obstacle, rule))
            return
        }
        var values = state.values
        for side in sides {
            values[side] = value[side]
            let owed = side == sides.last ? nil : side.other
            merged.writes[side].append(
                FieldWrite(field: rule.number, before: state.values[side], entry: Base.Entry(values, owed: owed)))
        }
    }

    /// Why a field of a record that exists cannot be set.
    private func obstacle(_ rule: FieldRule, _ side: Side) -> Hold.Reason? {
        let capabilities = inputs.capabilities[side]
        guard capabilities.canUpdate else { return .cannot(side: side, verb: .update) }
        guard let path = rule.paths[side], capabilities.idFields.contains(path) else { return nil }
        return .changesID(side: side, field: path.text)
    }

    /// Puts what a merge came to into the plan.
    mutating func emit(_ all: MergedPair) {
        let merged = withoutPutOff(withoutOscillating(all))
        plan.holds.append(contentsOf: merged.holds)
        let sides = Side.allCases.filter { !merged.writes[$0].isEmpty }
        if !merged.pair.isNew {
            plan.firstValues += sides.reduce(0) { count, side in
                count + merged.writes[side].count { merged.oldBase.entries[$0.field] == nil }
            }
            let writes = merged.writes.left + merged.writes.right
            if inputs.isFirstRun, writes.allSatisfy({ merged.oldBase.entries[$0.field] == nil }) {
                plan.metBefore.insert(Int32(merged.pair.link))
            }
        }
        if merged.pair.isNew {
            settle(merged, .link, isSettled: sides.isEmpty && merged.holds.isEmpty)
        } else if sides.isEmpty || merged.wasInDoubt {
            settle(merged, .agree, isSettled: sides.isEmpty && merged.holds.isEmpty)
        }
        var base = merged.agreed
        for side in sides {
            for write in merged.writes[side] { base.entries[write.field] = write.entry }
            let settles = side == sides.last && merged.holds.isEmpty && !sides.contains { hasEcho(merged, of: $0) }
            plan.operations.append(update(merged, side, base, settles: settles))
        }
    }

    /// Whether what a side is given is the source of other fields of its partner that are not worked out yet, so that the next run
    /// has more to carry over.
    private func hasEcho(_ merged: MergedPair, of side: Side) -> Bool {
        let written = Set(merged.writes[side].map(\.field))
        let paths = written.compactMap { rules[$0].paths[side] }
        let isWhole = merged.pair.records[side] != nil
        return rules.contains { rule in
            rule.flows(to: side.other) && !written.contains(rule.number)
                && !(isWhole && dependencies.later.contains(rule.number)) && rule.reads(anyOf: paths, on: side)
        }
    }

    private mutating func update(_ merged: MergedPair, _ side: Side, _ base: Base, settles: Bool) -> Operation {
        let writes = merged.writes[side]
        return Operation(
            verb: .update, side: side, link: Int32(merged.pair.link), target: plan.intern(merged.pair.ids[side]),
            source: plan.intern(merged.pair.ids[side.other]), fingerprints: merged.pair.fingerprints,
            base: encode(base),
            fieldSet: fieldSet(writes.map(\.field)), before: encode(list: writes.map(\.before)), settles: settles)
    }

    private mutating func settle(_ merged: MergedPair, _ kind: Settlement.Kind, isSettled: Bool) {
        let pair = merged.pair
        let moved = merged.agreed != merged.oldBase
        let fingerprints = isSettled ? pair.fingerprints : Sides(left: .none, right: .none)
        if kind == .agree, !moved, !merged.endsDoubt {
            let known = Sides(
                left: inputs.links.fingerprint(pair.link, .left), right: inputs.links.fingerprint(pair.link, .right))
            if fingerprints == known { return }
        }
        plan.settlements.append(
            Settlement(
                kind: kind, link: kind == .link ? -1 : Int32(pair.link), ids: pair.ids.map { plan.intern($0) },
                fingerprints: fingerprints, base: moved || kind == .link ? encode(merged.agreed) : .empty))
    }
}
