import Model
import Values

/// Two edits of one value that both count: what the right changed is made on what the left holds. Nil where that cannot be done, which
/// is a conflict.
enum ValueMerge {
    /// - Parameters:
    ///   - base: what the right held when both sides last agreed. All values are in the same side's terms.
    static func merge(_ kind: Merge, base: Value, left: Value, right: Value) -> Value? {
        switch kind {
        case .text: text(base, left, right)
        case .set: set(base, left, right)
        case .sum: sum(base, left, right)
        }
    }

    private static func text(_ base: Value, _ left: Value, _ right: Value) -> Value? {
        guard let base = lines(base), let left = lines(left), let right = lines(right) else { return nil }
        return LineMerge.merge(base: base, left: left, right: right).map(Value.text)
    }

    /// Nothing is a text without lines.
    private static func lines(_ value: Value) -> String? { value == .null ? "" : value.text }

    /// The members of the left without those that the right took out, and then those that it put in.
    private static func set(_ base: Value, _ left: Value, _ right: Value) -> Value? {
        guard let base = members(base), let left = members(left), let right = members(right) else { return nil }
        let (inBase, inLeft, inRight) = (Members(base), Members(left), Members(right))
        let kept = left.filter { !inBase.contains($0) || inRight.contains($0) }
        let added = right.filter { !inBase.contains($0) && !inLeft.contains($0) }
        return .list(kept + added)
    }

    private static func members(_ value: Value) -> [Value]? { value == .null ? [] : value.list }

    /// What the left holds and the difference that the right made.
    private static func sum(_ base: Value, _ left: Value, _ right: Value) -> Value? {
        guard let base = number(base), let left = number(left), let right = number(right),
            let difference = right.adding(base.negated), let sum = left.adding(difference)
        else { return nil }
        return sum.spelledInt64.map(Value.int) ?? .decimal(sum)
    }

    private static func number(_ value: Value) -> Decimal? {
        value == .null ? Decimal("0") : value.exactNumber
    }
}

/// The members of a list, by what they mean.
private struct Members {
    private var byKey: [TextKey: [Value]] = [:]

    init(_ list: [Value]) {
        for value in list { byKey[Self.key(value), default: []].append(value) }
    }

    func contains(_ value: Value) -> Bool { byKey[Self.key(value)]?.contains { $0.means(value) } ?? false }

    /// Values that mean the same have the same key. Others may share one.
    private static func key(_ value: Value) -> TextKey {
        switch value {
        case .text(let text): TextKey(text)
        default: TextKey(value.exactNumber.map { String($0.double) } ?? "")
        }
    }
}
