import Diagnostics
import Testing
import YAML

/// Cases after the chapters of the YAML specification, as far as libyaml follows it.
@Suite("YAML")
struct SpecTests {
    @Test(
        "is read as its specification says",
        arguments: [
            // Collections (chapters 7.4 and 8.2).
            ("- a\n- b", #"["a", "b"]"#),
            ("a: 1\nb: 2", #"{"a": 1, "b": 2}"#),
            ("a:\n- 1\n- 2", #"{"a": [1, 2]}"#),
            ("- a: 1\n  b: 2\n- c: 3", #"[{"a": 1, "b": 2}, {"c": 3}]"#),
            ("-\n  - a\n-\n  - b", #"[["a"], ["b"]]"#),
            ("- - - a", #"[[["a"]]]"#),
            ("a:\n  b:\n    c: d\n  e: f", #"{"a": {"b": {"c": "d"}, "e": "f"}}"#),
            ("[]", "[]"), ("{}", "{}"), ("[a, [b, c], {d: e}]", #"["a", ["b", "c"], {"d": "e"}]"#),
            ("[a, ]", #"["a"]"#), ("{a: 1, }", #"{"a": 1}"#),
            ("{a, b: }", #"{"a": ~, "b": ~}"#),
            ("[a: 1, b: 2]", #"[{"a": 1}, {"b": 2}]"#),
            ("{\"a\":1, 'b':2}", #"{"a": 1, "b": 2}"#),
            ("{\n  a: 1,\n  b:\n    2\n}", #"{"a": 1, "b": 2}"#),
            ("? a\n: b\n? c\n: d", #"{"a": "b", "c": "d"}"#),
            ("a:\nb:", #"{"a": ~, "b": ~}"#),
            ("-\n-", "[~, ~]"),
            // Plain text (chapter 7.3.3).
            ("a b  c", #""a b  c""#), ("a\nb\n\nc", #""a b\nc""#), ("a#b", #""a#b""#), ("a #b", #""a""#),
            ("a:b", #""a:b""#), ("-a", #""-a""#), ("--- a", #""a""#), ("?a", #""?a""#), (":a", #"":a""#),
            ("a, b]", #""a, b]""#), ("k: a\n  b\n  c", #"{"k": "a b c"}"#),
            ("http://a.b:80/c", #""http://a.b:80/c""#),
            // Quoted text (chapters 7.3.1 and 7.3.2).
            ("'a''b'", #""a'b""#), ("'a\n\n  b'", #""a\nb""#), ("'a\\nb'", #""a\nb""#),
            (#""a\tb\n""#, #""a\tb\n""#), (#""\x41\u00e9\U0001F389""#, #""Aé🎉""#), ("\"a\n  b\"", #""a b""#),
            ("\"a \\\n  b\"", #""a b""#), (#""\"\\\/""#, "\"\"\\/\""), (#"" a ""#, #"" a ""#),
            ("'a: b # c'", #""a: b # c""#),
            // Blocks (chapter 8.1).
            ("|\n a\n b\n", #""a\nb\n""#), ("|-\n a\n\n", #""a""#), ("|+\n a\n\n", #""a\n\n""#),
            (">\n a\n b\n\n c\n", #""a b\nc\n""#), (">-\n a\n   b\n c\n", #""a\n  b\nc""#), ("|1\n  a\n", #"" a\n""#),
            ("k: |\n  a\n\n   b\n# c\nl: 1", #"{"k": "a\n\n b\n", "l": 1}"#), ("|\n # a\n", "\"# a\\n\""),
            // Anchors and aliases (chapter 7.1).
            ("- &a b\n- *a", #"["b", "b"]"#), ("a: &x [1]\nb: *x", #"{"a": [1], "b": [1]}"#),
            ("&a k: *a", #"{"k": "k"}"#), ("- &a\n- *a", "[~, ~]"), ("a: &x 1\n*x : 2", #"{"a": 1, 1: 2}"#),
            // Documents and comments (chapters 6.6 and 9).
            ("---\na: 1\n...\n", #"{"a": 1}"#), ("%YAML 1.2\n---\na", #""a""#), ("# c\n\na # d\n# e", #""a""#),
            ("%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1", #""1""#), ("--- |\n a", #""a""#), ("a\n...\n# c\n", #""a""#),
        ])
    func reads(text: String, wanted: String) throws {
        #expect(rendered(text) == "")
        #expect(try sketch(#require(parse(text).root)) == wanted)
    }

    @Test(
        "is refused where its specification says so",
        arguments: [
            "a: b: c", "[a", "{a", "[a]]", "'a", "\"a", "- a\nb", "a: 1\nb", "a: 1\n c: 2\n", "*a", "- *a", "@a", "`a`",
            "%a",
            "|a", "\"\\q\"", "\"\\xg0\"", "\"\\ud800\"", "a: 'b' c", "[a b: c: d]", "{a: b: c}", "a:\n\tb: c",
            "--- a\n--- b", "!x a",
            "&a &b c", "!!str !!int c", "&a *a", "[,]", "[a,,b]", "{,}", "a: - b", "a\nb: c", "{a: 1}b", "]", "}", ",",
            "%YAML 2.0\n---\na", "%YAML 1.1\n%YAML 1.1\n---\na", "'a\n---\nb'", "a: |x\n b",
        ])
    func refuses(text: String) {
        let document = parse(text)
        #expect(document.root == nil)
        #expect(document.diagnostics.count == 1)
        #expect(document.diagnostics.first?.severity == .error)
    }
}
