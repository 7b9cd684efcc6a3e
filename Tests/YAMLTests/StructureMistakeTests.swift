import Diagnostics
import Testing
import YAML

@Suite("Structure")
struct StructureMistakeTests {
    @Test(
        "says what stands where it must not",
        arguments: [
            (
                "---\na\n---\nb\n",
                """
                job.yaml:3:1: error: a second document begins here [several-documents]
                    3 | ---
                      | ^~~ a file holds one; put the second into a file of its own
                """
            ),
            (
                "a: 1\nb: 2\n'a': 3\n0x1: x\n1: y\na: 4\n",
                """
                job.yaml:3:1: error: the key 'a' stands twice in the same mapping [duplicate-key]
                    3 | 'a': 3
                      | ^~~
                job.yaml:1:1: note: 'a' stands here first
                    1 | a: 1
                      | ^
                job.yaml:5:1: error: the key '1' stands twice in the same mapping [duplicate-key]
                    5 | 1: y
                      | ^
                job.yaml:4:1: note: '1' stands here first
                    4 | 0x1: x
                      | ^~~
                job.yaml:6:1: error: the key 'a' stands twice in the same mapping [duplicate-key]
                    6 | a: 4
                      | ^
                job.yaml:1:1: note: 'a' stands here first
                    1 | a: 1
                      | ^
                """
            ),
            (
                "[a]: b\n",
                """
                job.yaml:1:1: error: a key must be a single value, not a list or a mapping [complex-key]
                    1 | [a]: b
                      | ^~~ if it is text, put it in quotes
                """
            ),
            (
                "? {x: y}\n: z\n",
                """
                job.yaml:1:3: error: a key must be a single value, not a list or a mapping [complex-key]
                    1 | ? {x: y}
                      |   ^~~~~~ if it is text, put it in quotes
                """
            ),
            (
                "b: &b {x: 1}\na:\n  <<: *b\n",
                """
                job.yaml:3:3: error: merge keys ('<<') are not supported [merge-key]
                    3 |   <<: *b
                      |   ^~ write the keys out
                """
            ),
            (
                "a: *nope\n",
                """
                job.yaml:1:4: error: no anchor '&nope' stands above this alias [unknown-anchor]
                    1 | a: *nope
                      |    ^~~~~ if it is text, put it in quotes
                """
            ),
            (
                "a: &long 1\nb: *lomg\n",
                """
                job.yaml:2:4: error: no anchor '&lomg' stands above this alias [unknown-anchor]
                    2 | b: *lomg
                      |    ^~~~~ did you mean '*long'?
                """
            ),
            (
                "a: !!foo b\n",
                """
                job.yaml:1:4: error: unknown tag '!!foo' [unknown-tag]
                    1 | a: !!foo b
                      |    ^~~~~ a text that begins with '!' needs quotes: "!!foo b"
                """
            ),
            (
                "a: &x !foo [1]\n",
                """
                job.yaml:1:4: error: unknown tag '!foo' [unknown-tag]
                    1 | a: &x !foo [1]
                      |    ^~~~~~~~~ a text that begins with '!' needs quotes
                """
            ),
            (
                "%foo\n---\na\n",
                """
                job.yaml:1:5: error: this is not valid YAML: found unknown directive name [yaml-syntax]
                    1 | %foo
                      |     ^
                job.yaml:1:1: note: it went wrong while scanning a directive
                    1 | %foo
                      | ^
                """
            ),
            (
                "a: |0\n x\n",
                """
                job.yaml:1:5: error: this is not valid YAML: found an indentation indicator equal to 0 [yaml-syntax]
                    1 | a: |0
                      |     ^
                job.yaml:1:4: note: it went wrong while scanning a block scalar
                    1 | a: |0
                      |    ^
                """
            ),
        ])
    func tells(text: String, wanted: String) {
        #expect(rendered(text) == wanted + "\n")
        #expect((parse(text).root == nil) == !wanted.contains("[duplicate-key]"))
    }

    @Test("keeps the first of two entries with the same key, and both where the keys only look the same")
    func keys() throws {
        #expect(try sketch(#require(parse("{a: 1, 'a': 2, b: 3}").root)) == #"{"a": 1, "b": 3}"#)
        let alike = "{1: a, '1': b, true: c, 'true': d, ~: e, '': f, 1.0: g, \"\u{E9}\": h, \"e\u{301}\": i, '<<': j}"
        #expect(rendered(alike) == "")
        #expect(parse(alike).root?.entries?.count == 10)
    }

    @Test("tells of all mistakes of structure in the order of the text")
    func all() {
        let codes = parse("{a: *b, c: !d e, [f]: g, a: 1, <<: h, !!int i: j, a: 2}").diagnostics.map(\.code)
        #expect(
            codes == [
                "unknown-anchor", "unknown-tag", "complex-key", "duplicate-key", "merge-key", "wrong-tag",
                "duplicate-key",
            ])
    }

    @Test("tells of broken syntax alone, for what stands before it may be read wrong")
    func syntaxAlone() {
        #expect(parse("{a: 1, a: 2").diagnostics.map(\.code) == ["not-closed"])
    }

    @Test("has a code for each mistake, each its own")
    func codes() {
        let codes = MistakeCode.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.utf8.allSatisfy { $0 == 0x2D || (0x61...0x7A).contains($0) } })
    }
}
