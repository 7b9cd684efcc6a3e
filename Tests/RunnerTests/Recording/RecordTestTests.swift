import FileIO
import Glibc
import Model
import TestKit
import Testing
import Values

@testable import Runner

/// Tests that are recorded from the jobs of this repository, really run.
struct RecordTestTests {
    private static let tickets = "jobs/data/helpdesk/tickets.csv"
    private static let requests = "jobs/data/portal/requests.jsonl"

    @Test("each kind of end is recorded from the jobs of this repository, and all that is recorded passes")
    func eachKind() async throws {
        let story = try RecordedStory()
        let before = try await story.play()
        #expect(before.failures == [])
        var ends: [String] = []
        func record(_ id: String, _ sync: String = "helpdesk/tickets", masked: Bool = false) async throws {
            let recorded = try await story.record(id, of: sync, masked: masked)
            #expect(recorded.refusal == nil)
            #expect(recorded.line != nil)
            #expect(recorded.notes == [])
            ends.append(recorded.name)
        }
        try await record("left:1", "helpdesk/companies")
        try await record("C-105", "helpdesk/companies")
        try await story.run()
        try await record("4701")
        try await record("4702", masked: true)
        try story.edit(Self.tickets, "4701,VPN drops every hour,Network,In Progress", "4701,VPN is slow,Network,Closed")
        try await record("4701")
        try story.edit(Self.requests, #""title": "VPN drops every hour""#, #""title": "VPN is down""#)
        try await record("right:R-2001")
        try story.edit(Self.tickets, "4703,X-ray workstation will not print,Service Desk", "4703,X-ray,Internal")
        try await record("4703")
        try story.edit(
            Self.tickets, "4702,Shared mailbox for accounts,Service Desk,Closed", "4702,Shared,Service Desk,Odd")
        try await record("4702")
        #expect(
            ends == [
                "company 1 changes the right", "company C-105 changes nothing", "ticket 4701 changes nothing",
                "ticket 4702 changes nothing", "ticket 4701 changes the right", "ticket R-2001 is in conflict",
                "ticket 4703 is left out", "ticket 4702 is held",
            ])
        let after = try await story.play()
        #expect(after.failures == [])
        #expect(after.count == before.count + ends.count)
    }

    @Test("nothing but the file of tests is written, with its mode, and what stood in it stays byte for byte")
    func filesStay() async throws {
        let story = try RecordedStory()
        try await story.run()
        let path = story.folder.path + "/jobs/helpdesk.test.yaml"
        #expect(chmod(path, 0o640) == 0)
        let before = try FileTree(story.folder.path)
        let old = try story.folder.text("jobs/helpdesk.test.yaml")
        _ = try await story.record("4701", of: "helpdesk/tickets", printed: true)
        #expect(try FileTree(story.folder.path) == before)
        _ = try await story.record("4701", of: "helpdesk/tickets")
        let new = try story.folder.text("jobs/helpdesk.test.yaml")
        #expect(new.hasPrefix(old + "\n  - name: ticket 4701 changes nothing\n    sync: tickets\n"))
        #expect(try Disk().identity(path)?.permissions == 0o640)
        var after = try FileTree(story.folder.path)
        after.files["jobs/helpdesk.test.yaml"] = before.files["jobs/helpdesk.test.yaml"]
        #expect(after == before)
    }

