package import Model
import Values

extension Plan {
    /// What names one of the plan's writes from one run to the next.
    package func key(of operation: Operation) -> WriteKey {
        let numbers = operation.verb == .delete || fieldSets.isEmpty ? [] : fieldSets[Int(operation.fieldSet)]
        if operation.archives {
            let fields = numbers.map { (-2, archive[operation.side][$0].value) }
            return WriteKey(.update, operation.side, id(operation.target), fields)
        }
        var builder = JSONBuilder()
        let values = try? arena.withBytes(operation.base) { (bytes) throws(Base.Failure) in
            try Base.values(numbers, of: operation.side, in: bytes, &builder)
        }
        let fields = zip(numbers, values ?? []).map { ($0, $1 ?? .null) }
        guard operation.verb == .create else {
            return WriteKey(
                operation.verb, operation.side, id(operation.target), fields,
                over: operation.fingerprints[operation.side])
        }
        // An id that the mapping sets is one of the fields. Another one is new each time, and what is refused is so under any.
        return WriteKey(.create, operation.side, id(operation.source), fields)
    }
}

extension WriteKey {
    /// - Parameter found: the record that is written over: what was refused of one may be taken of another.
    init(
        _ verb: WriteRequest.Verb, _ side: Side, _ id: RecordID, _ fields: [(number: Int, value: Value)],
        over found: Fingerprint = .none
    ) {
        var bytes = Array("\(found) ".utf8)
        for field in fields {
            bytes.append(contentsOf: "\(field.number) ".utf8)
            StateJSON.write(field.value, to: &bytes)
        }
        self.init(verb: verb, side: side, id: id, digest: Fingerprint(of: bytes))
    }
}

// Writes that failed are put off: they are no part of the plan until their time has come, and what depends on them waits.
extension Planner {
    /// Why a write is not made now, where it is put off.
    func putOff(_ key: @autoclosure () -> WriteKey) -> Hold.Reason? {
        if inputs.putOff.isEmpty { return nil }
        let key = key()
        return inputs.putOff.contains(key) ? .putOff(key) : nil
    }

    /// What a merge came to, without the writes that are put off. Of a field that both sides were to be given, that side is owed what
    /// the other is given.
    func withoutPutOff(_ merged: MergedPair) -> MergedPair {
        if inputs.putOff.isEmpty { return merged }
        var merged = merged
        for side in Side.allCases where !merged.writes[side].isEmpty {
            let writes = merged.writes[side]
            let fields = writes.map { ($0.field, $0.entry.values[side]) }
            let key = WriteKey(
                .update, side, merged.pair.ids[side], fields, over: merged.pair.fingerprints[side])
            guard let reason = putOff(key) else { continue }
            merged.holds.append(hold(merged.pair.ids.map(Optional.some), reason))
            merged.writes[side] = []
            let before = Dictionary(writes.map { ($0.field, $0.before) }, uniquingKeysWith: { first, _ in first })
            for at in merged.writes[side.other].indices {
                guard let value = before[merged.writes[side.other][at].field] else { continue }
                merged.writes[side.other][at].entry.values[side] = value
                merged.writes[side.other][at].entry.owed = side
            }
        }
        return merged
    }
}
