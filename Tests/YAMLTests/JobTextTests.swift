import Diagnostics
import Testing
import YAML

@Suite("Texts as in job files")
struct JobTextTests {
    @Test(
        "arrows, expressions and tables are read as they look",
        arguments: [
            ("- summary <-> title", "[\"summary <-> title\"]"),
            ("- user.first + ' ' + user.last -> requester", "[\"user.first + ' ' + user.last -> requester\"]"),
            ("- a -> b # comment", "[\"a -> b\"]"),
            ("- details <-> body:\n    merge: text", "[{\"details <-> body\": {\"merge\": \"text\"}}]"),
            (
                "- priority <-> urgency: {values: {file: a/b.csv}}",
                "[{\"priority <-> urgency\": {\"values\": {\"file\": \"a/b.csv\"}}}]"
            ),
            ("- \"'a' + b -> c\"", "[\"'a' + b -> c\"]"),
            ("- 'x == ''a: b'' -> c': {when: create}", "[{\"x == 'a: b' -> c\": {\"when\": \"create\"}}]"),
            ("- -1 * x -> y", "[\"-1 * x -> y\"]"),
            ("- fields['Due Date'] <-> due", "[\"fields['Due Date'] <-> due\"]"),
            (
                "filter: queue in ['A', 'B'] && status != 'Spam'",
                "{\"filter\": \"queue in ['A', 'B'] && status != 'Spam'\"}"
            ),
            ("on: [run_failed, off]", "{\"on\": [\"run_failed\", \"off\"]}"),
            ("limits: {creates: 200, updates: 30%}", "{\"limits\": {\"creates\": 200, \"updates\": \"30%\"}}"),
            ("url: https://acme.example/x?y#z", "{\"url\": \"https://acme.example/x?y#z\"}"),
            ("id: ${HALO_ID}", "{\"id\": \"${HALO_ID}\"}"),
            ("rate_limit: 700/5m", "{\"rate_limit\": \"700/5m\"}"),
            ("schedule: '*/5 * * * *'", "{\"schedule\": \"*/5 * * * *\"}"),
            (
                "values: {New: open, In Progress: doing, 1: yes}",
                "{\"values\": {\"New\": \"open\", \"In Progress\": \"doing\", 1: \"yes\"}}"
            ),
            (
                "archive: {right: {state: done}, left: {status: Closed}}",
                "{\"archive\": {\"right\": {\"state\": \"done\"}, \"left\": {\"status\": \"Closed\"}}}"
            ),
        ])
    func reads(text: String, wanted: String) throws {
        #expect(rendered(text) == "")
        #expect(try sketch(#require(parse(text).root)) == wanted)
    }

    @Test(
        "an expression that YAML reads otherwise is not refused, and must be by the reader of arrows",
        arguments: [
            ("- summary == 'x: y' -> z", "[{\"summary == 'x\": \"y' -> z\"}]"),
            ("- a ? b : c -> d", "[{\"a ? b\": \"c -> d\"}]"),
            ("- a + ' #' -> b", "[\"a + '\"]"),
            ("- a <-> b\n    - c <-> d", "[\"a <-> b - c <-> d\"]"),
        ])
    func otherwise(text: String, wanted: String) throws {
        #expect(try sketch(#require(parse(text).root)) == wanted)
    }

    @Test(
        "a text is quoted so that YAML reads it back",
        arguments: [
            ("a", "\"a\""), ("'a' + b -> c", "\"'a' + b -> c\""), ("\"a\" + 'b'", "'\"a\" + ''b'''"),
            ("\\d: #", "'\\d: #'"),
            ("\"\u{301}", "'\"\u{301}'"), ("", "\"\""),
        ])
    func quoting(text: String, wanted: String) {
        #expect(Quoting.quoted(text) == wanted)
        #expect(parse(Quoting.quoted(text)).root?.scalar?.text == text)
    }
}
