import FileIO
import Glibc
import Model
import Runner
import Synchronization
import TestKit
import Testing
import Values

/// Runs after a run: what one left undecided, the next decides no other way because nothing changed.
struct TrustStoryTests {
    private static let plain = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            fields:
              - name <-> title

        """

    private func story(_ lines: String = "", fields: String = "") throws -> Story {
        try Story(
            Self.plain + fields + lines,
            left: [
                "things": #"{"id":1,"name":"Ada","note":"111","keep":"yes"}"# + "\n"
                    + #"{"id":2,"name":"Bob","note":"b","keep":"yes"}"# + "\n"
            ], right: ["things": "id,title,memo\n11,Ada,999\n12,Bob,b\n"])
    }

    @Test("a field that the job file maps anew and that is held stays held, run after run")
    func mappedAnew() async throws {
        let story = try story()
        #expect(try await story.run() == "things nothing")
        try story.edit("jobs/crm.yaml", "- name <-> title", "- name <-> title\n      - note <-> memo")
        for _ in 0..<3 { #expect(try await story.run() == "things nothing, held 1") }
        try story.edit("left/things.jsonl", "111", "999")
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
    }

    @Test("a record waits for its parent over any number of runs, and then gets it")
    func waits() async throws {
        let story = try Story(
            """
            syncs:
              companies: {left: companies, right: companies, creates: none, match: name <-> name, fields: [name <-> name]}
              tickets:
                left: tickets
                right: tickets
                match: name <-> name
                first_values: left
                fields:
                  - name <-> name

