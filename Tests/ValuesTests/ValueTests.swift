import Testing
import Values

@Suite("Values")
struct ValueTests {
    @Test(
        "mean the same whatever their form",
        arguments: [
            (Value.int(1), Value.decimal(Decimal(verified: "1.00")), true), (.int(1), .double(1), true),
            (.int(1), .uint(1), true),
            (.uint(.max), .decimal(Decimal(verified: "18446744073709551615.0")), true), (.uint(.max), .int(-1), false),
            (.double(0.1), .decimal(Decimal(verified: "0.10")), true),
            (.double(0.1), .decimal(Decimal(verified: "0.1000001")), false),
            (.double(-0.0), .int(0), true), (.double(.nan), .double(.nan), true), (.double(.nan), .int(0), false),
            (.double(.infinity), .decimal(Decimal(verified: "1e400")), false),
            (.int(9_007_199_254_740_993), .double(9_007_199_254_740_992), false),
            (.int(1), .text("1"), false), (.int(1), .bool(true), false), (.null, .text(""), false),
            (.null, .null, true),
            (.text("é"), .text("e\u{301}"), false), (.text(""), .text(""), true),
            (.list([.int(1)]), .list([.double(1)]), true),
            (.list([.int(1)]), .list([.int(1), .int(1)]), false), (.list([]), .object([:]), false),
            (.object(["a": .int(1), "b": .null]), .object(["b": .null, "a": .double(1)]), true),
            (.object(["a": .null]), .object(["b": .null]), false), (.object(["a": .null]), .object([:]), false),
            (.bytes([1]), .bytes([1]), true), (.bytes([1]), .text("\u{1}"), false),
            (.duration(.seconds(1)), .duration(.milliseconds(1000)), true),
        ])
    func means(a: Value, b: Value, same: Bool) {
        #expect(a.means(b) == same)
        #expect(b.means(a) == same)
    }

    @Test(
        "are equal only in kind and content",
        arguments: [
            (Value.int(1), Value.double(1), false), (.int(1), .uint(1), false), (.double(0), .double(-0.0), false),
            (.double(.nan), .double(.nan), true),
            (.decimal(Decimal(verified: "1.0")), .decimal(Decimal(verified: "1.00")), false),
            (.text("é"), .text("e\u{301}"), false), (.text("abc"), .text("abc"), true),
            (.object(["a": .int(1), "b": .int(2)]), .object(["b": .int(2), "a": .int(1)]), true),
            (.object(["a": .int(1)]), .object(["a": .int(1), "b": .null]), false),
            (.object(["a": .null]), .object(["b": .null]), false),
        ])
    func equal(a: Value, b: Value, same: Bool) {
        #expect((a == b) == same)
        if same { #expect(a.hashValue == b.hashValue) }
    }

    @Test("random values equal themselves, mean themselves, and hash alike", arguments: [1, 2] as [UInt64])
    func themselves(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let value = random.value()
            var copy = value
            if case .object(let object) = value { copy = .object(Object(object.reversed())) }
            #expect(value == copy && value.means(copy) && value.hashValue == copy.hashValue, "seed \(seed): \(value)")
        }
    }

    @Test("stay small")
    func size() { #expect(MemoryLayout<Value>.stride <= 24) }

    @Test(
        "text is the same only where its bytes are",
        arguments: [
            ("", "", true), ("a", "a", true), ("a", "b", false), ("é", "e\u{301}", false),
            ("fifteen bytes..", "fifteen bytes..", true),
            ("a text of more than fifteen bytes", "a text of more than fifteen bytes", true),
            ("a text of more than fifteen bytes", "a text of more than fifteen bytez", false), ("ab", "abc", false),
            ("\u{0}", "", false),
        ])
    func text(a: String, b: String, same: Bool) {
        // A copy with storage of its own, even where the text is short.
        var other = b
        other.reserveCapacity(64)
        #expect(a.hasSameBytes(as: b) == same)
        #expect(a.hasSameBytes(as: other) == same)
        #expect((TextKey(a) == TextKey(other)) == same)
        if same { #expect(TextKey(a).hashValue == TextKey(other).hashValue) }
    }

    @Test(
        "text is ordered by bytes",
        arguments: [
            ("", "a", true), ("a", "", false), ("a", "a", false), ("a", "ab", true), ("B", "a", true), ("z", "é", true),
            ("\u{FFFF}", "😀", true), ("e\u{301}", "é", true),
        ])
    func order(a: String, b: String, precedes: Bool) { #expect(a.precedesByBytes(b) == precedes) }

    @Test("a secret prints redacted, whatever prints it")
    func secret() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump([secret], to: &dumped)
        for text in [
            "\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", "\(["k": secret])",
            dumped,
        ] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
        #expect(secret == Secret("hunter2") && secret != Secret("hunter3") && Secret("é") != Secret("e\u{301}"))
    }
}
