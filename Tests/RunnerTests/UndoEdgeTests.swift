import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// What an undo leaves out, refuses and finds.
struct UndoEdgeTests {
    @Test(
        "a run is found by its name, its number, or as the last that wrote; and where several are meant, that is said")
    func finding() async throws {
        let story = try Story(
            """
            syncs:
              things: {left: things, right: things, match: name <-> title, fields: [name <-> title, note <-> memo]}
              parts: {left: parts, right: parts, match: name <-> title, fields: [name <-> title]}
            """,
            left: ["things": ResolveTests.left, "parts": #"{"id":1,"name":"p"}"# + "\n"],
            right: ["things": ResolveTests.right, "parts": "id,title\n"])
        try await story.run()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        try await story.run()
        try await story.resync()
        let finder = RunFinder(try story.workspace(), world: story.world)
        let things = SyncName(job: "crm", sync: "things")
        #expect(try finder.find("last", of: things).run == "00000002-20261121T100000")
        #expect(try finder.find("2", of: nil).sync == things)
        #expect(try finder.find("00000001-20261121T100000", of: things).run == "00000001-20261121T100000")
        func sentence(_ name: String, _ sync: SyncName?) -> String {
            do throws(SettleFailure) {
                return try finder.find(name, of: sync).run
            } catch {
                return error.sentence
            }
        }
        #expect(
            sentence("1", nil)
                == "several syncs have a run '1': name the one that is meant, as in 'crm/things 1'. They are crm/things, crm/parts"
        )
        #expect(sentence("17", things) == "crm/things has no run '17' with a log")
        #expect(sentence("0", nil) == "there is no run '0' with a log. Name its sync too: JOB/SYNC RUN")
        #expect(sentence("../../x", things) == "crm/things has no run '../../x' with a log")
        #expect(sentence("1", SyncName(job: "crm", sync: "none")) == "'crm/none' names no sync: write JOB/SYNC")
    }

