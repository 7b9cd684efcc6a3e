import Testing

@testable import CEL

@Suite("Checks")
struct CheckTests {
    @Test(
        "find what is certain to fail",
        arguments: [
            ("1 + 'a'", "1-8 type-mismatch '+' does not take int, text [convert the other side: string(x)]"),
            ("1 + 1.0", "1-8 type-mismatch '+' does not take int, double [convert one side: double(x) or int(x)]"),
            ("1 == 'a'", "1-9 type-mismatch int and text are never equal"),
            ("'a' < 1", "1-8 type-mismatch '<' does not take text, int"),
            ("true < [1]", "1-11 type-mismatch '<' does not take bool, list"),
            ("status in 'New'", "1-16 type-mismatch 'in' does not take dyn, text"),
            ("status && 'x'", "11-14 type-mismatch '&&' takes bool, and this is text"),
            ("!'x'", "2-5 type-mismatch '!' takes bool, and this is text"),
            ("-'x'", "2-5 type-mismatch '-' takes int or double, and this is text"),
            ("1 ? 2 : 3", "1-2 type-mismatch '?' takes bool, and this is int"),
            ("'a'.b", "1-6 type-mismatch 'b' is asked of text, which has no fields"),
            ("'abc'.map(x, x)", "1-6 type-mismatch 'map' walks over a list or an object, and this is text"),
            ("[1].filter(x, 'a')", "15-18 type-mismatch 'filter' takes bool, and this is text"),
            ("{1.5: 1}", "2-5 type-mismatch double cannot be a key"),
            ("startWith(x)", "1-10 unknown-function no function 'startWith' [did you mean 'startsWith'?]"),
            ("status.startWith('x')", "8-17 unknown-function no function 'startWith' [did you mean 'startsWith'?]"),
            ("upper(x)", "1-6 unknown-function no function 'upper' [did you mean 'upperAscii'?]"),
            ("frobnicate(1)", "1-11 unknown-function no function 'frobnicate'"),
            ("contains(status, 'x')", "1-9 unknown-function there is no contains(x) [write x.contains(…)]"),
            ("status.int()", "8-11 unknown-function there is no x.int(…) [write int(x)]"),
            ("size()", "1-7 wrong-argument-count 'size' takes 1 argument, and here stand 0"),
            (
                "status.substring(1, 2, 3)",
                "1-26 wrong-argument-count 'substring' takes 1 or 2 arguments, and here stand 3"
            ),
            (
                "int(true)",
                "1-10 type-mismatch 'int' does not take bool [it takes int, uint, double, text or timestamp]"
            ),
            (
                "status.contains(1)",
                "1-19 type-mismatch 'contains' does not take dyn, int [there is text.contains(text)]"
            ),
            (
                "[1].join(',')",
                "1-14 type-mismatch 'join' does not take list of int, text [it takes list of text, text]"
            ),
            (
                "math.greatest(1, 'a')",
                "1-22 type-mismatch 'math.greatest' does not take int, text [it takes numbers, or a list of them]"
            ),
            (
                "sets.contains([1], ['a'])",
                "1-26 type-mismatch 'sets.contains' does not take list of int, list of text [it takes list, list]"
            ),
            ("{'x': 1}[1]", "1-12 type-mismatch '[]' does not take object of text to int, int"),
            (
                "status.substring('a')",
                "1-22 type-mismatch 'substring' does not take dyn, text "
                    + "[there is text.substring(int) or text.substring(int, int)]"
            ),
            ("optional.of(1).optFlatMap(x, x)", "30-31 type-mismatch 'optFlatMap' makes an optional, and this is int"),
            ("[1].optMap(x, x)", "1-4 type-mismatch 'optMap' takes an optional, and this is list"),
            ("[?1]", "3-4 type-mismatch '?' takes an optional, and this is int"),
            (
                "[1].transformMapEntry(i, v, v)",
                "29-30 type-mismatch 'transformMapEntry' makes an object of each entry, and this is int"
            ),
            ("size(1 + 2)", "1-12 type-mismatch 'size' does not take int [it takes text, bytes, list or object]"),
        ])
    func certain(text: String, message: String) {
        #expect(mistakes(text) == message)
    }

    @Test(
        "say nothing about what a record may hold",
        arguments: [
            "status == 1", "status + 1", "status == 'x' ? 1 : 'a'", "1 == 1.0", "1 < 1.5", "[1, 'a'].exists(x, x == 1)",
            "record.a.b[c]", "true ? a : 1 + b", "size(a) + 1", "type(a) == int", "null == a", "{a: 1}", "-a",
            "a.getHours() > 9",
        ])
    func silent(text: String) {
        #expect(mistakes(text) == "none")
    }

    @Test("report all mistakes, in source order")
    func all() {
        #expect(
            mistakes("nope(1) && 1 + 'a' == 2 && 'x'.sizee() == 3") == """
                1-5 unknown-function no function 'nope'
                12-19 type-mismatch '+' does not take int, text [convert the other side: string(x)]
                32-37 unknown-function no function 'sizee' [did you mean 'size'?]
                """)
    }

    @Test(
        "by the language's own rules say what is mixed",
        arguments: [
            (
                "1 == 1.0",
                "1-9 type-mismatch '==' takes two values of one type, and these are int and double "
                    + "[hide the type of one side: dyn(x)]"
            ),
            (
                "[1] != ['a']",
                "1-13 type-mismatch '!=' takes two values of one type, and these are list of int and list of text "
                    + "[hide the type of one side: dyn(x)]"
            ),
            (
                "true ? 1 : 'a'",
                "1-15 type-mismatch the two sides of '? :' are of one type, and these are int and text "
                    + "[hide the type of one side: dyn(x)]"
            ),
            ("1 < 1.0", "1-8 type-mismatch '<' does not take int, double"),
            ("1 == 'a'", "1-9 type-mismatch int and text are never equal"),
            ("has(a)", "5-6 expression-syntax has() takes a field, such as has(user.email)"),
            ("[1] + ['a']", "1-12 type-mismatch '+' does not take list of int, list of text"),
        ])
    func strictly(text: String, message: String) {
        var options = CompileOptions()
        options.isStrict = true
        #expect(mistakes(text, options) == message)
    }

    @Test(
        "a filter answers with a bool",
        arguments: [
            ("'New'", "1-6 filter-not-bool a filter answers with a bool, and this is text"),
            ("a - duration('1s')", "none"),
            ("size(a)", "1-8 filter-not-bool a filter answers with a bool, and this is int"), ("status", "none"),
            ("a == 1 ? true : b", "none"),
            ("[1].map(x, x)", "1-14 filter-not-bool a filter answers with a bool, and this is list"),
            ("1 * 2", "1-6 filter-not-bool a filter answers with a bool, and this is int"), ("a.matches('x')", "none"),
            ("null", "1-5 filter-not-bool a filter answers with a bool, and this is null"),
        ])
    func filters(text: String, message: String) {
        #expect(mistakes(text, .filter) == message)
    }

    @Test(
        "what the language has and this library lacks is named",
        arguments: [
            ("T{a: 1}", "1-8 not-built messages such as 'T' are not built yet")
        ])
    func notBuilt(text: String, message: String) {
        #expect(mistakes(text) == message)
    }
}
