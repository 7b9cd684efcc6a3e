import Testing

@testable import lockstep

/// Tests as JUnit's XML.
struct JUnitReportTests {
    @Test("a suite counts its tests, and a failure has its line and its text")
    func report() {
        let report = JUnitReport([
            .init(
                name: "jobs/a.test.yaml",
                cases: [
                    .init(name: "good", suite: "a/b", file: "jobs/a.test.yaml", line: 3),
                    .init(
                        name: "bad", suite: "a/b", file: "jobs/a.test.yaml", line: 7,
                        failure: ("a-code", "x is 1, not 2", "line one\nline two")),
                ])
        ])
        let expected = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="2" failures="1" errors="0" time="0">
              <testsuite name="jobs/a.test.yaml" tests="2" failures="1" errors="0" time="0">
                <testcase name="good" classname="a/b" file="jobs/a.test.yaml" line="3" time="0"/>
                <testcase name="bad" classname="a/b" file="jobs/a.test.yaml" line="7" time="0">
                  <failure message="x is 1, not 2" type="a-code">line one&#10;line two</failure>
                </testcase>
              </testsuite>
            </testsuites>

            """
        #expect(report.text == expected)
    }

    @Test(
        "what a name holds stays content",
        arguments: [
            ("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"), ("tab\there", "tab&#9;here"),
            ("\u{1B}[31mred", "\u{FFFD}[31mred"),
            ("nul\u{0}", "nul\u{FFFD}"), ("last\u{FFFF}", "last\u{FFFD}"), ("中文 😀", "中文 😀"), ("]]>", "]]&gt;"),
        ])
    func escaped(name: String, shown: String) {
        let report = JUnitReport([.init(name: name, cases: [])])
        #expect(report.text.contains("<testsuite name=\"\(shown)\" tests=\"0\""))
    }
}
