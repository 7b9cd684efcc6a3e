import Diagnostics
import Model
import Reconcile
import StateStore
import Values

// Fields that no record of a collection has: a name that is wrong in the job file, or that was changed in the collection.
extension Run {
    /// Brakes for fields that links held values of, and that no record has any more.
    ///
    /// - Throws: for fields that were never met, as for a column that is not there.
    func lostFields(_ inputs: Inputs, _ store: SyncStore) throws(RunFailure) -> [Refusal] {
        let missing = Planner.missingFields(inputs)
        if missing.isEmpty { return [] }
        for side in Side.allCases {
            let mistakes = try mistakes(missing.filter { $0.side == side && !$0.isKnown }, side, inputs, store)
            if !mistakes.isEmpty { throw .fields(side, mistakes) }
        }
        var refusals: [Refusal] = []
        for field in missing where field.had > 1 {
            guard try !isHeldElsewhere(field, inputs, store, any: false) else { continue }
            refusals.append(
                Refusal(
                    brake: .lostField(field.side, field: sync.fields[field.field].path(on: field.side)?.text ?? ""),
                    limit: nil, allowed: 0, planned: field.had, total: field.had))
        }
        return refusals
    }

    /// Fields of one-way arrows must be there. One that is written too may come to be; but where another has nearly its name, that is
    /// most likely what was meant.
    private func mistakes(
        _ missing: [MissingField], _ side: Side, _ inputs: Inputs, _ store: SyncStore
    ) throws(RunFailure) -> [Diagnostic] {
        if missing.isEmpty { return [] }
        let names = names(of: side, inputs)
        let mapped = Set(sync.fields.compactMap { $0.path(on: side)?.steps[0] })
        let check = FieldCheck(sync.collections[side], side, names: names, word: "record has a field")
        var mistakes: [Diagnostic] = []
        for field in missing {
            let mapping = sync.fields[field.field]
            guard let path = mapping.path(on: side), try !isHeldElsewhere(field, inputs, store, any: true) else {
                continue
            }
            let isWrittenToo = mapping.flow == .both
            let others = names.filter { !mapped.contains(TextKey($0)) }
            if isWrittenToo, nearestName(to: path.steps[0].text, in: others) == nil { continue }
            mistakes.append(check.missing(path, mapping.text, mapping.place))
        }
        return Diagnostic.inSourceOrder(mistakes)
    }

    /// The names at the top of the records that were read.
    private func names(of side: Side, _ inputs: Inputs) -> [String] {
        let snapshot = inputs.snapshots[side]
        var names: [String] = []
        var seen: Set<TextKey> = []
        for number in snapshot.kept.indices.prefix(1000) {
            guard let object = try? snapshot.decode(number) else { continue }
            for name in object.names where seen.insert(TextKey(name)).inserted { names.append(name) }
        }
        return names
    }

    /// Whether a record that was passed over, since it stands as it is remembered, has a value in a field.
    ///
    /// - Parameter any: whether it counts that the field was met at all.
    private func isHeldElsewhere(
        _ field: MissingField, _ inputs: Inputs, _ store: SyncStore, any: Bool
    ) throws(RunFailure) -> Bool {
        let snapshot = inputs.snapshots[field.side]
        let kept = Set(snapshot.kept.lazy.filter { $0.link >= 0 }.map { Int($0.link) })
        let rest = store.links.numbers.filter { link in
            !store.links.isRemoved(link) && !kept.contains(link) && snapshot.saw(link: link)
        }
        for start in stride(from: 0, to: rest.count, by: 4096) {
            let part = Array(rest[start..<min(start + 4096, rest.count)])
            let bases = try onState { () throws(StateFailure) in try store.bases(of: part) }
            for link in part {
                guard let entry = (try? bases.base(of: link))?.entries[field.field] else { continue }
                if any || entry.values[field.side] != .null { return true }
            }
        }
        return false
    }
}
