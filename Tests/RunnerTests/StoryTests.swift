import FileIO
import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

/// Whole runs over real files.
struct StoryTests {
    static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            deletes: propagate
            fields:
              - name <-> title
              - note <-> memo
        """

    static let left = #"{"id":1,"name":"Ada","note":"a"}"# + "\n" + #"{"id":2,"name":"Bob","note":"b"}"# + "\n"
    static let right = "id,title,memo\n11,Ada,a\n12,Cyd,c\n"

    private func story(_ more: String = "") throws -> Story {
        try Story(Self.syncs + more, left: ["things": Self.left], right: ["things": Self.right])
    }

    @Test("a first run makes what is missing on both sides, and the second has nothing to do")
    func firstAndSecond() async throws {
        let story = try story()
        #expect(try await story.run() == "things left +1 ~0 -0, right +1 ~0 -0")
        let left = Self.left + #"{"id":3,"name":"Cyd","note":"c"}"# + "\n"
        #expect(try story.text("left/things.jsonl") == left)
        #expect(try story.text("right/things.csv") == Self.right + "13,Bob,b\n")
        let before = try story.everything().filter { !$0.key.contains("/state/") }
        #expect(try await story.run() == "things untouched")
        #expect(try story.everything().filter { !$0.key.contains("/state/") } == before)
    }

    @Test("edits, creates and deletes go each way, and touch nothing else")
    func eachWay() async throws {
        let story = try story()
        try await story.run()
        try story.edit("left/things.jsonl", #""note":"a""#, #""note":"a2", "own": 1"#)
        try story.edit("right/things.csv", "12,Cyd,c", "12,Cyd,\"c,2\"")
        try story.edit("right/things.csv", "13,Bob,b\n", "14,Dan,d\n")
        #expect(try await story.run() == "things left +1 ~1 -1, right +0 ~1 -0")
        #expect(
            try story.text("left/things.jsonl") == #"""
                {"id":1,"name":"Ada","note":"a2", "own": 1}
                {"id":3,"name":"Cyd","note":"c,2"}
                {"id":4,"name":"Dan","note":"d"}

