import Model
import Values

/// A link as a run finds it: its records, as far as they were read, and its base.
struct FoundLink {
    struct FoundSide {
        /// The record, where it was read and could be parsed.
        var record: SideRecord?
        /// nil where the record was not read: it is gone, or stands as it is remembered.
        var scope: ScopeAnswer?
    }

    var link: Int
    var sides = Sides(left: FoundSide(), right: FoundSide())
    /// The base as it is stored, and as it is once updates of a run that died are settled; nil where it cannot be read, or was not.
    var remembered: Base?
    var base: Base?
    /// Whether updates of a run that died are settled by what the records hold, or cannot be yet.
    var endsDoubt = false
    var hasOpenDoubt = false

    init(link: Int) { self.link = link }

    func isOutside(_ side: Side) -> Bool {
        if case .outside = sides[side].scope { true } else { false }
    }
}

extension Planner {
    /// Reads the records of a link. What a run that died did to them is settled before anything is asked of their scope.
    func find(_ touched: TouchedLink) -> FoundLink {
        var found = FoundLink(link: touched.link)
        for side in Side.allCases {
            guard let number = touched.kept[side] else { continue }
            switch readers[side].parse(number) {
            case .record(let record):
                found.sides[side].record = record
                let follows = inputs.sync.outOfScope == .follow
                found.sides[side].scope = follows ? .inside : readers[side].scope(of: record.object, record.id)
            case .held(let hold): found.sides[side].scope = .held(hold)
            }
        }
        found.remembered = try? inputs.bases.base(of: touched.link)
        found.base = found.remembered
        for side in Side.allCases { settleDoubt(of: side, &found) }
        // Both records are there, so that none was deleted.
        if !touched.gone.left, !touched.gone.right,
            inputs.partings.contains(found.link) || inputs.undeleted.contains(found.link)
        {
            found.endsDoubt = true
        }
        return found
    }

    /// Moves the base by an update of a run that died, in the fields that the record shows to have been written.
    private func settleDoubt(of side: Side, _ found: inout FoundLink) {
        guard let intended = try? inputs.intended[side].base(of: found.link) else { return }
        guard let record = found.sides[side].record, let base = found.base else {
            found.hasOpenDoubt = true
            return
        }
        found.endsDoubt = true
        found.base = settled(base, by: intended, record, side)
        // A record that is there again, and holds any of what was to be written, is the one: what differs was edited since.
        guard inputs.restored.contains(found.link), holdsAny(of: intended, record) else { return }
        for rule in rules where rule.flows(to: side) {
            if let entry = intended.entries[rule.number] { found.base?.entries[rule.number] = entry }
        }
    }

    private func holdsAny(of intended: Base, _ record: SideRecord) -> Bool {
        let side = record.side
        return rules.contains { rule in
            guard rule.flows(to: side), let value = intended.entries[rule.number]?.values[side], !value.isBlank,
                let now = try? rule.read(record.object, on: side)
            else { return false }
            return rule.isSame(now, value, on: side)
        }
    }

    /// A base, moved in the fields in which a record holds what a run that died was to write.
    ///
    /// A sum that holds neither what it did when the write was planned nor what it was to be has no base any more: whether what was to be
    /// added is in it nobody can tell, and it must not be added twice.
    func settled(_ base: Base, by intended: Base, _ record: SideRecord, _ side: Side) -> Base {
        var base = base
        for rule in rules where rule.flows(to: side) {
            guard let before = base.entries[rule.number]?.values, let after = intended.entries[rule.number],
                !rule.isSame(before[side], after.values[side], on: side),
                let now = try? rule.read(record.object, on: side)
            else { continue }
            if rule.isSame(now, after.values[side], on: side) {
                base.entries[rule.number] = after
            } else if rule.mapping.merge == .sum, !rule.isSame(now, before[side], on: side),
                let planned = planned(before, after.values, side), let number = number(now), !number.means(planned)
            {
                base.entries[rule.number] = nil
            }
        }
        return base
    }

    /// What a side held when a sum was to be written to it: the sum without what the other side had added. Nil where one is no number.
    private func planned(_ before: Sides<Value>, _ after: Sides<Value>, _ side: Side) -> Value? {
        guard let before = number(before[side]), let other = number(after[side.other]), let sum = number(after[side])
        else { return nil }
        return ValueMerge.merge(.sum, base: other, left: sum, right: before)
    }

    private func number(_ value: Value) -> Value? {
        switch value {
        case .null: .int(0)
        case .text(let text): Decimal(text).map(Value.decimal)
        default: value.exactNumber.map(Value.decimal)
        }
    }
}
