import CEL
import Model
import Values

/// Pairs records that exist on both sides by what identifies them to people: rule by rule, each key unique on both sides.
struct Pairing {
    struct Result {
        var pairs: [Sides<Int>] = []
        var alone = Sides<[Int]>(left: [], right: [])
        var holds: [Hold] = []
    }

    private struct Candidate {
        var number: Int
        var id: RecordID
        /// One key for each rule; nil where the record has none.
        var keys: [TextKey?]
    }

    private let rules: [MatchRule]
    private var candidates = Sides<[Candidate]>(left: [], right: [])

    init(_ rules: [MatchRule]) { self.rules = rules }

    /// Whether the match rules can say anything of so many new records: with nothing on the other side there are no partners, but
    /// records may share a key.
    static func isNeeded(_ unlinked: Sides<Int>, _ inputs: Inputs) -> Bool {
        if unlinked.left > 0, unlinked.right > 0 { return !inputs.sync.match.isEmpty }
        return Side.allCases.contains { side in
            unlinked[side] > 1
                && !inputs.sync.match.allSatisfy { $0.isID(on: side, inputs.capabilities[side].idFields) }
        }
    }

    mutating func add(_ record: SideRecord) {
        let keys = rules.map { $0.key(of: record.object, on: record.side) }
        candidates[record.side].append(Candidate(number: record.number, id: record.id, keys: keys))
    }

    func result() -> Result {
        var result = Result()
        var open = candidates
        for (at, rule) in rules.enumerated() {
            step(rule, at, &open, &result)
        }
        result.alone = open.map { $0.map(\.number) }
        return result
    }

    /// Applies one rule to those that are not paired yet, and takes out those that it settles.
    private func step(_ rule: MatchRule, _ at: Int, _ open: inout Sides<[Candidate]>, _ result: inout Result) {
        let groups = open.map { candidates in Self.groups(candidates, at) }
        var done = Sides<Set<Int>>(left: [], right: [])
        for (side, candidate, key) in Self.inOrder(open, at) {
            if done[side].contains(candidate.number) { continue }
            let left = groups.left[key] ?? []
            let right = groups.right[key] ?? []
            if left.count == 1, right.count == 1 {
                result.pairs.append(Sides(left: left[0].number, right: right[0].number))
            } else if left.count > 1 || right.count > 1 {
                let ids = Sides(left: left.map(\.id), right: right.map(\.id))
                result.holds.append(contentsOf: Self.ambiguous(rule, key, ids))
            } else {
                continue
            }
            done.left.formUnion(left.map(\.number))
            done.right.formUnion(right.map(\.number))
        }
        for side in Side.allCases { open[side].removeAll { done[side].contains($0.number) } }
    }

    private static func groups(_ candidates: [Candidate], _ at: Int) -> [TextKey: [Candidate]] {
        var groups: [TextKey: [Candidate]] = [:]
        groups.reserveCapacity(candidates.count)
        for candidate in candidates {
            if let key = candidate.keys[at] { groups[key, default: []].append(candidate) }
        }
        return groups
    }

    private static func inOrder(_ open: Sides<[Candidate]>, _ at: Int) -> [(Side, Candidate, TextKey)] {
        Side.allCases.flatMap { side in
            open[side].compactMap { candidate in candidate.keys[at].map { (side, candidate, $0) } }
        }
    }

    private static func ambiguous(_ rule: MatchRule, _ key: TextKey, _ ids: Sides<[RecordID]>) -> [Hold] {
        Side.allCases.flatMap { side in
            ids[side].map { id in
                var held = Sides<RecordID?>(left: nil, right: nil)
                held[side] = id
                return Hold(ids: held, reason: .ambiguousMatch(key: key.text, candidates: ids), place: rule.place)
            }
        }
    }
}

extension MatchRule {
    /// Whether the key is the record's id as it stands, which no two records of a collection share.
    func isID(on side: Side, _ idFields: [FieldPath]) -> Bool {
        guard case .field(let path) = keys[side] else { return false }
        return idFields == [path] && type == nil && !ignoresCase
    }

    /// The key of a record; nil where it is empty, or cannot be worked out: such a record pairs with nothing.
    func key(of record: Object, on side: Side) -> TextKey? {
        let value: Value?
        switch keys[side] {
        case .field(let path): value = record.value(at: path)
        case .expression(let program): value = try? program.evaluate(Scope(record: record))
        }
        guard let value, !value.isEmpty else { return nil }
        let typed = type.flatMap { try? $0.convert(value, format: nil) } ?? value
        guard let text = ValueTable.spelling(of: typed) ?? RecordID(typed)?.key, !text.isEmpty else { return nil }
        return TextKey(ignoresCase ? text.lowercased() : text)
    }
}