    @Test(
        "a file that cannot be appended to is left byte for byte, and the test is given all the same",
        arguments: [
            ("tests: [{name: a, sync: people, left: {id: 1}, expect: {plan: [create right]}}]\njob: crm\n", "dash"),
            ("{job: crm, tests: [{name: a, sync: people, left: {id: 1}, expect: {plan: [create right]}}]}\n", "dash"),
            ("tests:\n- {name: a, sync: people, left: {id: 1}, expect: {plan: [create right]}}\njob: crm\n", "line 5"),
            (
                "job: crm\ntests:\n  - {name: a, sync: people, left: {id: 1}, expect: {plan: [create right]}}\n...\n",
                "line"
            ),
            ("job: crm\ntests:\n", "line 2"),
            ("", "line 1"),
            ("job: crm\ntests:\n  - name: a\n    syn: people\n", "line"),
            (
                "job: crm\ntests:\n  - {name: a, sync: people, left: {id: 1, name: x}, expect: {right: {title: x}}}\n  -\n",
                "line"
            ),
        ])
    func refused(content: String, reason: String) async throws {
        let story = try RecordedStory("fields: [name <-> title]", people: #"{"id":1,"name":"Ada"}"# + "\n")
        try story.folder.write("jobs/crm.test.yaml", content)
        let recorded = try await story.record("1")
        #expect(recorded.line == nil)
        #expect(recorded.refusal?.contains(reason) == true, "\(recorded.refusal ?? "")")
        #expect(recorded.text.contains("name: people 1 is made on the right"))
        #expect(try story.folder.text("jobs/crm.test.yaml") == content)
    }

    @Test(
        "a test goes behind the others in their way: their indent, their line ends, with or without a line between",
        arguments: [
            "job: crm\ntests:\n- {name: a, sync: people, left: {id: 1}, expect: {plan: [create right]}}",
            "job: crm\r\ntests:\r\n    - name: a\r\n      sync: people\r\n      left: {id: 1}\r\n      expect: {plan: [create right]}\r\n",
            "\u{FEFF}job: crm\ntests:\n  - {name: a, sync: people, left: {id: 1}, expect: {plan: [create right]}}\n\n# the end\n",
            "job: crm\ntests:\n  # one\n  - name: a\n    sync: people\n    left: {id: 1, name: \"x\n      - y\"}\n    expect: {right: {title: x - y}}\n\n\n",
        ])
    func appended(content: String) async throws {
        let story = try RecordedStory("fields: [name <-> title]", people: #"{"id":1,"name":"Ada"}"# + "\n")
        try story.folder.write("jobs/crm.test.yaml", content)
        let recorded = try await story.record("1")
        #expect(recorded.refusal == nil)
        #expect(Array(try story.folder.read("jobs/crm.test.yaml")).starts(with: Array(content.utf8)))
        let played = try await story.play()
        #expect(played.failures == [])
        #expect(played.count == 2)
        let lines = try story.folder.text("jobs/crm.test.yaml").utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = String(decoding: lines[try #require(recorded.line) - 1], as: UTF8.self)
        #expect(line.contains("- name: people 1 is made on the right"))
    }

    @Test("a name that is taken gets a number")
    func names() async throws {
        let story = try RecordedStory("fields: [name <-> title]", people: #"{"id":1,"name":"Ada"}"# + "\n")
        var names: [String] = []
        for name in [nil, nil, nil, "a: b", "a: b"] as [String?] {
            names.append(try await story.record("1", name: name).name)
        }
        #expect(
            names == [
                "people 1 is made on the right", "people 1 is made on the right 2", "people 1 is made on the right 3",
                "a: b", "a: b 2",
            ])
        #expect(try await story.play().failures == [])
        #expect(try Disk().identity(story.folder.path + "/jobs/crm.test.yaml")?.permissions == 0o644)
    }

    @Test(
        "what an expression gave before is told by its fields where they still give it, and is empty where they do not"
    )
    func expressions() async throws {
        let story = try RecordedStory(
            "fields: [name <-> title, \"name + ' of ' + city -> label\"]",
            people: #"{"id":1,"name":"Ada","city":"Hull"}"# + "\n")
        try await story.run()
        try story.edit("left/people.jsonl", #""name":"Ada""#, #""name":"Eve""#)
        let renamed = try await story.record("1")
        #expect(renamed.text.contains("left: {id: 1, name: Ada, city: Hull}"))
        #expect(renamed.text.contains("right: {title: Eve, label: Eve of Hull}"))
        try story.edit("left/people.jsonl", #""city":"Hull""#, #""city":"York""#)
        let moved = try await story.record("1")
        #expect(moved.text.contains("left: {id: 1, name: Ada, city: \"\"}"))
        #expect(moved.text.contains("right: {title: Eve, label: Eve of York}"))
        #expect(moved.notes == [])
        #expect(try await story.play().failures == [])
    }

    @Test("records that share a match key are recorded together, as a run would meet them")
    func matched() async throws {
        let story = try RecordedStory(
            "match: name <-> title\nfields: [name <-> title, note <-> memo]\nfirst_values: left",
            people: #"{"id":1,"name":"Ada","note":"a"}"# + "\n" + #"{"id":2,"name":"Eve","note":"e"}"# + "\n",
            contacts: #"{"id":"C-1","title":"Ada","memo":"b"}"# + "\n" + #"{"id":"C-2","title":"Eve","memo":"e"}"#
                + "\n"
                + #"{"id":"C-3","title":"Eve","memo":"e"}"# + "\n")
        let one = try await story.record("1")
        #expect(one.text.contains("right: {id: C-1, title: Ada, memo: b}"))
        #expect(one.text.contains("      right: {memo: a}\n"))
        let many = try await story.record("2")
        #expect(many.text.contains("      - {id: C-3, title: Eve, memo: e}"))
        #expect(many.name == "people 2 is held")
        #expect(many.notes == [])
        #expect(try await story.play().failures == [])
    }

    @Test("where a run knows more than a test tells, that is said")
    func knowsMore() async throws {
        let story = try RecordedStory("fields: [name <-> title]", people: #"{"id":1,"name":"Ada"}"# + "\n")
        try await story.run()
        let named = NamedSync(SyncName(job: "crm", sync: "people"), try story.workspace(), world: story.world)
        _ = try await Unlink(.named([RecordName("left:1")]), of: named)()
        let recorded = try await story.record("left:1")
        #expect(
            recorded.notes == [
                "a run would do something else now, since it knows more than a test tells: nothing, and not create right by 'name <-> title'. 'lockstep why crm/people left:1' shows it"
            ])
        #expect(try await story.play().failures == [])
    }

    @Test("who names no record, or one that cannot be read, is told so")
    func failures() async throws {
        let story = try RecordedStory(
            "fields: [name <-> title]", people: #"{"id":"1001","name":"Ada"}"# + "\n",
            contacts: #"{"id":"1001","title":"Eve"}"# + "\n")
        func sentence(_ id: String) async throws -> String {
            do {
                return try await story.record(id).name
            } catch let failure as SettleFailure {
                return failure.sentence
            }
        }
        #expect(
            try await sentence("1001")
                == "'1001' names two records of crm/people: 'left:1001' and 'right:1001'. Say which")
        #expect(
            try await sentence("left:1010")
                == "crm/people: no record 'left:1010' is on either side; did you mean 'left:1001'?")
        #expect(try await sentence("x") == "crm/people: no record 'x' is on either side")
        try story.folder.write(
            "left/people.jsonl", #"{"id":"1001","name":}"# + "\n" + #"{"id":"1002","name":"b"}"# + "\n")
        #expect(try await sentence("left:1001").contains("1001"))
        #expect(try Disk().identity(story.folder.path + "/jobs/crm.test.yaml") == nil)
    }
}