    @Test("a record that is there again under its old id is left as it is, and named")
    func back() async throws {
        let (story, before) = try await UndoTests.story()
        try story.write("right/things.csv", try story.text("right/things.csv") + "105,other,a,\n")
        #expect(
            try await story.undo()
                == "things left +1 ~2 -1, right +0 ~2 -1; right 105: a record of this id is there again, and is not what was deleted"
        )
        #expect(try story.text("right/things.csv").contains("105,other,a,\n"))
        #expect(try story.text("left/things.jsonl") == before[0])
    }

    @Test("a record that was put back by hand is taken for what it is, and the rest is put back")
    func backByHand() async throws {
        let (story, before) = try await UndoTests.story()
        try story.write("right/things.csv", try story.text("right/things.csv") + "105,n5,a,\"o5\"\n")
        #expect(try await story.undo() == "things left +1 ~2 -1, right +0 ~2 -1")
        #expect(try story.text("left/things.jsonl") == before[0])
    }

    @Test("a field that the sync has no more, and a record that was unlinked, are left out and named")
    func notMapped() async throws {
        let story = try await ResolveTests.inStep()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"L1","note":"L""#)
        try story.edit("left/things.jsonl", #""name":"n2","note":"a""#, #""name":"n2","note":"L""#)
        try await story.run()
        try await story.unlink("2")
        try story.edit("jobs/crm.yaml", "      - note <-> memo\n", "      - note -> memo\n")
        #expect(
            try await story.undo()
                == "things right +0 ~1 -0; right 101 note <-> memo: the sync has no such field any more; right 102: the record has no link any more"
        )
        #expect(try story.text("right/things.csv").hasPrefix("id,title,memo\n101,n1,L\n102,n2,L\n"))
    }

    @Test("a record that is out of scope is put back, and nothing follows when it goes later")
    func outOfScope() async throws {
        let story = try await ResolveTests.inStep()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        try await story.run()
        try story.edit("jobs/crm.yaml", "left: things", #"left: {collection: things, filter: "record.note != 'L'"}"#)
        #expect(try await story.run() == "things nothing")
        #expect(try await story.undo() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv").contains("101,n1,a\n"))
        try story.edit("left/things.jsonl", #"{"id":1,"name":"n1","note":"L"}"# + "\n", "")
        #expect(try await story.run() == "things nothing")
        #expect(try story.text("right/things.csv").contains("101,n1,a\n"))
    }

    @Test("while it is not known what a run that died wrote, an undo waits for the next run")
    func inDoubt() async throws {
        var story = try await ResolveTests.inStep()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        let before = try story.everything()
        let counter = Countdown(Int.max)
        story.disk = counter.disk
        try await story.run()
        // Just before the new file takes the place of the old one.
        let number = try #require(
            counter.operations.firstIndex { $0.kind == .rename && $0.path.hasSuffix("things.csv") })
        story = try await ResolveTests.inStep()
        #expect(try story.everything().count == before.count)
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        story.disk = Countdown(number + 1).disk
        _ = try? await story.run()
        story.disk = Disk()
        #expect(
            try await story.refusal { try await $0.undo("2") }
                == "crm/things: a run was cut off, and of some of its writes it is not known whether they took effect. 'lockstep run crm/things' finds out; then ask again"
        )
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try await story.undo() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == ResolveTests.right)
    }

    /// Two servers in step, with an edit, a new record and a deleted one carried over from the left.
    private func servers(_ options: FakeOptions = FakeOptions()) async throws -> (Story, FakeServer, FakeServer) {
        let left = FakeServer(
            FakeOptions(), (1...3).map { ["id": .int($0), "name": .text("n\($0)"), "note": .text("a")] })
        let right = FakeServer(
            options,
            (1...3).map { ["id": .int($0), "title": .text("n\($0)"), "memo": .text("a"), "own": .text("x\($0)")] })
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                match: name <-> title
                deletes: propagate
                limits: {updates: 100%, deletes: 100%}
                fields: [id <-> id, name <-> title, note <-> memo]
            """, servers: ["desk/things": left, "shop/things": right])
        #expect(try await story.run() == "things nothing")
        left.edit(try #require(RecordID(.int(1)))) { $0["note"] = .text("L") }
        left.remove(try #require(RecordID(.int(2))))
        left.put(["id": .int(9), "name": .text("new"), "note": .text("b")])
        #expect(try await story.run() == "things right +1 ~1 -1")
        return (story, left, right)
    }

    @Test("on a server the records are what they were, with all that no field is mapped to")
    func server() async throws {
        let (story, _, right) = try await servers()
        #expect(try await story.undo() == "things right +1 ~1 -1")
        let byID = right.records.sorted { JSON.text($0["id"] ?? .null) < JSON.text($1["id"] ?? .null) }
        #expect(
            byID
                == (1...3).map {
                    ["id": .int($0), "title": .text("n\($0)"), "memo": .text("a"), "own": .text("x\($0)")]
                })
        #expect(try await story.run() == "things nothing")
        #expect(right.records.count == 3)
    }

    @Test("a record that somebody edits while the undo writes is left alone, and named")
    func movedMeanwhile() async throws {
        let (story, _, right) = try await servers()
        right.forgetCalls()
        let one = try #require(RecordID(.int(1)))
        right.meanwhile(at: 1, of: .write) { server in server.edit(one) { $0["own"] = .text("mine") } }
        #expect(
            try await story.undo()
                == "things right +1 ~0 -1; right 1: the right record changed while the run wrote. The next run looks again"
        )
        #expect(right[one]?["own"] == .text("mine"))
        #expect(right[one]?["memo"] == .text("L"))
        #expect(try await story.undo("2") == "things right +0 ~1 -0")
        #expect(right[one]?["memo"] == .text("a"))
        #expect(try await story.run() == "things nothing")
    }

    @Test("a record that the run wrote twice, because it moved meanwhile, gets what it held before both")
    func writtenTwice() async throws {
        let one = try #require(RecordID(.int(1)))
        let left = FakeServer(FakeOptions(), [["id": .int(1), "name": .text("n"), "note": .text("a")]])
        let right = FakeServer(FakeOptions(), [["id": .int(1), "title": .text("n"), "memo": .text("a")]])
        let story = try Story(
            "syncs:\n  things: {left: things, right: things, fields: [id <-> id, name <-> title, note <-> memo], match: id <-> id}",
            servers: ["desk/things": left, "shop/things": right])
        #expect(try await story.run() == "things nothing")
        left.edit(one) { $0["note"] = .text("L") }
        right.edit(one) { $0["title"] = .text("R") }
        right.forgetCalls()
        right.meanwhile(at: 1, of: .write) { server in server.edit(one) { $0["title"] = .text("R2") } }
        #expect(try await story.run() == "things left +0 ~2 -0, right +0 ~1 -0")
        #expect(left[one]?["name"] == .text("R2"))
        #expect(try await story.undo() == "things left +0 ~1 -0, right +0 ~1 -0")
        #expect(left[one]?["name"] == .text("n"))
        #expect(left[one]?["note"] == .text("L"))
        #expect(right[one]?["title"] == .text("R2"))
        #expect(right[one]?["memo"] == .text("a"))
        #expect(try await story.run() == "things nothing")
    }

    @Test("merged text and sums are put back on both sides, and merged no more; an undo of that merges them again")
    func merged() async throws {
        let left = #"{"id":1,"note":"a\nb\nc","stock":10}"# + "\n"
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                match: id <-> id
                fields:
                  - note <-> memo: {merge: text}
                  - stock <-> count: {type: int, merge: sum}
            """, left: ["things": left], right: ["things": "id,memo,count\n1,\"a\nb\nc\",10\n"])
        #expect(try await story.run() == "things nothing")
        try story.edit("left/things.jsonl", #""a\nb\nc","stock":10"#, #""A\nb\nc","stock":12"#)
        try story.edit("right/things.csv", "\"a\nb\nc\",10", "\"a\nb\nC\",15")
        let before = try story.both()
        #expect(try await story.run() == "things left +0 ~1 -0, right +0 ~1 -0")
        let after = try story.both()
        #expect(after[1] == "id,memo,count\n1,\"A\nb\nC\",17\n")
        #expect(try await story.undo() == "things left +0 ~1 -0, right +0 ~1 -0")
        #expect(try story.both() == before)
        #expect(try await story.run() == "things nothing")
        #expect(try await story.undo() == "things left +0 ~1 -0, right +0 ~1 -0")
        #expect(try story.both() == after)
        #expect(try await story.run() == "things nothing")
    }

    @Test("what a run wrote to records that it found under new ids is put back, and the links stay with the new ids")
    func linkedAnew() async throws {
        let story = try await ResolveTests.inStep()
        try story.edit("left/things.jsonl", #"{"id":1,"name":"n1","note":"a"}"#, #"{"id":71,"name":"n1","note":"L"}"#)
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try await story.undo() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == ResolveTests.right)
        #expect(try await story.run() == "things nothing")
        try story.edit("left/things.jsonl", #""id":71,"name":"n1","note":"L""#, #""id":71,"name":"n1","note":"on""#)
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv").contains("101,n1,on\n"))
    }

    @Test("a run that only remembered something has nothing to put back")
    func onlyRemembered() async throws {
        let story = try await ResolveTests.inStep()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"same""#)
        try story.edit("right/things.csv", "101,n1,a", "101,n1,same")
        #expect(try await story.run() == "things nothing")
        let before = try story.both()
        #expect(try await story.undo("2") == "things nothing")
        #expect(try story.both() == before)
    }

    @Test("a record that was made again, since it was deleted and edited, is taken back; and that is undone")
    func restored() async throws {
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                match: name <-> title
                deletes: propagate
                delete_vs_edit: restore
                limits: {deletes: 100%}
                fields: [name <-> title, note <-> memo]
            """, left: ["things": ResolveTests.left], right: ["things": ResolveTests.right])
        #expect(try await story.run() == "things nothing")
        try story.edit("right/things.csv", "102,n2,a\n", "")
        try story.edit("left/things.jsonl", #""name":"n2","note":"a""#, #""name":"n2","note":"L""#)
        let before = try story.both()
        #expect(try await story.run() == "things right +1 ~0 -0")
        let after = try story.both()
        #expect(try await story.undo() == "things right +0 ~0 -1")
        #expect(try story.both() == before)
        #expect(try await story.run() == "things nothing")
        #expect(try await story.undo() == "things right +1 ~0 -0")
        #expect(try story.both() == after)
        #expect(try await story.run() == "things nothing")
        try story.edit("left/things.jsonl", #""name":"n2","note":"L""#, #""name":"n2","note":"on""#)
        #expect(try await story.run() == "things right +0 ~1 -0")
    }
}
