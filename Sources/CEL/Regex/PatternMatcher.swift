/// Walks a text once, with the set of all steps of a pattern that are reached so far.
struct PatternMatcher {
    private let steps: [Pattern.Step]
    private var current: [Int] = []
    private var upcoming: [Int] = []
    /// For each step, the position of the text at which it was last reached: each is followed once a position.
    private var reached: [Int]
    private var pending: [Int] = []

    init(_ steps: [Pattern.Step]) {
        self.steps = steps
        reached = Array(repeating: -1, count: steps.count)
    }

    mutating func isFound(in text: String.UnicodeScalarView) -> Bool {
        var previous: Unicode.Scalar?
        var position = 0
        var iterator = text.makeIterator()
        var next = iterator.next()
        while true {
            // A match may begin anywhere.
            if follow(0, position, previous, next) { return true }
            guard let scalar = next else { return false }
            swap(&current, &upcoming)
            next = iterator.next()
            position += 1
            for step in upcoming where takes(step, scalar) {
                if follow(step + 1, position, scalar, next) { return true }
            }
            upcoming.removeAll(keepingCapacity: true)
            previous = scalar
        }
    }

    private func takes(_ step: Int, _ scalar: Unicode.Scalar) -> Bool {
        switch steps[step] {
        case .scalar(let wanted): wanted == scalar
        case .scalars(let set): set.contains(scalar)
        default: false
        }
    }

    /// Adds a step, and all that can be reached from it without taking a code point; true where that is the end.
    private mutating func follow(
        _ first: Int, _ position: Int, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?
    ) -> Bool {
        pending.append(first)
        while let step = pending.popLast() {
            if reached[step] == position { continue }
            reached[step] = position
            switch steps[step] {
            case .found:
                pending.removeAll()
                return true
            case .scalar, .scalars: current.append(step)
            case .jump(let target): pending.append(target)
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .assertion(let assertion):
                if assertion.holds(between: previous, and: next) { pending.append(step + 1) }
            }
        }
        return false
    }
}

extension PatternTree.Assertion {
    fileprivate func holds(between previous: Unicode.Scalar?, and next: Unicode.Scalar?) -> Bool {
        switch self {
        case .textStart: previous == nil
        case .textEnd: next == nil
        case .lineStart: previous == nil || previous == "\n"
        case .lineEnd: next == nil || next == "\n"
        case .wordBoundary: (previous?.isWord ?? false) != (next?.isWord ?? false)
        case .noWordBoundary: (previous?.isWord ?? false) == (next?.isWord ?? false)
        }
    }
}
