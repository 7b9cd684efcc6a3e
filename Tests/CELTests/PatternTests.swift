import Testing
import Values

@testable import CEL

@Suite("Patterns")
struct PatternTests {
    @Test(
        "are found anywhere in a text",
        arguments: [
            ("hubba", "ubb", true), ("", "", true), ("abc", "", true), ("abc", "^abc$", true), ("xabc", "^abc", false),
            ("abcx", "abc$", false), ("mid", "a|i|o", true), ("cafe", "[a-c][^x]f.", true),
            ("aab", "^a*b$", true), ("b", "^a+b$", false), ("ab", "^a?b$", true), ("aaa", "^a{2}$", false),
            ("aaa", "^a{2,}$", true), ("aaaa", "^a{1,3}$", false), ("a{,2}", "a{,2}", true),
            ("x1_é", #"^\w\d\w\W$"#, true), ("a b", #"a\sb"#, true), ("ab", #"a\bb"#, false), ("a b", #"a\b"#, true),
            ("a\nb", "a.b", false), ("a\nb", "(?s)a.b", true), ("a\nb", "^b", false), ("a\nb", "(?m)^b", true),
            ("ABC", "(?i)abc", true), ("ABC", "(?i:a)bc", false), ("ABC", "(?i:a)BC", true),
            ("straße", "(?i)STRA[ß]E", true), ("\u{212A}", "(?i)k", true), ("Ünder", "(?i)^üNDER", true),
            ("a.b", #"\Qa.b\E"#, true), ("axb", #"\Qa.b\E"#, false),
            ("foo123", "[[:alpha:]]+[[:digit:]]+$", true), ("é", #"^\pL$"#, true), ("é", #"^\p{Lu}$"#, false),
            ("5", #"^\PL$"#, true), ("ab", "(?P<x>a)(?:b)", true), ("ab", "(?<x>a)b", true),
            ("]", "[]]", true), ("-", "[a-]", true), ("^", "[x^]", true), ("\u{1F431}", "^(a|\u{1F431}){1}$", true),
            ("\u{1F600}", #"^\x{1F600}$"#, true), ("A", #"^\x41$"#, true), ("A", #"^\101$"#, true),
            ("b", #"[^\d\s]"#, true), ("5", #"^[^\d]$"#, false),
            ("aaa", "(a*)*$", true), ("", "(|a)*", true), ("ab", "a**?", false),
        ])
    func found(text: String, pattern: String, isFound: Bool) throws {
        guard pattern != "a**?" else {
            #expect(
                result("'\(text)'.matches('\(pattern)')") == "error: 'a**?' is no pattern: a repetition of a repetition"
            )
            return
        }
        let record: Object = ["t": .text(text), "p": .text(pattern)]
        #expect(result("matches(t, p)", record) == "\(isFound)")
        #expect(result("t.matches(\(LiteralText.text(pattern)))", record) == "\(isFound)")
    }

    @Test(
        "that RE2 refuses are refused with the reason",
        arguments: [
            ("(", "a '(' that is not closed"), (")", "a ')' that closes nothing"), ("[a", "a '[' that is not closed"),
            ("*a", "'*' repeats nothing"), (#"(a)\1"#, "look-around and back references are not taken"),
            ("(?=a)", "look-around and back references are not taken"),
            ("(?<=a)", "look-around and back references are not taken"),
            ("a{1001}", "a repetition past 1000 or out of order"), ("a{3,2}", "a repetition past 1000 or out of order"),
            (#"\"#, "a backslash at the end"),
            ("[b-a]", "the range b-a is out of order"), (#"\y"#, #"no escape '\y'"#),
            (#"\p{Nope}"#, "no Unicode category is named 'Nope'"), ("[[:nope:]]", "no class [:nope:]"),
            ("((a{100}){100}){100}", "it is too large once its repetitions are written out"),
            (String(repeating: "(", count: 1000), "groups nest too deep"),
        ])
    func refused(pattern: String, reason: String) {
        #expect(
            result("'x'.matches(p)", ["p": .text(pattern)])
                == "error: \(LiteralText.text(pattern)) is no pattern: \(reason)")
    }

    @Test(
        "take steps in proportion to text and pattern, whatever backtracking would do",
        arguments: [
            ("(a*)*b", "a"), ("(a|aa)+$", "a"), ("(.*)(.*)(.*)(.*)(.*)x", "a"), ("(a?){500}a{500}", "a"),
            ("((){1000}){1000}b", "a"),
        ])
    func linear(pattern: String, letter: String) throws {
        var budget = Budget(Limits())
        let text = String(repeating: letter, count: 2000) + "!"
        _ = try Pattern(pattern).isFound(in: text, &budget)
        var few = Limits()
        few.steps = 10
        var small = Budget(few)
        #expect(throws: Fault.tooCostly(steps: 10)) { try Pattern(pattern).isFound(in: text, &small) }
    }
}
