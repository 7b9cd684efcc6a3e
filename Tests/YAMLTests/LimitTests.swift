import Diagnostics
import Testing
import YAML

@Suite("Limits")
struct LimitTests {
    private func code(_ text: String) -> String? { parse(text).diagnostics.first?.code }

    @Test("aliases that multiply are refused where they pass the limit")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let document = parse(text)
        #expect(document.root == nil)
        #expect(document.diagnostics.map(\.message) == ["the aliases up to here repeat more than 100000 values"])
        #expect(document.diagnostics.first?.place?.start.line == 5)
    }

    @Test("many aliases of one value are fine up to the limit, and refused past it")
    func manyAliases() {
        let most = YAMLDocument.mostAliased
        #expect(code("- &a 1\n" + String(repeating: "- *a\n", count: most)) == nil)
        #expect(code("- &a 1\n" + String(repeating: "- *a\n", count: most + 1)) == "too-many-aliases")
    }

    @Test("nesting is fine up to the limit, and refused past it", arguments: [("[", "]"), ("{a: ", "}"), ("- ", "")])
    func nesting(open: String, close: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth - 1) + "x" + String(repeating: close, count: depth - 1)
        }
        #expect(code(nested(YAMLDocument.deepest)) == nil)
        #expect(code(nested(YAMLDocument.deepest + 1)) == "too-deep")
        #expect(code(nested(200_000)) == "too-deep")
    }

    @Test("nesting through aliases counts")
    func nestingThroughAliases() {
        let half = YAMLDocument.deepest / 2
        let inner = "a: &a " + String(repeating: "[", count: half) + String(repeating: "]", count: half)
        func outer(_ depth: Int) -> String {
            "\nb: " + String(repeating: "[", count: depth) + "*a" + String(repeating: "]", count: depth)
        }
        #expect(code(inner + outer(half - 1)) == nil)
        #expect(code(inner + outer(half)) == "too-deep")
    }

    @Test("a value that contains itself is refused")
    func recursion() {
        #expect(
            rendered("a: &a {b: [1, *a]}\n") == """
                job.yaml:1:15: error: the alias '*a' stands inside the value that it repeats [recursive-anchor]
                    1 | a: &a {b: [1, *a]}
                      |               ^~

                """)
    }

    @Test("an anchor may be set anew, and the alias stands for the last")
    func redefined() throws {
        #expect(try sketch(#require(parse("[&a 1, *a, &a 2, *a]").root)) == "[1, 1, 2, 2]")
    }

    @Test("long texts of one kind are read in one go")
    func long() {
        let many = 20_000
        #expect(parse("[" + String(repeating: "a, ", count: many) + "]").root?.items?.count == many)
        #expect(parse((0..<many).map { "k\($0): 1\n" }.joined()).root?.entries?.count == many)
        #expect(parse("{" + String(repeating: "a: 1, ", count: many) + "}").diagnostics.count == many - 1)
        #expect(parse("[" + String(repeating: "!x a, ", count: many) + "]").diagnostics.count == many)
        let unknown = (0..<many).map { "&a\($0) x, *b\($0), " }.joined()
        #expect(parse("[" + unknown + "]").diagnostics.count == many)
    }

    @Test("a long name is shown by its beginning")
    func longName() {
        let key = String(repeating: "k", count: 500)
        let message = "the key '\(String(repeating: "k", count: 60))…' stands twice in the same mapping"
        #expect(parse("{\(key): 1, \(key): 2}").diagnostics.map(\.message) == [message])
    }
}