            """,
            left: [
                "companies": #"{"id":1,"name":"Acme"}"# + "\n", "tickets": #"{"id":1,"name":"T","company":1}"# + "\n",
            ], right: ["companies": "id,name\n", "tickets": "id,name,customer\n5,T,\n"])
        #expect(try await story.run() == "companies nothing; tickets nothing")
        try story.write(
            "jobs/crm.yaml", try story.text("jobs/crm.yaml") + "      - company -> customer: {link: companies}\n")
        for _ in 0..<2 { #expect(try await story.run() == "companies untouched; tickets nothing, held 1") }
        try story.write("right/companies.csv", "id,name\n7,Acme\n")
        #expect(try await story.run() == "companies nothing; tickets right +0 ~1 -0")
        #expect(try story.text("right/tickets.csv") == "id,name,customer\n5,T,7\n")
        #expect(try await story.run() == "companies untouched; tickets untouched")
    }

    @Test("a record that a new filter leaves out, or cannot decide, is reached by no edit and no delete of its partner")
    func narrowed() async throws {
        for (filter, told) in [("record.keep == 'yes'", "nothing"), ("int(record.keep) > 0", "nothing, held 1")] {
            for edit in ["11,Ada!,999\n", ""] {
                let story = try story("    deletes: propagate\n")
                #expect(try await story.run() == "things nothing")
                try story.edit(
                    "left/things.jsonl", #""note":"111","keep":"yes""#,
                    told == "nothing" ? #""note":"111","keep":"no""# : #""note":"111","keep":"x""#)
                try story.edit(
                    "left/things.jsonl", #""note":"b","keep":"yes""#,
                    #""note":"b","keep":"\#(told == "nothing" ? "yes" : "1")""#)
                #expect(try await story.run() == "things nothing")
                try story.edit(
                    "jobs/crm.yaml", "left: things", #"left: {collection: things, filter: "\#(filter)"}"#)
                #expect(try await story.run() == "things \(told)")
                #expect(try await story.run() == (told == "nothing" ? "things untouched" : "things \(told)"))
                let left = try story.text("left/things.jsonl")
                try story.edit("right/things.csv", "11,Ada,999\n", edit)
                for _ in 0..<2 {
                    let now = try await story.run()
                    #expect(now == "things \(told)" || now == "things untouched")
                }
                #expect(try story.text("left/things.jsonl") == left)
                #expect(try story.text("right/things.csv") == "id,title,memo\n" + edit + "12,Bob,b\n")
            }
        }
    }

    @Test("a frozen record that is deleted is not deleted on the other side")
    func frozenThenGone() async throws {
        let story = try story("    deletes: propagate\n")
        try story.edit("jobs/crm.yaml", "left: things", #"left: {collection: things, filter: "record.keep == 'yes'"}"#)
        #expect(try await story.run() == "things nothing")
        try story.edit("left/things.jsonl", #""note":"111","keep":"yes""#, #""note":"111","keep":"no""#)
        #expect(try await story.run() == "things nothing")
        try story.edit("left/things.jsonl", #"{"id":1,"name":"Ada","note":"111","keep":"no"}"# + "\n", "")
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
        #expect(try story.text("right/things.csv") == "id,title,memo\n11,Ada,999\n12,Bob,b\n")
    }

    @Test("a record that is gone where deletes are ignored is written by no later run, and is counted")
    func goneAndEdited() async throws {
        let story = try story()
        try await story.run()
        try story.edit("left/things.jsonl", #"{"id":1,"name":"Ada","note":"111","keep":"yes"}"# + "\n", "")
        let told = "1 linked record is gone on the left, and its partner on the right stays (deletes: ignore)"
        #expect(try await story.run() == "things nothing")
        let untouched = try await story.reports(.run(accepting: nil))
        #expect(untouched.map { $0.gone?.sentences } == [[told]])
        try story.edit("right/things.csv", "11,Ada,999", "11,Zoe,999")
        #expect(try await story.plan() == "things nothing")
        #expect(try await story.run() == "things nothing")
        #expect(try story.held() == [])
        let status = try story.workspace().status(Selection([]), world: story.world)
        #expect(status.map { $0.gone?.counts } == [Sides(left: 1, right: 0)])
        #expect(status.map { $0.gone?.sentences } == [[told]])
        #expect(try await story.run() == "things untouched")
    }

    @Test("a write that is refused is tried again each time that it is due, though only the job file changed")
    func refused() async throws {
        var story = try story()
        try story.edit("left/things.jsonl", #""note":"111""#, #""note":"1\u0000""#)
        #expect(try await story.run() == "things nothing")
        try story.edit("jobs/crm.yaml", "- name <-> title", "- name <-> title\n      - note -> memo")
        for time in ["10:00", "10:05", "10:15"] {
            story.clock = "2026-11-21T\(time):00Z"
            #expect(try await story.reports(.run(accepting: nil)).map { $0.plan?.operations.count } == [1])
            #expect(try story.held() == ["failed 1=11 refused"])
        }
    }

    @Test("a doubt about an update outlives runs that pass its link over")
    func doubtOfFrozen() async throws {
        var story = try story("    conflicts: hold\n", fields: "      - note <-> memo\n")
        try story.edit("left/things.jsonl", "111", "999")
        #expect(try await story.run() == "things nothing")
        // The right file is replaced, and the process dies before it can say so.
        try story.edit("left/things.jsonl", #""note":"999""#, #""note":"L""#)
        let data = story.path + "/right"
        story.disk = Death { $0.kind == .syncFolder && $0.path.hasPrefix(data) }.disk
        _ = try await story.run()
        story.disk = Disk()
        #expect(try story.text("right/things.csv").contains("11,Ada,L"))
        try story.edit("left/things.jsonl", #""note":"L","keep":"yes""#, #""note":"L","keep":"no""#)
        try story.edit("jobs/crm.yaml", "left: things", #"left: {collection: things, filter: "record.keep == 'yes'"}"#)
        for _ in 0..<2 { _ = try await story.run() }
        // Back in scope, with an edit of its own: no conflict.
        try story.edit("left/things.jsonl", #""note":"L","keep":"no""#, #""note":"L2","keep":"yes""#)
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv").contains("11,Ada,L2"))
        #expect(try story.held() == [])
    }
}

/// Creates of which a run that was cut off did not learn whether they took effect.
struct DoubtfulCreateTests {
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            fields:
              - name <-> title
              - note <-> memo
        """

