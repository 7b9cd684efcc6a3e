import CEL
import Model
import Values

/// Pairs records that exist on both sides by what identifies them to people: rule by rule, each key unique on both sides.
///
/// Beside new records those take part whose own partner is gone: a new record with their key is that partner under a new id.
/// Records that are out of scope, or of which that cannot be told, are never paired, but nothing is made for their partners.
struct Pairing {
    struct Result {
        /// By their numbers in the snapshots.
        var pairs: [Sides<Int>] = []
        /// New records that take the place of one that is gone, with its link.
        var anew: [(link: Int, numbers: Sides<Int>)] = []
        var alone = Sides<[Int]>(left: [], right: [])
        /// How many have a partner that is out of scope.
        var left = 0
        var holds: [Hold] = []
        /// Links of which one record is among those that are held.
        var heldLinks: Set<Int> = []
    }

    /// How a record takes part.
    enum Standing {
        case new
        /// The other record of its link is gone.
        case widowed(link: Int)
        /// It is never paired.
        case outOfScope
    }

    private struct Candidate {
        var number: Int
        var id: RecordID
        var link: Int?
        /// One key for each rule; nil where the record has none.
        var keys: [TextKey?]
    }

    private let rules: [MatchRule]
    private var new = Sides<[Candidate]>(left: [], right: [])
    private var widowed = Sides<[Candidate]>(left: [], right: [])
    private var outOfScope = Sides<[Candidate]>(left: [], right: [])

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

    mutating func add(_ record: SideRecord, _ standing: Standing) {
        let keys = rules.map { $0.key(of: record.object, on: record.side) }
        var candidate = Candidate(number: record.number, id: record.id, link: nil, keys: keys)
        switch standing {
        case .new: new[record.side].append(candidate)
        case .widowed(let link):
            candidate.link = link
            widowed[record.side].append(candidate)
        case .outOfScope: outOfScope[record.side].append(candidate)
        }
    }

    func result() -> Result {
        var result = Result()
        var open = new
        var lone = widowed
        for (at, rule) in rules.enumerated() {
            step(rule, at, &open, &lone, &result)
        }
        result.alone = open.map { $0.map(\.number) }
        return result
    }

    /// Applies one rule to those that are not paired yet, and takes out those that it settles.
    private func step(
        _ rule: MatchRule, _ at: Int, _ open: inout Sides<[Candidate]>, _ lone: inout Sides<[Candidate]>,
        _ result: inout Result
    ) {
        let groups = open.map { candidates in Self.groups(candidates, at) }
        let lonely = lone.map { candidates in Self.groups(candidates, at) }
        let passive = outOfScope.map { candidates in Self.groups(candidates, at) }
        var done = Sides<Set<Int>>(left: [], right: [])
        for (side, candidate, key) in Self.inOrder(open, at) {
            if done[side].contains(candidate.number) { continue }
            var found = Sides(left: groups.left[key] ?? [], right: groups.right[key] ?? [])
            // Whose partner is gone matters only to new records of the side where it is gone.
            for side in Side.allCases where !(groups[side.other][key] ?? []).isEmpty {
                found[side] += lonely[side][key] ?? []
            }
            if found.left.count == 1, found.right.count == 1 {
                let numbers = Sides(left: found.left[0].number, right: found.right[0].number)
                if let link = found.left[0].link ?? found.right[0].link {
                    result.anew.append((link, numbers))
                } else {
                    result.pairs.append(numbers)
                }
            } else if found.left.count > 1 || found.right.count > 1 {
                result.holds.append(contentsOf: Self.ambiguous(rule, key, found.map { $0.map(\.id) }))
                for side in Side.allCases { result.heldLinks.formUnion(found[side].compactMap(\.link)) }
            } else if passive[side.other][key] != nil {
                result.left += 1
            } else {
                continue
            }
            for side in Side.allCases { done[side].formUnion(found[side].map(\.number)) }
        }
        for side in Side.allCases {
            open[side].removeAll { done[side].contains($0.number) }
            lone[side].removeAll { done[side].contains($0.number) }
        }
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
