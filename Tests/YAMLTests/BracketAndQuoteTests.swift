import Testing
import YAML

@Suite("Brackets and quotes")
struct BracketAndQuoteTests {
    @Test(
        "says which bracket or quote is wrong",
        arguments: [
            (
                "a: [1, 2\nb: 3\n",
                """
                job.yaml:1:4: error: '[' is not closed [not-closed]
                    1 | a: [1, 2
                      |    ^
                job.yaml:2:2: note: this does not belong inside it
                    2 | b: 3
                      |  ^
                """
            ),
            (
                "a: {x: 1\n",
                """
                job.yaml:1:4: error: '{' is not closed [not-closed]
                    1 | a: {x: 1
                      |    ^
                """
            ),
            (
                "a: [",
                """
                job.yaml:1:4: error: '[' is not closed [not-closed]
                    1 | a: [
                      |    ^
                """
            ),
            (
                "a: [\n  b,\n  c\nd: e\n",
                """
                job.yaml:1:4: error: '[' is not closed [not-closed]
                    1 | a: [
                      |    ^
                job.yaml:4:2: note: this does not belong inside it
                    4 | d: e
                      |  ^
                """
            ),
            (
                "k: [a b: c: d]\n",
                """
                job.yaml:1:11: error: this entry holds ': ' twice [needs-quotes]
                    1 | k: [a b: c: d]
                      |           ^ put the text that holds ': ' in quotes
                job.yaml:1:4: note: '[' stands here
                    1 | k: [a b: c: d]
                      |    ^
                """
            ),
            (
                "k: {a: b: c}\n",
                """
                job.yaml:1:9: error: this entry holds ': ' twice [needs-quotes]
                    1 | k: {a: b: c}
                      |         ^ put the text that holds ': ' in quotes
                job.yaml:1:4: note: '{' stands here
                    1 | k: {a: b: c}
                      |    ^
                """
            ),
            (
                "k: [a, b}\n",
                """
                job.yaml:1:9: error: '}' cannot close '[' [yaml-syntax]
                    1 | k: [a, b}
                      |         ^
                job.yaml:1:4: note: '[' stands here
                    1 | k: [a, b}
                      |    ^
                """
            ),
            (
                "k: [&x a b, *x c]\n",
                """
                job.yaml:1:16: error: expected ',' or ']' before this [yaml-syntax]
                    1 | k: [&x a b, *x c]
                      |                ^~ a text that holds one of ,[]{} needs quotes here
                job.yaml:1:4: note: '[' stands here
                    1 | k: [&x a b, *x c]
                      |    ^
                """
            ),
            (
                "[a,,b]\n",
                """
                job.yaml:1:4: error: a value is missing before ',' [yaml-syntax]
                    1 | [a,,b]
                      |    ^
                """
            ),
            (
                "a: [- b]\n",
                """
                job.yaml:1:5: error: '- ' cannot stand inside [ ] [yaml-syntax]
                    1 | a: [- b]
                      |     ^~~~ leave it out, or put the text in quotes
                """
            ),
            (
                "a: \"abc\nb: c\n",
                """
                job.yaml:1:4: error: this quote is not closed [not-closed]
                    1 | a: "abc
                      |    ^
                """
            ),
            (
                "a: 'abc\n---\n",
                """
                job.yaml:1:4: error: this quote is not closed [not-closed]
                    1 | a: 'abc
                      |    ^
                """
            ),
            (
                "a: \"\\d\"\n",
                #"""
                job.yaml:1:5: error: unknown escape '\d' in double quotes [unknown-escape]
                    1 | a: "\d"
                      |     ^~ write '\\' for a backslash, or use single quotes, where it stands for itself
                """#
            ),
            (
                "a: \"\\xZZ\"\n",
                #"""
                job.yaml:1:5: error: '\x' must be followed by 2 hexadecimal digits that name a character [unknown-escape]
                    1 | a: "\xZZ"
                      |     ^~ write '\\' for a backslash, or use single quotes, where it stands for itself
                """#
            ),
            (
                "a: \"\\ud83d\\ude00\"\n",
                #"""
                job.yaml:1:5: error: '\u' must be followed by 4 hexadecimal digits that name a character [unknown-escape]
                    1 | a: "\ud83d\ude00"
                      |     ^~ write '\\' for a backslash, or use single quotes, where it stands for itself
                """#
            ),
            (
                "a: | text\n  x\n",
                """
                job.yaml:1:4: error: text cannot follow '|' on its line [yaml-syntax]
                    1 | a: | text
                      |    ^~~~~~ begin it on the next line, or put the whole entry in quotes
                """
            ),
        ])
    func tells(text: String, wanted: String) {
        #expect(rendered(text) == wanted + "\n")
        #expect(parse(text).root == nil)
    }
}