                """#)
        #expect(try story.text("right/things.csv") == "id,title,memo\n11,Ada,a2\n12,Cyd,\"c,2\"\n14,Dan,d\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("a plan writes no byte, and lists what the run then writes")
    func plan() async throws {
        let story = try story()
        for step in 0..<3 {
            if step == 1 { try story.edit("left/things.jsonl", #""note":"a""#, #""note":"z""#) }
            if step == 2 { try story.edit("right/things.csv", "12,Cyd,c\n", "") }
            let before = try story.everything()
            let planned = try await story.reports(.plan)
            #expect(try story.everything() == before)
            let run = try await story.reports(.run(accepting: nil))
            #expect(planned.map { $0.plan?.digest } == run.map { $0.plan?.digest })
            for (plan, run) in zip(planned, run) {
                #expect(plan.plan?.counts == run.written)
                #expect((plan.plan?.operations.count ?? 0) > 0)
            }
        }
    }

    @Test("the same field edited on both sides is held and shown, its neighbours go on, and a policy settles it")
    func conflict() async throws {
        let story = try story()
        try await story.run()
        try story.edit("left/things.jsonl", #""name":"Ada","note":"a""#, #""name":"Ada L","note":"x""#)
        try story.edit("right/things.csv", "11,Ada,a", "11,Ada,y")
        #expect(try await story.run() == "things right +0 ~1 -0, held 1")
        #expect(try story.text("right/things.csv").contains("11,Ada L,y\n"))
        #expect(try story.held() == ["conflict 1=11 conflict"])
        #expect(try await story.run() == "things nothing, held 1")
        #expect(try story.held() == ["conflict 1=11 conflict"])
        try story.write("jobs/crm.yaml", try story.text("jobs/crm.yaml") + "    conflicts: left\n")
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv").contains("11,Ada L,x\n"))
        #expect(try story.held() == [])
        #expect(try await story.run() == "things untouched")
    }

    @Test("an edit that makes the sides agree settles a conflict")
    func agreement() async throws {
        let story = try story()
        try await story.run()
        try story.edit("left/things.jsonl", #""note":"a""#, #""note":"x""#)
        try story.edit("right/things.csv", "11,Ada,a", "11,Ada,y")
        #expect(try await story.run() == "things nothing, held 1")
        try story.edit("right/things.csv", "11,Ada,y", "11,Ada,x")
        #expect(try await story.run() == "things nothing")
        #expect(try story.held() == [])
        #expect(try await story.run() == "things untouched")
    }

    @Test("a file emptied by accident trips a brake: nothing is written", arguments: ["left", "right"])
    func emptied(side: String) async throws {
        let story = try story()
        try await story.run()
        try story.write(
            side == "left" ? "left/things.jsonl" : "right/things.csv", side == "left" ? "" : "id,title,memo\n")
        let before = try story.everything().filter { !$0.key.contains("/state/") }
        let expected = "things brake: the \(side) collection is empty, and held 3 records when it was last read"
        #expect(try await story.plan() == expected)
        for _ in 0..<2 { #expect(try await story.run() == expected) }
        #expect(try story.everything().filter { !$0.key.contains("/state/") } == before)
        // Accepting this plan, and no other, lifts the brake.
        #expect(try await story.run(accepting: "0123456789abcdef") == expected)
        let digest = try await story.reports(.plan)[0].plan?.digest
        #expect(try await story.run(accepting: digest) == "things \(side == "left" ? "right" : "left") +0 ~0 -3")
    }

    @Test("an emptied file trips a brake though the first run died before it could count the records")
    func emptiedAfterDeath() async throws {
        var story = try story()
        story.disk = Disk { operation throws(FileFailure) in
            if operation.path.hasSuffix("/runs.jsonl") {
                throw FileFailure(operation.kind, operation.path, 5)
            }
        }
        #expect(try await story.run().hasPrefix("things failed"))
        story.disk = Disk()
        try Disk().remove(story.path + "/state/crm/things/state.json")
        try story.write("left/things.jsonl", "")
        #expect(
            try await story.run()
                == "things brake: the left collection is empty, and held 3 records when it was last read")
    }

    @Test("a write that one side refuses stays open, though its twin on the other side went through")
    func refusedTwin() async throws {
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                match: name <-> title
                fields: [name <-> title, user.mail <-> mail, note <-> memo]
            """,
            left: ["things": #"{"id":1,"name":"Ada","user":{"mail":"m"},"note":"a"}"# + "\n"],
            right: ["things": "id,title,mail,memo\n11,Ada,m,a\n"])
        #expect(try await story.run() == "things nothing")
        // The left cannot take the mail any more, for its user is no object; the right is to be given the note.
        try story.edit("left/things.jsonl", #""user":{"mail":"m"},"note":"a""#, #""user":"none","note":"a2""#)
        try story.edit("right/things.csv", "11,Ada,m,a", "11,Ada,m2,a")
        try story.write("jobs/crm.yaml", try story.text("jobs/crm.yaml") + "    conflicts: right\n")
        for _ in 0..<3 {
            _ = try await story.run()
            #expect(try story.text("right/things.csv") == "id,title,mail,memo\n11,Ada,m2,a2\n")
            #expect(try story.held() == ["failed 1=11 refused"])
        }
        try story.edit("left/things.jsonl", #""user":"none""#, #""user":{}"#)
        #expect(try await story.run() == "things left +0 ~1 -0")
        #expect(
            try story.text("left/things.jsonl") == #"{"id":1,"name":"Ada","user":{"mail":"m2"},"note":"a2"}"# + "\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("an id that the new record was given goes back to its source")
    func speaksBack() async throws {
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                fields: [name <-> title, ext <-> id]
            """,
            left: ["things": #"{"id":"x1","name":"Ada"}"# + "\n"], right: ["things": "id,title\n"])
        #expect(try await story.run() == "things right +1 ~0 -0")
        #expect(try await story.run() == "things left +0 ~1 -0")
        #expect(try story.text("left/things.jsonl") == #"{"id":"x1","name":"Ada","ext":"1"}"# + "\n")
        #expect(try story.text("right/things.csv") == "id,title\n1,Ada\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("a computed field follows what its own record was given from the other side")
    func computed() async throws {
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                fields: [name <-> title, name.upperAscii() -> label]
            """,
            left: ["things": #"{"id":1,"name":"Ada"}"# + "\n"], right: ["things": "id,title,label\n"])
        #expect(try await story.run() == "things right +1 ~0 -0")
        #expect(try await story.run() == "things untouched")
        try story.edit("right/things.csv", "1,Ada,ADA", "1,Bea,ADA")
        #expect(try await story.run() == "things left +0 ~1 -0, right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == "id,title,label\n1,Bea,BEA\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("the list of runs goes on after a line that was torn")
    func tornRunList() async throws {
        let story = try story()
        try await story.run()
        let list = "state/crm/things/runs.jsonl"
        let whole = try story.text(list)
        try story.write(list, whole + #"{"run":"0000"#)
        try story.edit("right/things.csv", "11,Ada,a", "11,Ada,z")
        try await story.run()
        let lines = try story.text(list).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(try story.text(list).hasPrefix(whole))
        for line in lines { #expect(throws: Never.self) { try JSON.parse(Array(line.utf8)) } }
    }

    @Test("linked syncs run parents first, in one run, and ids are translated")
    func linked() async throws {
        let story = try Story(
            """
            syncs:
              tickets:
                left: tickets
                right: tickets
                fields:
                  - subject <-> title
                  - company <-> customer: {link: companies}
              companies:
                left: companies
                right: {collection: companies, new_id: "C-{n}"}
                match: name <-> name
                fields: [name <-> name]
            """,
            left: [
                "companies": #"{"id":7,"name":"Acme"}"# + "\n" + #"{"id":8,"name":"Beta"}"# + "\n",
                "tickets": #"{"id":1,"subject":"Help","company":8}"# + "\n"
                    + #"{"id":2,"subject":"Lost","company":99}"# + "\n",
            ],
            right: ["companies": "id,name\nC-1,Acme\n", "tickets": "id,title,customer\n5,Call,C-1\n"])
        let expected = "companies right +1 ~0 -0; tickets left +1 ~0 -0, right +1 ~0 -0, held 1"
        #expect(try await story.plan() == expected)
        #expect(try await story.run() == expected)
        #expect(try story.text("right/companies.csv") == "id,name\nC-1,Acme\nC-2,Beta\n")
        #expect(try story.text("right/tickets.csv") == "id,title,customer\n5,Call,C-1\n6,Help,C-2\n")
        #expect(try story.text("left/tickets.jsonl").hasSuffix(#"{"id":3,"subject":"Call","company":7}"# + "\n"))
        #expect(try story.held() == ["waiting 2= parent-not-linked"])
        try story.write(
            "left/companies.jsonl", try story.text("left/companies.jsonl") + #"{"id":99,"name":"Late"}"# + "\n")
        #expect(try await story.run() == "companies right +1 ~0 -0; tickets right +1 ~0 -0")
        #expect(try story.text("right/tickets.csv").hasSuffix("7,Lost,C-3\n"))
    }

    @Test("what depends on a sync that failed waits, and other syncs go on")
    func dependents() async throws {
        let story = try Story(
            """
            syncs:
              companies: {left: companies, right: companies, fields: [name <-> name]}
              tickets: {left: tickets, right: tickets, fields: [{company <-> customer: {link: companies}}]}
              people: {left: people, right: people, fields: [name <-> name]}
            """,
            left: ["companies": "{\n", "tickets": "", "people": #"{"id":1,"name":"x"}"# + "\n"],
            right: ["companies": "id,name\n", "tickets": "id,customer\n", "people": "id,name\n"])
        let parts = try await story.run().split(separator: "; ")
        #expect(parts.count == 3)
        #expect(parts[0].hasPrefix("companies failed: left: "))
        #expect(parts[1] == "tickets waits for crm/companies")
        #expect(parts[2] == "people right +1 ~0 -0")
    }

    @Test("a second run says who holds the lock, and writes nothing")
    func lock() async throws {
        let story = try story()
        let folder = StateFolder(story.path + "/state", disk: Disk()).sync(SyncName(job: "crm", sync: "things"))
        let claim = try folder.claim(holder: "somebody")
        let before = try story.everything()
        #expect(try await story.run() == "things locked by somebody")
        #expect(try story.everything() == before)
        withExtendedLifetime(claim) {}
    }

    @Test("a state file that is damaged stops its sync with the file and the line, and nothing is overwritten")
    func damagedState() async throws {
        let story = try story()
        try await story.run()
        let runs = story.path + "/state/crm/things/runs"
        let name = try #require(try Disk().list(runs).first)
        let relative = "state/crm/things/runs/\(name)"
        try story.edit(relative, #""version":3"#, #""version":7"#)
        try story.edit("left/things.jsonl", #""note":"a""#, #""note":"z""#)
        // What tells of the run that failed.
        let told: Set<Substring> = ["lock", "state.json", "runs.jsonl"]
        let before = try story.everything().filter { !told.contains($0.key.split(separator: "/").last ?? "") }
        #expect(try await story.run().hasPrefix("things failed: \(runs)/\(name):1: the state is damaged"))
        let after = try story.everything().filter { !told.contains($0.key.split(separator: "/").last ?? "") }
        #expect(after == before)
    }

    @Test("a change of the job file looks at every record anew")
    func changedJob() async throws {
        let story = try story()
        try await story.run()
        try story.edit("jobs/crm.yaml", "    fields:\n", "    fields:\n      - name.upperAscii() -> label\n")
        try story.write("right/things.csv", "id,title,memo,label\n11,Ada,a,\n12,Cyd,c,\n13,Bob,b,\n")
        #expect(try await story.run() == "things right +0 ~3 -0")
        #expect(try story.text("right/things.csv") == "id,title,memo,label\n11,Ada,a,ADA\n12,Cyd,c,CYD\n13,Bob,b,BOB\n")
        #expect(try await story.run() == "things untouched")
    }
}
