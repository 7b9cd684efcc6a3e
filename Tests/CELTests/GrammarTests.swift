import Testing

@testable import CEL

@Suite("Grammar")
struct GrammarTests {
    @Test(
        "operators bind as the language says",
        arguments: [
            ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("10 - 2 - 3", "5"), ("1 == 2 == false", "true"),
            ("2 < 3 == true", "true"),
            ("true || false && false", "true"), ("!true || true", "true"), ("1 in [1] && true", "true"),
            ("false ? 1 : true ? 2 : 3", "2"), ("true ? (false ? 1 : 2) : 3", "2"), ("-2 * -3", "6"),
            ("!!true", "true"),
            ("[1, 2,][1]", "2"), ("{'a': 1,}.a", "1"), ("[,]", "[]"), ("{,}", "{}"), ("{'a': {'b': [5]}}.a.b[0]", "5"),
            ("{'a-b': 1}.`a-b`", "1"), ("'abc'.size()", "3"), ("size('abc')", "3"), ("1 // one\n + 1", "2"),
            ("{'if': 1}.if", "1"),
        ])
    func precedence(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "what cannot be read is refused under a caret",
        arguments: [
            ("", "1-1 expression-syntax expected an operand, found the end"),
            ("status ==", "10-10 expression-syntax expected an operand, found the end"),
            ("status = 'x'", "8-9 expression-syntax '=' has no meaning here [write ==]"),
            ("a & b", "3-4 expression-syntax '&' has no meaning here [write &&]"),
            ("a and b", "3-6 expression-syntax expected an operator or the end, found 'and' [write &&]"),
            ("not a", "5-6 expression-syntax expected an operator or the end, found 'a'"),
            ("a == ‘x’", "6-7 expression-syntax '‘' has no meaning here [write ']"),
            ("é == 1", "1-2 expression-syntax 'é' has no meaning here"),
            ("(1 + 2", "7-7 expression-syntax expected ')', found the end"),
            ("[1 2]", "4-5 expression-syntax expected ',' or ']', found '2'"),
            ("f(1,)", "5-6 expression-syntax expected an operand, found ')'"),
            ("{'a' 1}", "6-7 expression-syntax expected ':', found '1'"),
            ("true ? 1", "9-9 expression-syntax expected ':' and what holds otherwise, found the end"),
            ("true ? false ? 1 : 2 : 3", "14-15 expression-syntax expected ':' and what holds otherwise, found '?'"),
            ("a.", "3-3 expression-syntax expected the name of a field, found the end"),
            ("a.in", "3-5 expression-syntax expected the name of a field, found 'in'"),
            ("!-x", "2-3 expression-syntax expected an operand, found '-'"),
            ("1 2", "3-4 expression-syntax expected an operator or the end, found '2'"),
            (
                "package == 1",
                "1-8 expression-syntax 'package' is a reserved word of the expression language [for a field of that name write record['package']]"
            ),
            ("a.`b*c`", "3-6 expression-syntax a name between backticks holds letters, digits, and _ - . / or spaces"),
            ("[1].map(1, 2)", "9-10 expression-syntax the first argument of 'map' names a variable"),
            ("[1].exists(x, x, true)", "15-16 expression-syntax the variable 'x' is named twice"),
            ("has(r['a'])", "5-11 expression-syntax has() takes a field, such as has(user.email)"),
        ])
    func refused(text: String, message: String) {
        #expect(mistakes(text) == message)
    }

    @Test("a thousand terms of && are no deeper than two")
    func longChains() {
        let text = Array(repeating: "true", count: 1000).joined(separator: " && ")
        #expect(result(text) == "true")
    }

    @Test(
        "every way of nesting too deep is refused",
        arguments: [
            ("(", "1", ")"), ("[", "", "]"), ("{1: ", "1", "}"), ("-(", "1", ")"), ("true ? 1 : ", "1", ""),
            ("f(", "1", ")"),
            ("1 + (", "1", ")"), ("[1].map(x, ", "1", ")"), ("", "a", ".b"), ("", "a", "[0]"), ("", "1", " + 1"),
            ("", "a", ".f()"), ("true || true && 1 < 1 + 1 * (", "1", ")"),
        ])
    func nesting(open: String, middle: String, close: String) {
        let deep = { (count: Int) in
            String(repeating: open, count: count) + middle + String(repeating: close, count: count)
        }
        #expect(!mistakes(deep(20)).contains("too-deep"))
        #expect(mistakes(deep(2000)).contains("expression-too-deep the expression nests deeper than 150 levels"))
    }

    @Test("an expression that is too long is refused unread")
    func length() {
        let text = "'" + String(repeating: "x", count: 100_000) + "'"
        #expect(mistakes(text) == "1-2 expression-too-long the expression is longer than 100000 bytes")
    }
}
