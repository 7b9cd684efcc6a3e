import HTTP
import Model
import REST
import TestKit
import Testing
import Values

@Suite("Markup")
struct MarkupTests {
    private static func definition(_ markup: String) -> String {
        """
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              text: {type: text, markup: \(markup)}
            list: {request: GET /items, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            create: {request: POST /items, body: record, record: body}
        """
    }

    /// What comes back of a text that was written, and what was sent.
    private static func trip(_ text: String, _ markup: String) async throws -> (String?, Value?) {
        let desk = Desk()
        let rig = try Rig(definition(markup), desk.answer)
        guard case .stored = try await rig.outcome(.create("", ["text": .text(text)])) else { return (nil, nil) }
        return (try await rig.records()[0]["text"]?.text, desk.record(1)?["text"])
    }

    private static func read(_ json: String, _ markup: String) async throws -> Value? {
        try await Rig(definition(markup)) { _ in .ok(#"{"items": [{"id": 1, "text": \#(json)}]}"#) }.records()[0][
            "text"]
    }

    @Test("plain text comes back as it was, whatever stands in it", arguments: ["html", "adf"])
    func roundTrip(markup: String) async throws {
        let texts = [
            "", "x", "a\nb", "a\n\nb", "a\n\n\nb", "a\n\n\n\n\nb", "\na", "<b>&amp;</b> \"q\" 'a'", "a & b; &lt;",
            "  a  b",
            "ü 日本 👩‍👩‍👧", "<\u{301}script>", ">\u{301}", "&#65;", "- a\n- b", "<!-- x -->",
        ]
        for text in texts {
            let (found, sent) = try await Self.trip(text, markup)
            #expect(
                found.map { Array($0.utf8) } == Array(text.utf8), "\(text.debugDescription) \(sent.debugDescription)")
        }
    }

    @Test("line breaks of other systems become ours", arguments: ["html", "adf"])
    func lineBreaks(markup: String) async throws {
        #expect(try await Self.trip("a\r\nb\r\n\r\nc", markup).0 == "a\nb\n\nc")
    }

    @Test("random text comes back as it was")
    func random() async throws {
        let seed: UInt64 = 20_260_301
        var generator = SplitMix64(seed: seed)
        let parts = ["a", "<", ">", "&", ";", "\n", "\"", "/", "p", "#", "x", "é", "amp", " b"]
        for _ in 0..<200 {
            let text =
                (0..<Int.random(in: 1..<20, using: &generator)).map { _ in
                    parts[Int.random(in: 0..<parts.count, using: &generator)]
                }.joined() + "."
            for markup in ["html", "adf"] {
                let found = try await Self.trip(text, markup).0
                #expect(found == text, "seed \(seed), \(markup): \(text.debugDescription)")
            }
        }
    }

    @Test("HTML is sent without anything that has a meaning there")
    func escaped() async throws {
        #expect(try await Self.trip("<a href=\"x\">&\nb", "html").1 == .text("&lt;a href=&quot;x&quot;&gt;&amp;<br>b"))
    }

    @Test("HTML is read as its text")
    func html() async throws {
        let wanted = [
            ("<p>One<br/>two</p><P CLASS='x'>three</P>", "One\ntwo\nthree"),
            ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
            ("<style>p {}</style>x<script>alert('<p>')</script>y", "xy"),
            ("a &lt; b &#228;&#xE4; &nbsp;|", "a < b ää \u{A0}|"),
            ("a < b", "a < b"), ("<p>\u{301}x</p>", "\u{301}x"), ("&unknown; &", "&unknown; &"), ("<b", "<b"),
            ("&#0;&#x110000;", "\u{0}&#x110000;"),
        ]
        for (html, text) in wanted {
            #expect(try await Self.read(JSON.text(.text(html)), "html") == .text(text), "\(html)")
        }
    }

    @Test("documents are read as their text")
    func document() async throws {
        let json = """
            {"type": "doc", "content": [
              {"type": "heading", "content": [{"type": "text", "text": "Head"}]},
              {"type": "bulletList", "content": [
                {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a"}]}]},
                {"type": "listItem", "content": [{"type": "paragraph", "content": [
                  {"type": "mention", "attrs": {"text": "@ann"}}, {"type": "hardBreak"}, {"type": "text", "text": "b"}]}]}]},
              {"type": "rule"}, {"type": "unknown", "content": [{"type": "text", "text": "z"}]}, 7, null]}
            """
        #expect(try await Self.read(json, "adf") == .text("Head\n\n- a\n- @ann\n  b\n\n---\n\nz"))
    }

    @Test("what is no document stays what it is")
    func foreign() async throws {
        #expect(try await Self.read("\"plain\"", "adf") == .text("plain"))
        #expect(try await Self.read("null", "adf") == .null)
        #expect(try await Self.read("7", "html") == .int(7))
        #expect(try await Self.read(#"{"content": {"content": 1}}"#, "adf") == .text(""))
    }

    @Test("nesting beyond all reason ends, and takes no longer than its length allows")
    func hostile() async throws {
        let deep = String(repeating: #"{"type": "bulletList", "content": ["#, count: 100)
        let json = #"{"type": "doc", "content": ["# + deep + String(repeating: "]}", count: 100) + "]}"
        #expect(try await Self.read(json, "adf")?.text != nil)
        let open = String(repeating: "<", count: 300_000)
        #expect(try await Self.read(JSON.text(.text(open)), "html") == .text(open))
        let entities = String(repeating: "&", count: 300_000)
        #expect(try await Self.read(JSON.text(.text(entities)), "html") == .text(entities))
    }
}
