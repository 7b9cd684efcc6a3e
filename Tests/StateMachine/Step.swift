internal import TestKit

/// One thing that happens in a sequence. Its numbers name what it happens to, whatever there is by then, so that steps can be left
/// out and the others still mean something.
package struct Step: Sendable, Hashable, CustomStringConvertible {
    package enum Verb: String, Sendable, CaseIterable {
        /// A person makes a record, or the same one on both sides.
        case create, twins
        /// A person edits a field, or sets it to what the other side has.
        case edit, agree
        /// A person deletes a record, or puts one back with its old id.
        case remove, restore
        /// A person takes a record out of the scope, or back into it.
        case scope
        /// A person makes a company, or renames one.
        case company, rename
        /// The job file maps one field more, or fewer; it has a filter, or none.
        case map, filter
        /// Something is going to happen in the next run: a fault of a server, death at an operation of the disk or at a call, an edit.
        case fault, die, dieAtCall, meanwhile
        case plan, run
        /// A day goes by.
        case wait
    }

    package var verb: Verb
    package var numbers: [Int]

    package init(_ verb: Verb, _ numbers: [Int]) {
        self.verb = verb
        self.numbers = numbers
    }

    package var description: String { ([verb.rawValue] + numbers.map(String.init)).joined(separator: " ") }

    /// Reads what ``description`` wrote.
    package init?(_ text: some StringProtocol) {
        let words = text.split(separator: " ")
        let numbers = words.dropFirst().map { Int($0) }
        guard let verb = words.first.flatMap({ Verb(rawValue: String($0)) }), numbers.count == 3 else { return nil }
        self.init(verb, numbers.compactMap(\.self))
        if self.numbers.count < 3 { return nil }
    }
}

/// A sequence of steps between two sides, as a seed gives it or as it was written down.
package struct Episode: Sendable, CustomStringConvertible {
    package var left: SideKind
    package var right: SideKind
    package var steps: [Step]

    /// Such as `jsonl|csv: create 0 1 2; run 0 0 0`.
    package var description: String { "\(left)|\(right): " + steps.map(\.description).joined(separator: "; ") }

    package init(left: SideKind, right: SideKind, steps: [Step]) {
        self.left = left
        self.right = right
        self.steps = steps
    }

    /// Reads what ``description`` wrote.
    package init?(_ text: String) {
        let parts = text.split(separator: ": ", maxSplits: 1)
        let sides = parts.first?.split(separator: "|").compactMap { SideKind($0) } ?? []
        guard sides.count == 2, parts.count == 2 else { return nil }
        let words = parts[1].split(separator: "; ")
        let steps = words.compactMap { Step($0) }
        guard steps.count == words.count else { return nil }
        self.init(left: sides[0], right: sides[1], steps: steps)
    }

    /// - Parameter kinds: what sides may be.
    package init(seed: UInt64, length: Int = 50, kinds: [SideKind]) {
        var random = SplitMix64(seed: seed)
        left = random.pick(kinds)
        right = random.pick(kinds)
        steps = []
        while steps.count < length {
            let verb = random.pick(Self.deck)
            steps.append(Step(verb, (0..<3).map { _ in random.below(64) }))
        }
    }

    /// How often each verb is drawn.
    private static let deck: [Step.Verb] = {
        let weights: [(Step.Verb, Int)] = [
            (.create, 7), (.twins, 2), (.edit, 22), (.agree, 3), (.remove, 4), (.restore, 2), (.scope, 2),
            (.company, 1),
            (.rename, 1), (.map, 1), (.filter, 1), (.fault, 5), (.die, 5), (.dieAtCall, 2), (.meanwhile, 2), (.plan, 2),
            (.run, 14), (.wait, 1),
        ]
        return weights.flatMap { Array(repeating: $0.0, count: $0.1) }
    }()
}
