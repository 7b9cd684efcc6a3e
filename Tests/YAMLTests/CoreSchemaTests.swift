import Diagnostics
import Testing
import YAML

@Suite("Core schema")
struct CoreSchemaTests {
    @Test(
        "resolves plain scalars",
        arguments: [
            ("", "~"), ("~", "~"), ("null", "~"), ("Null", "~"), ("NULL", "~"), ("nUll", "\"nUll\""),
            ("true", "true"), ("True", "true"), ("TRUE", "true"), ("false", "false"), ("False", "false"),
            ("FALSE", "false"), ("tRUE", "\"tRUE\""),
            ("yes", "\"yes\""), ("no", "\"no\""), ("on", "\"on\""), ("off", "\"off\""), ("Y", "\"Y\""),
            ("0", "0"), ("-0", "0"), ("12", "12"), ("+12", "12"), ("-12", "-12"), ("007", "7"), ("0o17", "15"),
            ("0x1F", "31"), ("0xff", "255"), ("0x", "\"0x\""), ("0o8", "\"0o8\""), ("0x-1", "\"0x-1\""),
            ("-0x1", "\"-0x1\""), ("1_000", "\"1_000\""), ("0b1", "\"0b1\""), ("12:30", "\"12:30\""),
            ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
            ("9223372036854775808", "number 9223372036854775808"),
            ("+00018446744073709551616", "number 18446744073709551616"),
            ("0x7FFFFFFFFFFFFFFF", "9223372036854775807"), ("0x8000000000000000", "\"0x8000000000000000\""),
            ("1.5", "number 1.5"), (".5", "number 0.5"), ("-.5", "number -0.5"), ("+1.50", "number 1.50"),
            ("1.", "number 1.0"), ("007.5", "number 7.5"), ("1e3", "number 1e3"), ("1E+3", "number 1E+3"),
            ("1.e3", "number 1.0e3"), ("-1.5e-3", "number -1.5e-3"), (".", "\".\""), ("1e", "\"1e\""),
            ("1e+", "\"1e+\""), ("1.5.2", "\"1.5.2\""), ("e3", "\"e3\""), ("1 2", "\"1 2\""), ("+", "\"+\""),
            (".inf", "inf"), ("-.Inf", "-inf"), ("+.INF", "inf"), (".nan", "nan"), (".NaN", "nan"),
            ("-.nan", "\"-.nan\""), ("inf", "\"inf\""), ("NaN", "\"NaN\""), ("30%", "\"30%\""), ("10m", "\"10m\""),
            ("2026-01-02", "\"2026-01-02\""),
        ])
    func resolves(text: String, wanted: String) throws {
        let root = try #require(parse("[\(text), x]").root?.items?.first ?? parse("- \(text)").root?.items?.first)
        #expect(text.isEmpty || sketch(root) == wanted)
        #expect(try sketch(#require(parse("- \(text)").root)) == "[\(wanted)]")
    }

    @Test("leaves quoted and block scalars text", arguments: ["'12'", "\"true\"", "|-\n  12", ">-\n  12", "''"])
    func quoted(text: String) throws {
        let scalar = try #require(parse("- \(text)").root?.items?.first?.scalar)
        #expect(scalar.resolved == .text(scalar.text))
    }

    @Test(
        "honours the tags of the core schema",
        arguments: [
            ("!!str 12", "\"12\""), ("!!str true", "\"true\""), ("!!str", "\"\""), ("!!int '12'", "12"),
            ("!!int 0x1F", "31"), ("!!float 3", "number 3"), ("!!float .inf", "inf"), ("!!bool 'true'", "true"),
            ("!!null ''", "~"), ("!!null null", "~"), ("!<tag:yaml.org,2002:str> 1", "\"1\""), ("!!seq [1]", "[1]"),
            ("!!map {a: 1}", "{\"a\": 1}"), ("&x !!str 1", "\"1\""),
        ])
    func tags(text: String, wanted: String) throws {
        #expect(try sketch(#require(parse("- \(text)").root)) == "[\(wanted)]")
    }

    @Test(
        "refuses a value that is not what its tag says",
        arguments: [
            ("!!int x", "'x' is not an integer, as its tag '!!int' says"),
            ("!!int 1.5", "'1.5' is not an integer, as its tag '!!int' says"),
            ("!!float abc", "'abc' is not a number, as its tag '!!float' says"),
            ("!!bool yes", "'yes' is not true or false, as its tag '!!bool' says"),
            ("!!null x", "'x' is not null, as its tag '!!null' says"),
            ("!!seq x", "'x' is not a list, as its tag '!!seq' says"),
            ("!!map [x]", "this value is not a mapping, as its tag '!!map' says"),
            ("!!str {a: 1}", "this value is not text, as its tag '!!str' says"),
        ])
    func wrongTags(text: String, message: String) {
        let document = parse("- \(text)")
        #expect(document.diagnostics.map(\.message) == [message])
        #expect(document.diagnostics.first?.code == "wrong-tag")
        #expect(document.root == nil)
    }

    @Test("tells numbers, words and texts apart, and texts by their bytes")
    func sameness() {
        #expect(Resolved.int(1) == .int(1))
        #expect(Resolved.int(1) != .text("1"))
        #expect(Resolved.number("1.0") != .text("1.0"))
        #expect(Resolved.infinity(negative: true) != .infinity(negative: false))
        #expect(Resolved.text("\u{E9}") != .text("e\u{301}"))
        #expect(Set<Resolved>([.text("\u{E9}"), .text("e\u{301}"), .null, .nan, .null]).count == 4)
        let composed = Scalar(text: "\u{E9}", style: .plain, resolved: .text("\u{E9}"))
        let apart = Scalar(text: "e\u{301}", style: .plain, resolved: .text("\u{E9}"))
        #expect(composed != apart)
    }

    @Test("keeps the style and the text as it is written")
    func style() throws {
        let items = try #require(parse("[0x1F, 'a', \"b\"]").root?.items).compactMap(\.scalar)
        #expect(items.map(\.text) == ["0x1F", "a", "b"])
        #expect(items.map(\.style) == [.plain, .singleQuoted, .doubleQuoted])
        let blocks = try #require(parse("- |\n  a\n- >\n  b\n").root?.items).compactMap(\.scalar)
        #expect(blocks.map(\.style) == [.literal, .folded])
    }
}
