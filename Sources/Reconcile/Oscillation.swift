package import Model
package import Values

/// What the last runs wrote to the fields of linked records: enough to see that something on each side sets a field back in turn.
package struct WriteHistory: Sendable {
    /// What both sides held after each write, the oldest first, by the records of the link and the number of the field.
    private var series: [Sides<RecordID>: [Int: [Sides<Value>]]] = [:]

    /// So many of the last writes of a field are looked at.
    static let length = 8
    /// So many times a field may have come back to what it was before among them.
    static let mostReturns = 4
    /// With fewer writes than this a field cannot have come back so often.
    package static let least = mostReturns + 3

    package init() {}

    package var isEmpty: Bool { series.isEmpty }

    /// Adds a write; each is later than those before.
    package mutating func add(_ values: Sides<Value>, of field: Int, _ ids: Sides<RecordID>) {
        series[ids, default: [:]][field, default: []].append(values)
    }

    /// What both sides held after the last write, where the next one would set the field back once more.
    func oscillation(of field: Int, _ ids: Sides<RecordID>, to next: Sides<Value>) -> Sides<Value>? {
        guard let all = series[ids]?[field] else { return nil }
        let last = Array(all.suffix(Self.length))
        guard last.count > 2, let before = last.last, isSame(next, last[last.count - 2]), !isSame(next, before) else {
            return nil
        }
        let returns = (2..<last.count).count { isSame(last[$0], last[$0 - 2]) && !isSame(last[$0], last[$0 - 1]) }
        return returns > Self.mostReturns ? before : nil
    }

    private func isSame(_ a: Sides<Value>, _ b: Sides<Value>) -> Bool { a.left.means(b.left) && a.right.means(b.right) }
}

extension Planner {
    /// What a merge came to, without the fields that oscillate: those are left alone on both sides.
    func withoutOscillating(_ merged: MergedPair) -> MergedPair {
        if inputs.history.isEmpty { return merged }
        var merged = merged
        for side in Side.allCases {
            for write in merged.writes[side] {
                guard
                    let before = inputs.history.oscillation(
                        of: write.field, merged.pair.ids, to: write.entry.values)
                else { continue }
                let reason = Hold.Reason.oscillation(
                    field: rules[write.field].mapping.text, values: write.entry.values, before: before)
                merged.holds.append(hold(merged.pair.ids.map(Optional.some), reason, rules[write.field]))
                for side in Side.allCases { merged.writes[side].removeAll { $0.field == write.field } }
            }
        }
        return merged
    }
}
