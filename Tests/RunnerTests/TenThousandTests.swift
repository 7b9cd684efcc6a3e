import TestKit
import Testing

/// Ten thousand records through the real program: four of them cannot be brought in step, and stop none of the others.
struct TenThousandTests {
    private static let syncs = """
        syncs:
          companies: {left: companies, right: companies, fields: [name <-> name]}
          things:
            left: things
            right: things
            fields:
              - name <-> title
              - note <-> memo
              - company <-> company: {link: companies}
        """

    private static func line(_ id: Int, _ note: String = "a", company: Int = 1) -> String {
        #"{"id":\#(id),"name":"n\#(id)","note":"\#(note)","company":\#(company)}"# + "\n"
    }

    private func ask(_ command: String, _ story: Story) throws -> Lockstep.Answer {
        var answer = try Lockstep().ask([command, "--jobs", story.path + "/jobs", "--state", story.path + "/state"])
        answer.text.replace(story.path + "/", with: "")
        return answer
    }

    /// 9,999 records in step; then 500 are edited, one comes to hold what a CSV file cannot, one is damaged, one is edited on both sides
    /// to different things, and a new one belongs to a company that is not there.
    private func story() throws -> Story {
        let story = try Story(
            Self.syncs,
            left: [
                "companies": #"{"id":1,"name":"Acme"}"# + "\n", "things": (1...9999).map { Self.line($0) }.joined(),
            ],
            right: ["companies": "id,name\n", "things": "id,title,memo,company\n"])
        let first = try ask("run", story)
        #expect(first.end == .exited(0))
        #expect(first.text == "crm/companies: 1 created on the right\ncrm/things: 9,999 created on the right\n")
        let lines = (1...10_000).map { id in
            switch id {
            case 4711: Self.line(id, #"a\u0000b"#)
            case 4712: #"{"id":4712,"name":"n4712","no"# + "\n"
            case 4713: Self.line(id, "left")
            case 10_000: Self.line(id, company: 2)
            default: Self.line(id, id % 20 == 0 ? "new" : "a")
            }
        }
        try story.write("left/things.jsonl", lines.joined())
        try story.edit("right/things.csv", "4713,n4713,a,1", "4713,n4713,right,1")
        return story
    }

    private func row(_ id: Int, _ note: String) -> String { "\(id),n\(id),\(note),1" }

    @Test("9,996 are in step, the exit code is 1, and each of the four is told with its reason")
    func four() throws {
        let story = try story()
        let answer = try ask("run", story)
        #expect(answer.end == .exited(1))
        let four = """
              WAIT  left 10000   jobs/crm.yaml:12: company <-> company: crm/companies has no link for "2". The record waits until it has
              HOLD  left 4713, right 4713   jobs/crm.yaml:11: note <-> memo: both sides changed it: left from "a" to "left", right from "a" to "right". Make them agree, set 'conflicts', or take one: lockstep resolve crm/things left:4713 --take left (or right)
              HOLD  left 4712, right 4712   jobs/crm.yaml:6: the left record cannot be read: left/things.jsonl:4712:30: the text ends too early
              FAIL  left 4711, right 4711   the right refused it: the text for the field 'memo' holds a NUL character. Once that is mended: lockstep retry crm/things left:4711. Tried once, again
            """
        #expect(
            told(answer.text)
                == "crm/things: 499 updated on the right; 2 held, 1 failed, 1 waiting\n\ncrm/things: not in step:\n"
                + four)
        let rows = try story.text("right/things.csv").split(separator: "\n").map(String.init)
        let wanted = (1...9999).map { id in row(id, id == 4713 ? "right" : id % 20 == 0 ? "new" : "a") }
        #expect(rows.count == 10_000)
        #expect(Array(rows.dropFirst()) == wanted)
        let status = try ask("status", story)
        let lines = four.split(separator: "\n").sorted()
        let shown = told(status.text).split(separator: "\n")
        let start = try #require(shown.firstIndex(of: "crm/things: 2 held, 1 failed, 1 waiting"))
        #expect(shown[(start + 1)...].prefix(4).sorted() == lines, "\(status.text)")
        #expect(shown.count == start + 6 && shown.last == "  more of one: lockstep why crm/things left:10000")
        #expect(status.text.contains("crm/things     needs someone"))
        // Nothing of it is written a second time, and all that is mended comes in step.
        let before = try story.text("right/things.csv")
        #expect(try ask("run", story).end == .exited(1))
        #expect(try story.text("right/things.csv") == before)
        try story.edit("left/things.jsonl", Self.line(4711, #"a\u0000b"#), Self.line(4711, "mended"))
        try story.edit("left/things.jsonl", #"{"id":4712,"name":"n4712","no"# + "\n", Self.line(4712))
        try story.edit("left/things.jsonl", Self.line(4713, "left"), Self.line(4713, "right"))
        try story.write("left/companies.jsonl", try story.text("left/companies.jsonl") + #"{"id":2,"name":"B"}"# + "\n")
        let last = try ask("run", story)
        #expect(last.end == .exited(0), "\(last.text)")
        #expect(
            last.text == "crm/companies: 1 created on the right\ncrm/things: 1 created, 1 updated on the right\n")
        #expect(try ask("run", story).text == "")
    }

    /// Without the time of the next try, and the line feed at the end.
    private func told(_ text: String) -> String {
        text.replacing(/again from [^\n]*/, with: "again").split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().joined(separator: "\n")
    }
}
