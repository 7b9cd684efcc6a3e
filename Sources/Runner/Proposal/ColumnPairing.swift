import Model
import Values

/// A field of the left and one of the right that most likely are one, with why.
struct ColumnPair {
    let columns: Sides<SampledColumn>
    let likeness: FieldNameWords.Likeness
    /// The share of values that both have.
    let overlap: Double

    var score: Double { Double(likeness.rawValue) + (hasOwnValues ? overlap * 3 : 0) }

    /// Whether values that both have tell anything: 'true' and '1' are everywhere.
    private var hasOwnValues: Bool {
        columns.left.type != .bool && columns.left.type != .int
            && min(columns.left.distinct.count, columns.right.distinct.count) > 1
    }

    /// Whether it is to be proposed: the names say so, or most values do.
    var isLikely: Bool { likeness >= .synonyms || (hasOwnValues && overlap >= 0.5) }

    /// Why it was proposed.
    var reason: String {
        let names =
            switch likeness {
            case .same: "the same name"
            case .synonyms: "names that mean the same"
            case .partly: "names alike"
            case .none: "other names"
            }
        let percent = Int((overlap * 100).rounded())
        return hasOwnValues && overlap > 0 ? "\(names), \(percent) % of the values on both sides" : names
    }
}

/// Which fields of two collections belong together.
struct ColumnPairing {
    private(set) var pairs: [ColumnPair] = []
    /// What was nearly proposed, and why it was not.
    private(set) var doubts: [String] = []

    /// Best first: a field is in one pair only. Two that are equally likely, and not by their names, are in none.
    init(_ left: [SampledColumn], _ right: [SampledColumn]) {
        var candidates: [ColumnPair] = []
        for a in left {
            for b in right {
                let pair = ColumnPair(
                    columns: Sides(left: a, right: b), likeness: FieldNameWords.likeness(a.name, b.name),
                    overlap: a.overlap(with: b))
                if pair.isLikely { candidates.append(pair) }
            }
        }
        candidates = candidates.enumerated().sorted { a, b in
            a.element.score == b.element.score ? a.offset < b.offset : a.element.score > b.element.score
        }.map(\.element)
        var taken = Sides<Set<FieldPath>>(left: [], right: [])
        for pair in candidates where Side.allCases.allSatisfy({ !taken[$0].contains(pair.columns[$0].path) }) {
            let rival = candidates.first { other in
                other.score == pair.score && other.isRival(of: pair)
                    && Side.allCases.allSatisfy { !taken[$0].contains(other.columns[$0].path) }
            }
            if let rival, pair.likeness < .synonyms {
                doubts.append(
                    "\(pair.shown): as likely as \(rival.shown)")
                for side in Side.allCases {
                    taken[side].formUnion([pair.columns[side].path, rival.columns[side].path])
                }
                continue
            }
            for side in Side.allCases { taken[side].insert(pair.columns[side].path) }
            pairs.append(pair)
        }
    }
}

extension ColumnPair {
    var shown: String { "\(columns.left.shown) and \(columns.right.shown)" }

    /// Whether it is about one of the same fields, and not the same pair.
    fileprivate func isRival(of other: ColumnPair) -> Bool {
        let same = Side.allCases.filter { columns[$0].path == other.columns[$0].path }
        return same.count == 1
    }
}
