import Model
import Testing
import Values

@testable import Reconcile

extension Value: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    public init(integerLiteral number: Int64) { self = .int(number) }
    public init(stringLiteral text: String) { self = .text(text) }
}

/// Two edits of a set or of a number.
struct ValueMergeTests {
    private func set(_ base: [Value], _ left: [Value], _ right: [Value]) -> Value? {
        ValueMerge.merge(.set, base: .list(base), left: .list(left), right: .list(right))
    }

    private func sum(_ base: Value, _ left: Value, _ right: Value) -> Value? {
        ValueMerge.merge(.sum, base: base, left: left, right: right)
    }

    @Test("what either put in is in, what either took out is out")
    func sets() {
        #expect(set(["a", "b"], ["a", "b", "c"], ["b", "d"]) == .list(["b", "c", "d"]))
        #expect(set(["a"], ["a", "x"], ["a", "x"]) == .list(["a", "x"]))
        #expect(set([], ["x"], ["y"]) == .list(["x", "y"]))
        #expect(set(["a"], [], []) == .list([]))
        #expect(
            set([1, .decimal(Decimal(verified: "2.0"))], [1, 2, 3], [.decimal(Decimal(verified: "1.00"))])
                == .list([1, 3]))
        #expect(set([.list([1])], [.list([1]), "a"], []) == .list(["a"]))
        #expect(ValueMerge.merge(.set, base: .null, left: .list(["a"]), right: .list(["b"])) == .list(["a", "b"]))
    }

    @Test("a number moves by both differences")
    func sums() {
        #expect(sum(10, 12, 13) == 15)
        #expect(sum(10, 8, 13) == 11)
        #expect(sum(.null, 2, 3) == 5)
        #expect(
            sum(.decimal(Decimal(verified: "1.50")), .decimal(Decimal(verified: "2.25")), 1)
                == .decimal(Decimal(verified: "1.75")))
        #expect(sum(0, .int(.max), 1) == .decimal(Decimal(verified: "9223372036854775808")))
    }

    @Test(
        "what is no list, no number or no text cannot be merged",
        arguments: [(Merge.set, Value.text("a,b")), (.sum, "12"), (.sum, .bool(true)), (.text, 7), (.text, .list([]))])
    func others(kind: Merge, value: Value) {
        #expect(ValueMerge.merge(kind, base: value, left: value, right: value) == nil)
        #expect(ValueMerge.merge(kind, base: .null, left: .null, right: value) == nil)
    }
}
