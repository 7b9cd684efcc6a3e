/// A pattern of `matches`, made ready. Matching takes time in proportion to text times pattern, whatever the two are:
/// all ways through the pattern are followed at once, as Thompson and Pike did.
struct Pattern: Sendable {
    enum Step: Sendable {
        case scalars(ScalarClass)
        case scalar(Unicode.Scalar)
        case assertion(PatternTree.Assertion)
        case split(Int, Int)
        case jump(Int)
        case found
    }

    /// Set where the pattern is plain text, which is then searched as such.
    private var plain: [UInt8]?
    private var steps: [Step] = []
    private static let mostSteps = 20_000

    /// How many steps it has: what making it has cost.
    var size: Int { steps.count }

    init(_ pattern: String) throws(Fault) {
        do throws(PatternParser.Failure) {
            let tree = try PatternParser.parse(pattern)
            plain = Pattern.plainText(tree)
            if plain == nil {
                try append(tree)
                steps.append(.found)
            }
        } catch {
            throw .badPattern(LiteralText.text(pattern), reason: error.reason)
        }
    }

    /// Whether the pattern is found anywhere in a text.
    func isFound(in text: String, _ budget: inout Budget) throws(Fault) -> Bool {
        let cost = (1 + text.utf8.count).multipliedReportingOverflow(by: steps.count / 8 + 1)
        try budget.charge(cost.overflow ? .max : cost.partialValue >> 3)
        if let plain { return TextSearch.first(plain, in: Array(text.utf8), from: 0) != nil }
        var matcher = PatternMatcher(steps)
        return matcher.isFound(in: text.unicodeScalars)
    }

    private static func plainText(_ tree: PatternTree) -> [UInt8]? {
        switch tree {
        case .empty: return []
        case .scalars(let one): return one.single.map { Array(String($0).utf8) }
        case .sequence(let parts):
            var bytes: [UInt8] = []
            for part in parts {
                guard case .scalars(let one) = part, let scalar = one.single else { return nil }
                bytes.append(contentsOf: String(scalar).utf8)
            }
            return bytes
        default: return nil
        }
    }

    private mutating func add(_ step: Step) throws(PatternParser.Failure) {
        guard steps.count < Pattern.mostSteps else {
            throw .init(reason: "it is too large once its repetitions are written out")
        }
        steps.append(step)
    }

    private mutating func append(_ tree: PatternTree) throws(PatternParser.Failure) {
        switch tree {
        case .empty: break
        case .scalars(let set): try add(set.single.map(Step.scalar) ?? .scalars(set))
        case .assertion(let assertion): try add(.assertion(assertion))
        case .sequence(let parts): for part in parts { try append(part) }
        case .choice(let branches): try append(choice: branches[...])
        case .repetition(let inner, let least, let most):
            for _ in 0..<least {
                let before = steps.count
                try append(inner)
                // What takes no step is the same however often it stands there.
                if steps.count == before { break }
            }
            if let most {
                try append(inner, upTo: most - least)
            } else {
                try append(loop: inner)
            }
        }
    }

    private mutating func append(choice branches: ArraySlice<PatternTree>) throws(PatternParser.Failure) {
        var ends: [Int] = []
        for branch in branches.dropLast() {
            let split = steps.count
            try add(.split(split + 1, split + 1))
            try append(branch)
            ends.append(steps.count)
            try add(.jump(0))
            steps[split] = .split(split + 1, steps.count)
        }
        if let last = branches.last { try append(last) }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func append(_ inner: PatternTree, upTo count: Int) throws(PatternParser.Failure) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(steps.count)
            try add(.split(0, 0))
            try append(inner)
        }
        for split in splits { steps[split] = .split(split + 1, steps.count) }
    }

    private mutating func append(loop inner: PatternTree) throws(PatternParser.Failure) {
        let split = steps.count
        try add(.split(0, 0))
        try append(inner)
        try add(.jump(split))
        steps[split] = .split(split + 1, steps.count)
    }
}
