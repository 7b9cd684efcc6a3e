import CEL
import JobFiles
import TestKit
import Testing
import Values

/// What `check` says of filters that every record passes, or none.
struct FilterTruthTests {
    private func codes(_ filter: String) -> [String] {
        let quoted = filter.replacing("'", with: "''")
        return Folder(
            job: """
                job: crm
                left: desk
                right: files
                syncs:
                  companies:
                    left: {collection: clients, filter: '\(quoted)'}
                    right: customers
                    fields: [name <-> name]
                """
        ).codes()
    }

    @Test(
        "a filter that no record can pass",
        arguments: [
            "false", "1 > 2", "status == 'a' && status == 'b'", "status == 'a' && status != 'a'", "status in []",
            "level > 5 && level < 3", "level > 5 && level <= 5", "has(status) && !has(status)",
            "status == 'a' && (status == 'b' || status in ['c', 'd'])", "a == b && a == 'x' && b == 'y'",
            "user.name == 'a' && user['name'] == 'b'", "title.startsWith('x') && !title.startsWith('x')",
            "status < 'a' && status > 'b'", "vip && !vip", "(status == 'a' ? status : 'x') == 'y' && status in []",
        ])
    func never(filter: String) { #expect(codes(filter) == ["filter-never"]) }

    @Test(
        "a filter that every record passes",
        arguments: [
            "true", "1 < 2", "status == 'a' || status != 'a'", "has(status) || !has(status)",
            "title.startsWith('x') || !title.startsWith('x')", "!(status in [])",
        ])
    func always(filter: String) { #expect(codes(filter) == ["filter-always"]) }

    @Test(
        "a filter of which nothing certain can be said",
        arguments: [
            "status == 'a'", "status in ['a', 'b'] && status != 'b'", "level > 3 && level < 5",
            "level >= 5 && level <= 5",
            "a == b && a == 'x'", "a < b && b < c", "a < b && b < 'x'", "a < b && b < c && c < d && d < e",
            "a != b && b != c && a != c && a != d && b != d && c != d", "5 < a && a < b && b < c && c < 6",
            "title.startsWith('x') && title.startsWith('y')", "status > 'a' && status < 'b'",
            "tags.exists(t, t == 'x')", "size(tags) > 3", "created > timestamp('2026-01-01T00:00:00Z')", "vip",
            "level > 3 && level < 4", "a.b == 'x' && a == null",
            "p0 == 'a' && p1 == 'a' && p2 == 'a' && p3 == 'a' && p4 == 'a' && p5 == 'a' && p6 == 'a' && p7 == 'a'",
        ])
    func depends(filter: String) { #expect(codes(filter) == []) }

    @Test("of random filters none passes a record that was said to pass none, or fails one that was said to fail none")
    func sound() throws {
        var told = 0
        for seed in UInt64(1)...400 {
            var random = SplitMix64(seed: seed)
            let text = Self.filter(depth: 3, &random)
            let codes = codes(text)
            // What can never be compared is an error, and no such filter is run.
            guard codes == ["filter-always"] || codes == ["filter-never"] else { continue }
            told += 1
            let program = try Expression.compile(text, .filter)
            for _ in 0..<200 {
                var record = Object()
                for name in ["a", "b", "c"] {
                    if let value = Self.values.randomElement(using: &random) ?? nil { record[name] = value }
                }
                guard let isTrue = try? program.evaluateBool(Scope(record: record)) else { continue }
                #expect(codes == [isTrue ? "filter-always" : "filter-never"], "seed \(seed): \(text) of \(record)")
            }
        }
        #expect(told > 10)
    }

    private static let values: [Value?] = [
        nil, .null, .text(""), .text("x"), .text("y"), .text("xx"), .text("z"), .int(0), .int(1), .int(2), .int(3),
        .int(7),
        .double(1.5), .bool(true), .bool(false), .text("2"),
    ]

    private static func filter(depth: Int, _ random: inout SplitMix64) -> String {
        if depth > 0, Int.random(in: 0..<4, using: &random) > 0 {
            let a = filter(depth: depth - 1, &random)
            let b = filter(depth: depth - 1, &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: return "(\(a) && \(b))"
            case 1: return "(\(a) || \(b))"
            default: return "!(\(a))"
            }
        }
        let name = ["a", "b", "c"].randomElement(using: &random) ?? "a"
        let comparison = ["==", "!=", "<", "<=", ">", ">="].randomElement(using: &random) ?? "=="
        let constant = ["'x'", "'y'", "1", "2", "2.5", "true", "null", "b"].randomElement(using: &random) ?? "1"
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return "\(name) in ['x', 'y']"
        case 1: return "has(\(name))"
        default: return "\(name) \(comparison) \(constant)"
        }
    }
}
