import Diagnostics
import Model
import Testing
import Values

@testable import JobFiles

struct NotifierTests {
    private func check(_ notify: String) -> CheckedJobs {
        Folder(["connections.yaml": Folder.connections + "\nnotify:\n" + notify + "\n"]).check()
    }

    private func notifier(_ notify: String) throws -> Notifier {
        let checked = check(notify)
        #expect(!checked.hasErrors, "\(checked.diagnostics)")
        return try #require(checked.notifiers.first)
    }

    @Test("a notifier goes by its name, or by how it tells")
    func names() {
        let checked = check(
            """
              - {to: {slack: "${URL}"}, on: held}
              - {name: pager, to: {command: [page, 7, "$${TEAM}"]}, on: [brake, recovered]}
            """)
        #expect(checked.notifiers.map(\.name) == ["slack", "pager"])
        #expect(checked.notifiers.map(\.events) == [[.held], [.brake, .recovered]])
        guard case .command(let words) = checked.notifiers.last?.target else {
            Issue.record("\(checked.notifiers)")
            return
        }
        #expect(words == ["page", "7", "${TEAM}"])
    }

    @Test("a variable without quotes can stand on a line of its own")
    func block() throws {
        let notifier = try notifier("  - to:\n      slack: ${URL}\n    on: [held]\n")
        guard case .slack(let url) = notifier.target else { throw Unexpected("\(notifier)") }
        #expect(url.parts == [.variable("URL")])
    }

    @Test("a mail has its defaults: what is said must be encrypted")
    func mail() throws {
        let notifier = try notifier(
            """
              - to:
                  email: {to: [a@b.c, "${OPS}"], from: d@e.f, server: "smtp://mail.example:587", user: u, password: "${PW}"}
                on: [stale]
                stale_after: 2h
                ca_file: /etc/ca.pem
            """)
        guard case .email(let mail) = notifier.target else { throw Unexpected("\(notifier)") }
        #expect(mail.starttls == .required)
        #expect(mail.box.to.map(\.parts) == [[.text("a@b.c")], [.variable("OPS")]])
        #expect(mail.password?.parts == [.variable("PW")])
        #expect(notifier.staleAfter == .seconds(7_200))
        #expect(notifier.certificates?.literal == "/etc/ca.pem")
    }

    @Test("a notifier with a mistake is none, and takes neither the others nor the connections along")
    func mistakes() {
        let checked = check(
            """
              - {to: {slack: "${URL}"}, on: helt}
              - {to: {webhook: {url: "https://x", template: "{"}}, on: held}
              - {to: {command: [page]}, on: held}
            """)
        #expect(checked.notifiers.map(\.name) == ["command"])
        #expect(checked.connections.keys.sorted() == ["desk", "files"])
        #expect(checked.diagnostics.map(\.code) == ["wrong-choice", "bad-template"])
    }

    @Test("a secret in the file, and a variable that is not set, are warnings")
    func warnings() {
        let checked = check(
            """
              - {to: {webhook: {url: "https://x/${UNSET_PATH}", secret: geheim}}, on: held}
            """)
        #expect(checked.diagnostics.map(\.code) == ["unset-variable", "secret-in-file"])
        #expect(checked.notifiers.count == 1)
    }

    @Test(
        "a template is JSON once it is filled in",
        arguments: [
            (#"{"a": "{{title}} {{ text }}", "b": {{events}}}"#, nil as String?),
            (#"{"a": {{title}}}"#, "the template is no JSON once it is filled in"),
            (#"{"a": "{{titel}}"}"#, "there is no '{{titel}}' for a template"),
            (#"{"a": "{{title"}"#, "a '{{' of the template is not closed"),
        ])
    func templates(text: String, problem: String?) {
        #expect(MessageTemplate.problem(Template(parts: [.text(text)])) == problem)
    }

    @Test(
        "what could be more than an address is none",
        arguments: [
            ("ops@example.com", true), ("a+b@x", true), ("ops", false), ("a@b@c", false), ("a b@c", false),
            ("a@b\r\nBcc: x@y", false), ("<a@b>", false), ("-oQ/tmp@b", false), ("a@", false), ("a@b,c@d", false),
        ])
    func addresses(text: String, isRight: Bool) {
        #expect(MailAddress.isRight(text) == isRight)
    }

    @Test("the words of the tables are those of the model")
    func words() {
        #expect([Choice].events.map(\.name).sorted() == NotifiedEvent.allCases.map(\.rawValue).sorted())
        #expect([Choice].starttls.map(\.name) == Notifier.StartTLS.allCases.map(\.rawValue))
    }

    @Test("the schema has the ways to tell, and the events")
    func schema() throws {
        let text = JobFileSchema.connections.text(connectors: Catalogue.connectors)
        let schema = try JSON.parse(Array(text.utf8))
        let entry = schema.object?["properties"]?.object?["notify"]?.object?["items"]?.object?["properties"]?.object
        #expect(entry?.names == ["name", "to", "on", "jobs", "stale_after", "ca_file"])
        #expect(
            entry?["to"]?.object?["properties"]?.object?.names
                == ["slack", "webhook", "email", "sendmail", "command", "heartbeat"])
    }
}
