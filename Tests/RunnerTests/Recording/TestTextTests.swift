import Diagnostics
import JobFiles
import Model
import TestKit
import Testing
import Values

@testable import Runner

/// Values of records in the text of a test, and read again.
struct TestTextTests {
    @Test(
        "a text is quoted only where a reader of YAML might take it for something else",
        arguments: [
            ("Bluewater Marine", "Bluewater Marine"), ("R-2001", "R-2001"), ("7", "\"7\""), ("007", "\"007\""),
            ("2026-11-21", "\"2026-11-21\""), ("yes", "\"yes\""), ("No", "\"No\""), ("null", "\"null\""), ("", "\"\""),
            ("a: b", "\"a: b\""), ("a #b", "\"a #b\""), ("say \"hi\"", "'say \"hi\"'"), ("it's", "it's"),
            ("it's \"x\"", "'it''s \"x\"'"), ("a\nb", "\"a\\nb\""), ("\u{1B}[31m", "\"\\x1B[31m\""),
            ("Müller", "Müller"), ("a,b", "\"a,b\""), ("-", "\"-\""), ("~", "\"~\""), (" a", "\" a\""),
            ("a ", "\"a \""),
            ("ada@example.com", "ada@example.com"), ("\u{202E}x", "\"\\u202Ex\""), ("😀", "\"😀\""),
            ("C:\\temp", "'C:\\temp'"), ("\u{E000}", "\"\\uE000\""), ("\u{F0000}", "\"\\U000F0000\""),
        ])
    func scalars(text: String, expected: String) {
        #expect(TestText.scalar(text) == expected)
    }

    @Test("a record is broken between its fields where its line would be too long")
    func width() {
        var test = Self.test(Object((1...12).map { ("field\($0)", Value.text("value number \($0)")) }))
        test.name = "wide"
        let lines = TestText.lines(test, indent: "  ", job: "crm")
        #expect(lines.allSatisfy { $0.unicodeScalars.count <= 120 })
        #expect(lines.contains { $0.hasPrefix("    left: {field1: value number 1, ") && $0.hasSuffix(",") })
        #expect(lines.contains { $0.hasPrefix("      field") && $0.hasSuffix("}") })
    }

    @Test("hostile values come back bit for bit", arguments: hostile)
    func hostileValues(value: Value) throws {
        let record: Object = [
            "id": .int(1), "value": value, "list": .list([value, .null]), "in": .object(["a": value]),
        ]
        #expect(try Self.read(record) == record)
    }

    @Test("random values come back bit for bit, names of fields among them", arguments: 1...60)
    func randomValues(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var record: Object = ["id": .int(1)]
        for _ in 0..<12 { record[Self.text(&random, most: 12)] = Self.value(&random, depth: 3) }
        #expect(try Self.read(record) == record, "seed \(seed)")
    }

    private static let hostile: [Value] =
        [
            "\u{0}", "\u{1}\u{7F}\u{85}\u{9F}", "\t tab", "a\r\nb\rc\n", "\u{2028}\u{2029}\u{FEFF}", "\u{FFFE}\u{FFFF}",
            "'", "\"", "'\"'", "\\", "\\n", "a: b", "a:", ":a", "# no", "a # b", "#", "- a", "-", "--- ", "...", "? a",
            "!x",
            "&a", "*a", "@a", "`a`", "%a", "[a]", "{a: b}", "a, b", "|", ">-", "|+\n", "1", "-1", "+1", "007", "0x1F",
            "0o17",
            "1e3", ".5", "1_000", "12:30:45", "1.0", ".inf", ".nan", "NaN", "true", "True", "TRUE", "yes", "NO", "on",
            "null",
            "Null", "~", "=", "<<", "", " ", "  a  ", "\n", "\n\n", "line\n  indented\n", "e\u{301}", "\u{E9}", "👩‍👩‍👧",
            "👍🏽",
            "日本語", "שלום", "\u{202E}evil", "\u{200B}", "a\u{AD}b", String(repeating: "x ", count: 2000), "${HOME}",
            "$${x}",
            "2026-11-21", "2026-11-21T10:00:00Z", "key: [", "\"unclosed", "it's", "'tis", "%YAML 1.1", "\u{10FFFF}",
        ].map(Value.text) + [
            .null, .bool(true), .bool(false), .int(.max), .int(.min), .int(0), .list([]), .object([:]),
            .list([.list([])]),
            .list([.object([:]), .null, .text("")]),
            .object(["": .null, "null": .int(1), "1": .int(2), "a b": .text("c")]),
            .object(["a": .object(["b": .object(["c": .list([.int(1), .text("1")])])])]),
        ]
        + ["0.10", "1e400", "-0.0", "12345678901234567890", "1.50", "-12345678901234567890.5"].compactMap {
            Decimal($0)
        }.map(
            Value.decimal)

    private static func text(_ random: inout SplitMix64, most: Int) -> String {
        let pools: [[Unicode.Scalar]] = [
            Array("abcXYZ 0123456789".unicodeScalars), Array(":#-?,[]{}&*!|>'\"%@`\\\n\t\r ".unicodeScalars),
            [
                "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{E9}", "\u{301}", "😀", "\u{10FFFF}",
                "\u{202E}",
            ],
        ]
        var view = String.UnicodeScalarView()
        for _ in 0..<random.below(most + 1) { view.append(random.pick(random.pick(pools))) }
        return String(view)
    }

    private static func value(_ random: inout SplitMix64, depth: Int) -> Value {
        switch random.below(depth > 0 ? 8 : 6) {
        case 0: return .null
        case 1: return .bool(random.below(2) == 0)
        case 2: return .int(Int64.random(in: .min ... .max, using: &random))
        case 3: return Decimal("\(random.below(1000)).\(random.below(1000))5").map(Value.decimal) ?? .null
        case 4, 5: return .text(text(&random, most: 30))
        case 6: return .list((0..<random.below(4)).map { _ in value(&random, depth: depth - 1) })
        default:
            return .object(
                Object((0..<random.below(4)).map { _ in (text(&random, most: 8), value(&random, depth: depth - 1)) }))
        }
    }

    private static let sync = SyncName(job: "crm", sync: "people")

    private static func test(_ record: Object) -> MappingTest {
        let place = Place(file: "", line: 1)
        var test = MappingTest(
            name: "a", sync: sync, links: [sync: [Sides(left: .text("7"), right: .int(7))]],
            records: Sides(left: [record], right: []), expectation: MappingTest.Expectation(place: place), place: place)
        test.expectation.isNoChange = true
        return test
    }

    /// Writes a test with a record, reads it, and gives the record that it has.
    private static func read(_ record: Object) throws -> Object {
        let story = try RecordedStory("fields: [name <-> title]", people: "")
        let text = TestText.lines(test(record), indent: "  ", job: "crm").joined(separator: "\n")
        try story.folder.write("jobs/crm.test.yaml", "job: crm\ntests:\n\(text)\n")
        let checked = try story.workspace().checked
        let test = try #require(checked.tests.first, "\(checked.diagnostics.map(\.message)) in \(text)")
        #expect(test.links[sync]?.map { [$0.left, $0.right] } == [[.text("7"), .int(7)]])
        return try #require(test.records.left.first)
    }
}
