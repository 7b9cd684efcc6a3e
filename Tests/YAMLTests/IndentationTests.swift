import Testing
import YAML

@Suite("Indentation")
struct IndentationTests {
    @Test(
        "says which line stands wrong",
        arguments: [
            (
                "- a\n\t- b\n",
                """
                job.yaml:2:1: error: a tab cannot indent a line [tab-in-indentation]
                    2 |  - b
                      | ^ use spaces
                """
            ),
            (
                "a:\n\tb: c\n",
                """
                job.yaml:2:1: error: a tab cannot indent a line [tab-in-indentation]
                    2 |  b: c
                      | ^ use spaces
                """
            ),
            (
                "a: 1\n\tb: 2\n",
                """
                job.yaml:2:1: error: a tab cannot indent a line [tab-in-indentation]
                    2 |  b: 2
                      | ^ use spaces
                """
            ),
            (
                "a: |\n\tx\n",
                """
                job.yaml:2:1: error: a tab cannot indent a line [tab-in-indentation]
                    2 |  x
                      | ^ use spaces
                """
            ),
            (
                "a: b\n  c: d\n",
                """
                job.yaml:2:3: error: this line cannot stand here: line 1 holds a value already [indentation]
                    2 |   c: d
                      |   ^ check the indentation
                job.yaml:1:1: note: the value stands here
                    1 | a: b
                      | ^~~~
                """
            ),
            (
                "a: 1\n  - b: 2\n",
                """
                job.yaml:2:3: error: this line cannot stand here: line 1 holds a value already [indentation]
                    2 |   - b: 2
                      |   ^~~ check the indentation
                job.yaml:1:1: note: the value stands here
                    1 | a: 1
                      | ^~~~
                """
            ),
            (
                "- a: 1\n   b: 2\n",
                """
                job.yaml:2:4: error: this line cannot stand here: line 1 holds a value already [indentation]
                    2 |    b: 2
                      |    ^ check the indentation
                job.yaml:1:1: note: the value stands here
                    1 | - a: 1
                      | ^~~~~~
                """
            ),
            (
                "a:b\nc: d\n",
                """
                job.yaml:1:2: error: a blank is missing after ':' [yaml-syntax]
                    1 | a:b
                      |  ^
                """
            ),
            (
                "a:\n    b: 1\n  c: 2\n",
                """
                job.yaml:3:3: error: the indentation of this line fits no line above [indentation]
                    3 |   c: 2
                      |   ^~~~
                job.yaml:1:1: note: the keys of this mapping begin in column 1
                    1 | a:
                      | ^~
                """
            ),
            (
                "a:\n  b: 1\n  - c\n",
                """
                job.yaml:3:3: error: a list entry cannot stand among the keys of a mapping [indentation]
                    3 |   - c
                      |   ^~~
                job.yaml:2:3: note: the mapping begins here
                    2 |   b: 1
                      |   ^~
                """
            ),
            (
                "a:\n  - b\n - c\n",
                """
                job.yaml:3:2: error: a list entry cannot stand among the keys of a mapping [indentation]
                    3 |  - c
                      |  ^~~
                job.yaml:1:1: note: the mapping begins here
                    1 | a:
                      | ^~
                """
            ),
            (
                "- a: 1\n b: 2\n",
                """
                job.yaml:2:2: error: the indentation of this line fits no line above [indentation]
                    2 |  b: 2
                      |  ^~~~
                job.yaml:1:1: note: the list begins here, in column 1
                    1 | - a: 1
                      | ^~~~~~
                """
            ),
            (
                "- a\nb: c\n",
                """
                job.yaml:2:1: error: '- ' is missing before this entry of a list [yaml-syntax]
                    2 | b: c
                      | ^~~~
                job.yaml:1:1: note: the list begins here, in column 1
                    1 | - a
                      | ^~~
                """
            ),
            (
                "a: - b\n",
                """
                job.yaml:1:4: error: a list cannot begin on the line of its key [yaml-syntax]
                    1 | a: - b
                      |    ^~~ begin it on the next line, or put the text in quotes
                """
            ),
            (
                "a: 1\nfoo\nb: 2\n",
                """
                job.yaml:2:1: error: ':' is missing after this key [yaml-syntax]
                    2 | foo
                      | ^~~
                """
            ),
            (
                "[a]\nb: c\n",
                """
                job.yaml:2:1: error: this does not belong to what stands above [yaml-syntax]
                    2 | b: c
                      | ^~~~
                """
            ),
            (
                "a: >\n   x\n  y\n",
                """
                job.yaml:3:3: error: the indentation of this line fits no line above [indentation]
                    3 |   y
                      |   ^
                job.yaml:1:1: note: the keys of this mapping begin in column 1
                    1 | a: >
                      | ^~
                """
            ),
        ])
    func tells(text: String, wanted: String) {
        #expect(rendered(text) == wanted + "\n")
        #expect(parse(text).root == nil)
    }
}