    /// The state after a run that was to make a record on a side and was cut off before it could.
    private func story(on side: Side) async throws -> Story {
        let left = #"{"id":1,"name":"Ada","note":"a"}"# + "\n"
        let right = "id,title,memo\n1,Ada,a\n"
        var story = try Story(Self.syncs, left: ["things": left], right: ["things": right])
        try await story.run()
        if side == .right {
            try story.write("left/things.jsonl", left + #"{"id":2,"name":"Bolt","note":"b"}"# + "\n")
        } else {
            try story.write("right/things.csv", right + "2,Bolt,b\n")
        }
        let journal = story.path + "/state/crm/things/runs/00000002"
        story.disk = Death { $0.kind == .sync && $0.path.hasPrefix(journal) }.disk
        _ = try? await story.run()
        story.disk = Disk()
        return story
    }

    private func add(_ story: Story, _ side: Side, _ name: String, _ note: String) throws {
        if side == .right {
            try story.write("right/things.csv", try story.text("right/things.csv") + "2,\(name),\(note)\n")
        } else {
            let line = #"{"id":2,"name":"\#(name)","note":"\#(note)"}"# + "\n"
            try story.write("left/things.jsonl", try story.text("left/things.jsonl") + line)
        }
    }

    private func names(_ story: Story) throws -> Sides<[String]> {
        Sides(
            left: try story.text("left/things.jsonl").split(separator: "\n").map { line in
                guard case .object(let object) = try JSON.parse(Array(line.utf8)) else { return "" }
                return [object["name"], object["note"]].map { $0?.text ?? "" }.joined(separator: ",")
            },
            right: try story.text("right/things.csv").split(separator: "\n").dropFirst().map { line in
                line.split(separator: ",").dropFirst().joined(separator: ",")
            })
    }

    @Test("someone else's record under the id of a create in doubt stays theirs", arguments: Side.allCases)
    func another(side: Side) async throws {
        let story = try await story(on: side)
        try add(story, side, "Zeta", "777")
        _ = try await story.run()
        let all = ["Ada,a", "Bolt,b", "Zeta,777"]
        #expect(try names(story).map { $0.sorted() } == Sides(left: all, right: all))
        #expect(try await story.run() == "things untouched")
    }

    @Test("the record that was made before the run was cut off is linked, and not made twice", arguments: Side.allCases)
    func ours(side: Side) async throws {
        let story = try await story(on: side)
        try add(story, side, "Bolt", "b")
        #expect(try await story.run() == "things nothing")
        let all = ["Ada,a", "Bolt,b"]
        #expect(try names(story) == Sides(left: all, right: all))
        #expect(try await story.run() == "things untouched")
    }

    @Test("where it cannot be told, both are held until someone settles it", arguments: Side.allCases)
    func unclear(side: Side) async throws {
        for end in ["b", "z"] {
            let story = try await story(on: side)
            try add(story, side, "Bolt", "other")
            for _ in 0..<3 {
                #expect(try await story.run() == "things nothing, held 1")
                #expect(try story.held() == ["held 2=2 create-in-doubt"])
            }
            let file = side == .right ? "right/things.csv" : "left/things.jsonl"
            try story.edit(file, "other", end)
            if end == "z" { try story.edit(file, "Bolt", "Zeta") }
            _ = try await story.run()
            let all = end == "b" ? ["Ada,a", "Bolt,b"] : ["Ada,a", "Bolt,b", "Zeta,z"]
            #expect(try names(story).map { $0.sorted() } == Sides(left: all, right: all))
            #expect(try story.held() == [])
            #expect(try await story.run() == "things untouched")
        }
    }
}

/// Lets everything pass up to one operation, which is still done, and refuses all after it.
private final class Death: Sendable {
    private let isLast: @Sendable (DiskOperation) -> Bool
    private let isDead = Mutex(false)

    init(after isLast: @escaping @Sendable (DiskOperation) -> Bool) { self.isLast = isLast }

    var disk: Disk {
        Disk { [self] operation throws(FileFailure) in
            let refuses = isDead.withLock { isDead in
                defer { isDead = isDead || isLast(operation) }
                return isDead
            }
            if refuses { throw FileFailure(operation.kind, operation.path, EIO) }
        }
    }
}
