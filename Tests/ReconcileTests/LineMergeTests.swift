import TestKit
import Testing

@testable import Reconcile

/// Two edits of one text, merged line by line.
struct LineMergeTests {
    private func merge(_ base: String, _ left: String, _ right: String) -> String? {
        func lines(_ text: String) -> String { text.map { "\($0)\n" }.joined() }
        let merged = LineMerge.merge(base: lines(base), left: lines(left), right: lines(right))
        return merged.map { $0.filter { $0 != "\n" } }
    }

    @Test(
        "edits of different lines are both made, from either side",
        arguments: [
            ("abcde", "Abcde", "abcdE", "AbcdE"),
            ("abcde", "xabcde", "abcdey", "xabcdey"),
            ("abcde", "bcde", "abcd", "bcd"),
            ("abcde", "abXcde", "abcdYe", "abXcdYe"),
            ("abcde", "abcde", "ace", "ace"),
            ("abcde", "", "abcde", ""),
            ("aaaa", "aaa", "aaaa", "aaa"),
            ("", "x", "", "x"),
            ("abcdefgh", "bcdXefgh", "abcdefYgZ", "bcdXefYgZ"),
            ("ab", "Ab", "aB", "AB"), ("abc", "aXc", "abY", "aXY"), ("abc", "Xbc", "aYbc", "XYbc"),
            ("abc", "abXc", "ac", "aXc"), ("abcd", "ad", "abcXd", "aXd"), ("abcd", "aXYd", "abcZ", "aXYZ"),
        ])
    func both(base: String, left: String, right: String, merged: String) {
        #expect(merge(base, left, right) == merged)
        #expect(merge(base, right, left) == merged)
    }

    @Test(
        "the same edit on both sides is made once",
        arguments: [("abc", "aXc"), ("abc", ""), ("", "x"), ("abc", "abcd")])
    func same(base: String, edited: String) {
        #expect(merge(base, edited, edited) == edited)
    }

    @Test(
        "different edits of the same lines, or lines that both put in at one place, are a conflict",
        arguments: [
            ("abc", "aXc", "aYc"), ("abc", "aXc", "ac"), ("abc", "abcX", "abcY"), ("", "x", "y"),
            ("abc", "aXbc", "aYbc"), ("abcd", "aXd", "abYcd"), ("abcd", "aXd", "aYcd"), ("abcd", "aXYd", "abZ"),
        ])
    func conflict(base: String, left: String, right: String) {
        #expect(merge(base, left, right) == nil)
        #expect(merge(base, right, left) == nil)
    }

    @Test("a last line without a line feed is a line, and every byte stays as it was")
    func lastLine() {
        #expect(LineMerge.merge(base: "a\nb\nc", left: "A\nb\nc", right: "a\nb\nC") == "A\nb\nC")
        #expect(
            LineMerge.merge(base: "a\r\nb\r\n\r\nc", left: "a\r\nb\r\n\r\nc\u{301}", right: "x\r\nb\r\n\r\nc")
                == "x\r\nb\r\n\r\nc\u{301}")
        // One letter in two forms is two texts.
        #expect(
            LineMerge.merge(base: "\u{E9}\nb\nc", left: "e\u{301}\nb\nc", right: "\u{E9}\nb\nd") == "e\u{301}\nb\nd")
    }

    @Test("texts that have little in common are a conflict, and take no time")
    func farApart() {
        let base = (0..<20_000).map { "a\($0)\n" }.joined()
        let left = (0..<20_000).map { "b\($0)\n" }.joined()
        #expect(LineMerge.merge(base: base, left: left, right: base + "x\n") == nil)
    }

    @Test("the edits of random texts: laws that hold of every merge", arguments: 0..<10 as Range<UInt64>)
    func laws(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var merged = 0
        for _ in 0..<500 {
            let base = String(
                (0..<random.below(12)).map { _ in Character(Unicode.Scalar(UInt8(97 + random.below(4)))) })
            let (left, right) = (edited(base, &random), edited(base, &random))
            #expect(merge(base, left, base) == left, "seed \(seed): \(base) \(left)")
            #expect(merge(base, base, right) == right, "seed \(seed): \(base) \(right)")
            #expect(merge(base, left, left) == left, "seed \(seed): \(base) \(left)")
            let result = merge(base, left, right)
            #expect(result == merge(base, right, left), "seed \(seed): \(base) \(left) \(right)")
            if result != nil { merged += 1 }
        }
        #expect(merged > 100)
    }

    /// Capital letters are lines that the other edit does not have.
    private func edited(_ text: String, _ random: inout SplitMix64) -> String {
        var lines = Array(text)
        for _ in 0..<random.below(3) {
            let at = random.below(lines.count + 1)
            if at < lines.count, random.below(2) == 0 {
                lines.remove(at: at)
            } else {
                lines.insert(Character(Unicode.Scalar(UInt8(65 + random.below(26)))), at: at)
            }
        }
        return String(lines)
    }
}
