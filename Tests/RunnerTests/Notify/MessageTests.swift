import Model
import StateStore
import Testing
import Values

@testable import Runner

@Suite("The words of a message") struct MessageTests {
    private static func message(_ groups: [NewsGroup], over: [NewsGroup] = []) -> Message {
        Message(
            run: "f81d4fae-7dec-41d0-a765-00a0c91e6bf6", time: TellingTests.noon, host: "ops1",
            news: News(groups: groups, recovered: over))
    }

    private static func failures(_ count: Int, reason: String = "the right refused it: no such team") -> NewsGroup {
        let records = (1..<count + 1).prefix(10).map { number in
            HeldRecord(
                state: .failed, ids: Sides(left: "\(number)", right: nil), cause: "refused", reason: reason,
                place: "jobs/crm.yaml:9")
        }
        return NewsGroup(
            key: AlertKey(.recordFailed, "crm/things"), since: TellingTests.noon, sentence: "", count: count,
            fresh: count, samples: records, advice: "lockstep items crm/things")
    }

    private static let connection = NewsGroup(
        key: AlertKey(.connectionBroken, "desk"), since: TellingTests.noon, sentence: "401 Unauthorized", count: 0)

    @Test("a digest says what it is about, gives samples, and counts the rest")
    func digest() {
        let words = MessageWords(Self.message([Self.failures(12)], over: [Self.connection]))
        #expect(words.title == "Lockstep: crm/things: 12 records failed (and 1 more)")
        let samples = (1...10).map { "  left \($0): the right refused it: no such team (jobs/crm.yaml:9)\n" }.joined()
        #expect(
            words.text == """
                crm/things: 12 records failed
                \(samples)  and 2 more
                  see: lockstep items crm/things

                recovered:
                  the connection 'desk' works again (since 2026-11-21T12:00:00Z)

                -- lockstep on ops1, 2026-11-21T12:00:00Z

                """)
    }

    @Test("what came and went since the last message is counted")
    func passed() {
        func text(_ body: (inout NewsGroup) -> Void) -> String {
            var group = Self.failures(2)
            group.passed = 3
            group.passedSince = TellingTests.at(-60)
            body(&group)
            return MessageWords(Self.message([group])).text
        }
        #expect(text { _ in }.contains("\n  3 more came and went since 2026-11-21T11:00:00Z\n  see: "))
        let past = text { ($0.fresh, $0.count, $0.samples, $0.advice) = (0, 0, [], nil) }
        #expect(
            past.hasPrefix(
                "crm/things: 3 records failed\n  came and went since 2026-11-21T11:00:00Z\n\n-- lockstep on ops1"))
        let failed = text {
            $0 = NewsGroup(key: AlertKey(.runFailed, "crm/things"), since: TellingTests.noon, sentence: "x", count: 0)
            $0.passed = 1
        }
        #expect(failed.hasPrefix("crm/things: failed\n  x\n  once more\n"))
        let over = text {
            $0 = NewsGroup(key: AlertKey(.runFailed, "crm/things"), since: TellingTests.noon, sentence: "", count: 0)
            $0.passed = 4
        }
        #expect(over.hasPrefix("crm/things: failed\n  4 times, and it is over\n"))
        var recovered = Self.failures(0)
        recovered.passed = 5
        #expect(
            MessageWords(Self.message([], over: [recovered])).text.hasPrefix(
                "recovered:\n  crm/things: no record fails any more (since 2026-11-21T12:00:00Z; 5 more came and went)\n"
            )
        )
    }

    @Test("a record can break no line, hide nothing, and fill no message")
    func hostile() {
        let reason = "x\r\nBcc: all@example.com\u{202E}" + String(repeating: "y", count: 10_000)
        let text = MessageWords(Self.message([Self.failures(1, reason: reason)])).text
        #expect(text.contains(#"  left 1: x\r\nBcc: all@example.com\u{202e}yyy"#))
        #expect(text.utf8.count < 700)
    }

    @Test("many groups are cut, and what is left is counted")
    func manyGroups() {
        let groups = (1...25).map { number in
            NewsGroup(key: AlertKey(.brake, "crm/s\(number)"), since: TellingTests.noon, sentence: "stop", count: 0)
        }
        let text = MessageWords(Self.message(groups)).text
        #expect(text.contains("crm/s20: stopped by a brake\n  stop\n\nand 5 more: lockstep status\n"))
        #expect(!text.contains("crm/s21"))
    }

    @Test("what Slack would take for its marks is text")
    func slack() {
        #expect(Post.slackText("<!channel> & co") == "&lt;!channel&gt; &amp; co")
    }

    @Test("the usual body of a webhook has the message and its parts")
    func json() throws {
        let object = MessageJSON.object(Self.message([Self.failures(1)], over: [Self.connection]))
        #expect(object["version"] == .int(1))
        let events = try #require(object["events"]?.list)
        let first = try #require(events.first?.object)
        #expect(first["event"] == .text("record_failed"))
        #expect(first["job"] == .text("crm"))
        #expect(first["sync"] == .text("things"))
        #expect(first["new"] == .int(1))
        #expect(first["records"]?.list?.first?.object?["left"] == .text("1"))
        let last = try #require(events.last?.object)
        #expect(last["event"] == .text("recovered"))
        #expect(last["of"] == .text("connection_broken"))
        #expect(last["connection"] == .text("desk"))
        #expect(last["job"] == .null)
    }

    @Test("a template is JSON whatever a record or a variable holds")
    func template() throws {
        var texts = FilledTemplates(
            World(now: { .earliest }, environment: { _ in "a\"{{text}}\\" }, holder: { "the test" }))
        let template = Template(parts: [
            .text(#"{"key": ""#), .variable("KEY"), .text(#"", "summary": "{{ title }}", "events": {{events}}}"#),
        ])
        let group = NewsGroup(key: AlertKey(.brake, "a\"b/c\n"), since: .earliest, sentence: "", count: 0)
        let text = try WebhookBody(Self.message([group])).text(template, &texts)
        let object = try #require(try JSON.parse(Array(text.utf8)).object)
        #expect(object["key"] == .text("a\"{{text}}\\"))
        #expect(object["summary"] == .text(#"Lockstep: a"b/c\n: stopped by a brake"#))
        #expect(object["events"]?.list?.count == 1)
    }

    @Test("a mail is text of one kind with headers that nothing can add to")
    func mail() {
        let mail = MailText(
            from: "lockstep@example.com", to: ["ops@example.com", "b@example.com"], title: "Grüße\r\nBcc: x@y.z",
            text: "Täglich = 1\n" + String(repeating: "z", count: 80) + "\n. \n", time: TellingTests.noon, id: "a@b")
        #expect(
            String(decoding: mail.bytes, as: UTF8.self)
                == [
                    "Date: Sat, 21 Nov 2026 12:00:00 +0000", "From: lockstep@example.com", "To: ops@example.com,",
                    " b@example.com", "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9FeBcc:_x=40y.z?=", "Message-ID: <a@b>",
                    "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8",
                    "Content-Transfer-Encoding: quoted-printable", "", "T=C3=A4glich =3D 1",
                    String(repeating: "z", count: 75) + "=", "zzzzz", ".=20", "",
                ].joined(separator: "\r\n"))
    }

    @Test(
        "a heartbeat hears of a run at its address",
        arguments: [
            (Heartbeat.start, "https://hc/abc", "https://hc/abc/start?rid=r"),
            (.success, "https://hc/abc/", "https://hc/abc?rid=r"),
            (.failure(code: 65), "https://hc/abc?x=1", "https://hc/abc/65?x=1&rid=r"),
        ])
    func heartbeat(beat: Heartbeat, base: String, url: String) {
        #expect(beat.url(base, run: "r") == url)
    }

    @Test("names of runs are random UUIDs")
    func runs() {
        let names = (1...100).map { _ in RunID.new() }
        #expect(Set(names).count == 100)
        for name in names {
            #expect(name.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        }
    }

    @Test("a setting of curl cannot become another one")
    func curl() {
        var config = CurlConfig(url: "https://x", protocols: "https", limit: .seconds(5))
        config.set("user", "a:b\"\nupload-file = \"/etc/passwd\\")
        #expect(config.text.hasSuffix(#"user = "a:b\"\nupload-file = \"/etc/passwd\\""# + "\n"))
    }
}
