import Model
import Values

extension FieldRule {
    /// Both sides' edits together, for each side in its own terms; nil where the field asks for no merge, or none can be made.
    func merged(_ state: FieldState, _ base: Sides<Value>, _ links: some LinkResolver) -> Sides<Value>? {
        guard let kind = mapping.merge, mapping.when == .always || mapping.when == .update else { return nil }
        // A side that is not owed holds both edits of an earlier merge: what the owed one changed since comes on top of it.
        if let owed = state.base?.owed { return merged(kind, inTermsOf: owed.other, state, base, links) }
        return merged(kind, inTermsOf: .left, state, base, links) ?? merged(kind, inTermsOf: .right, state, base, links)
    }

    /// What the other side changed is made on what this side holds. The other side's own base tells what it changed.
    private func merged(
        _ kind: Merge, inTermsOf side: Side, _ state: FieldState, _ base: Sides<Value>, _ links: some LinkResolver
    ) -> Sides<Value>? {
        func translated(_ value: Value, to target: Side) -> Value? {
            let record = state.records[target.other] ?? Object()
            guard case .value(let value)? = try? translate(value, to: target, record: record, links: links) else {
                return nil
            }
            return value
        }
        let other = side.other
        guard let old = translated(base[other], to: side), let theirs = translated(state.values[other], to: side),
            let both = ValueMerge.merge(kind, base: old, left: state.values[side], right: theirs),
            let back = translated(both, to: other)
        else { return nil }
        var values = Sides(left: both, right: both)
        values[side] = stored(both, on: side)
        values[other] = back
        return values
    }
}
