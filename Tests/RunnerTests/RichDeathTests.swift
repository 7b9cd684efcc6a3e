import FileIO
import Glibc
import Model
import Runner
import TestKit
import Testing
import Values

/// As ``DeathTests``, with all that makes a run more than writes: a filter, a link between syncs, a record that is held, and files of
/// the state that are put together when the run ends.
@Suite(.serialized)
struct RichDeathTests {
    static let syncs = """
        syncs:
          companies:
            left: companies
            right: {collection: companies, new_id: "C-{n}"}
            match: name <-> name
            fields: [name <-> name]
          things:
            left: {collection: things, filter: "state == 'on'"}
            right: things
            match: name <-> title
            deletes: propagate
            limits: {updates: 100%, deletes: 100%}
            fields:
              - name <-> title
              - note <-> memo
              - company <-> customer: {link: companies}
              - "'on' -> state"
        """

    static let runs = "state/crm/things/runs"

    private static func thing(_ id: Int, note: String = "a", state: String = "on", company: Int = 1) -> String {
        #"{"id":\#(id),"name":"n\#(id)","note":"\#(note)","state":"\#(state)","company":\#(company)}"# + "\n"
    }

    /// In step, with so many run files that the next run puts them together; then both sides are edited.
    func template() async throws -> Story {
        let story = try Story(
            Self.syncs,
            left: [
                "companies": #"{"id":1,"name":"Acme"}"# + "\n",
                "things": (1...5).map { Self.thing($0) }.joined() + Self.thing(6, state: "off"),
            ],
            right: ["companies": "id,name\nC-1,Acme\n", "things": "id,title,memo,customer,state\n"])
        try await story.run()
        for number in 1..<64 {
            let text = (1...5).map { Self.thing($0, note: $0 == 1 ? "v\(number)" : "a") }.joined()
            try story.write("left/things.jsonl", text + Self.thing(6, state: "off"))
            try await story.run()
        }
        try #require(try Disk().list(story.path + "/" + Self.runs).count == 64)
        try story.write(
            "left/companies.jsonl", try story.text("left/companies.jsonl") + #"{"id":2,"name":"Beta"}"# + "\n")
        // Edited, edited on both sides, edited on the right, out of the filter, removed, and new under a company that is new too.
        let left = [
            Self.thing(1, note: "L"), Self.thing(2, note: "L2"), Self.thing(3), Self.thing(4, state: "off"),
            Self.thing(6, note: "edited", state: "off"), Self.thing(7, company: 2),
        ]
        try story.write("left/things.jsonl", left.joined())
        try story.edit("right/things.csv", "n2,a", "n2,R2")
        try story.edit("right/things.csv", "n3,a", "n3,R")
        return story
    }

    private static let data = ["left/companies.jsonl", "left/things.jsonl", "right/companies.csv", "right/things.csv"]

    func copy(_ story: Story) throws -> Story {
        let copy = try Story(Self.syncs, left: [:], right: [:])
        for name in Self.data { try copy.scratch.write(name, try story.scratch.read(name)) }
        for sync in ["state/crm/companies", "state/crm/things"] {
            try Disk().makeFolder(copy.path + "/" + sync + "/runs")
            let runs = try Disk().list(story.path + "/" + sync + "/runs").map { "runs/" + $0 }
            for name in ["state.json", "runs.jsonl"] + runs {
                try copy.scratch.write(sync + "/" + name, try story.scratch.read(sync + "/" + name))
            }
        }
        return copy
    }

    /// The numbers of operations of which none is like another: of the reading of old run files one is.
    func moments(_ operations: [DiskOperation], _ template: Story) throws -> [Int] {
        let old = Set(try Disk().list(template.path + "/" + Self.runs).dropLast())
        return operations.indices.filter { number in
            let operation = operations[number]
            return ![.open, .read, .look].contains(operation.kind)
                || !old.contains(String(operation.path.split(separator: "/").last ?? ""))
        }
    }

    func end(_ story: Story) throws -> [String] { try Self.data.map(story.text) + story.held() }

    @Test("a run that dies at any operation, and is run again, ends in the same place")
    func everyOperation() async throws {
        let template = try await template()
        let counter = Countdown(Int.max)
        var undisturbed = try copy(template)
        undisturbed.disk = counter.disk
        #expect(
            try await undisturbed.run()
                == "companies right +1 ~0 -0; things left +0 ~1 -0, right +1 ~1 -1, held 1")
        #expect(Disk().exists(undisturbed.path + "/state/crm/things/links.jsonl"))
        undisturbed.disk = Disk()
        let end = try end(undisturbed)
        let after = try await undisturbed.run()
        #expect(try self.end(undisturbed) == end)
        let moments = try moments(counter.operations, template)
        #expect(moments.count > 100)
        for moment in moments {
            var story = try copy(template)
            let countdown = Countdown(moment + 1)
            story.disk = countdown.disk
            _ = try? await story.run()
            story.disk = Disk()
            _ = try await story.run()
            let place = "died at operation \(moment + 1) of \(counter.asked): \(countdown.last ?? "")"
            #expect(try self.end(story) == end, "\(place)")
            #expect(try await story.run() == after, "\(place)")
            #expect(try self.end(story) == end, "\(place)")
            #expect(Disk().exists(story.path + "/state/crm/things/links.jsonl"), "\(place)")
        }
    }
}
