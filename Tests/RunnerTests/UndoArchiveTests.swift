import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// Records that a run archived are what they were, and stay so.
struct UndoArchiveTests {
    static let syncs = """
        syncs:
          things:
            left: {collection: things, filter: "queue == 'ours'"}
            right: things
            fields:
              - name <-> title
              - state <-> state
            deletes: archive
            out_of_scope: archive
            limits: {updates: 100%}
            archive: {left: {off: true}, right: {state: done, memo: "kept"}}
        """

    private static func thing(_ id: Int, queue: String = "ours", name: String? = nil) -> String {
        #"{"id":\#(id),"name":"\#(name ?? "n\(id)")","queue":"\#(queue)","state":"open"}"# + "\n"
    }

    private static let archived = "id,title,state,memo\n1,n1,done,kept\n2,n2,done,kept\n3,n3,open,c\n"
    private static let former = "id,title,state,memo\n1,n1,open,a\n2,n2,open,b\n3,n3,open,c\n"

    /// Three records in step; then the first is deleted and the second leaves the scope, and the run archives what they had as partners.
    static func story() async throws -> Story {
        let story = try Story(
            syncs + "\n    match: id <-> id\n",
            left: ["things": (1...3).map { thing($0) }.joined()], right: ["things": former])
        #expect(try await story.run() == "things nothing")
        try story.write("left/things.jsonl", thing(2, queue: "theirs") + thing(3))
        #expect(try await story.run() == "things right +0 ~2 -0")
        #expect(try story.text("right/things.csv") == archived)
        return story
    }

    @Test("what was archived is what it was, in mapped fields and others, and no later run archives it again")
    func putBack() async throws {
        let story = try await Self.story()
        let all = try story.everything()
        #expect(try await story.planUndo() == "things right +0 ~2 -0")
        #expect(try story.everything() == all)
        #expect(try await story.undo() == "things right +0 ~2 -0")
        #expect(try story.text("right/things.csv") == Self.former)
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
        #expect(try await story.undo("2") == "things nothing")
        #expect(try story.text("right/things.csv") == Self.former)
        // The link goes on: what comes back is merged with what it was.
        try story.write("left/things.jsonl", Self.thing(1) + Self.thing(2, name: "back") + Self.thing(3))
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == Self.former.replacing("n2", with: "back"))
        #expect(try await story.run() == "things untouched")
    }

    @Test("an undo of that undo archives the records again, and that is undone too")
    func twice() async throws {
        let story = try await Self.story()
        try await story.undo()
        #expect(try await story.undo() == "things right +0 ~2 -0")
        #expect(try story.text("right/things.csv") == Self.archived)
        #expect(try await story.run() == "things nothing")
        #expect(try await story.undo() == "things right +0 ~2 -0")
        #expect(try story.text("right/things.csv") == Self.former)
        #expect(try await story.undo() == "things right +0 ~2 -0")
        // What archiving set is owed, as if a run had done it: the partner, when it is back, is news.
        try story.write("left/things.jsonl", (1...3).map { Self.thing($0) }.joined())
        #expect(try await story.run() == "things right +0 ~2 -0")
        #expect(try story.text("right/things.csv") == Self.archived.replacing("done", with: "open"))
    }

    @Test("a field that was edited since is left out and named, with what the run set it to")
    func edited() async throws {
        let story = try await Self.story()
        try story.edit("right/things.csv", "1,n1,done,kept", "1,n1,done,mine")
        try story.edit("right/things.csv", "2,n2,done,kept", "2,n2,waits,kept")
        #expect(
            try await story.undo()
                == #"things right +0 ~2 -0; right 1 memo: it was edited since: the run wrote "kept", and now it holds "mine"; right 2 state: it was edited since: the run wrote "done", and now it holds "waits""#
        )
        #expect(
            try story.text("right/things.csv") == "id,title,state,memo\n1,n1,open,mine\n2,n2,waits,b\n3,n3,open,c\n")
        #expect(try await story.run() == "things nothing")
    }

    @Test("a job file that archives in another way since changes nothing of that")
    func changedJob() async throws {
        let story = try await Self.story()
        try story.edit("jobs/crm.yaml", #"right: {state: done, memo: "kept"}"#, "right: {state: gone}")
        #expect(try await story.undo() == "things right +0 ~2 -0")
        #expect(try story.text("right/things.csv") == Self.former)
    }

    @Test("an edit from before the archiving is put back too, and the record stays as it is")
    func earlierRun() async throws {
        let story = try Story(
            Self.syncs + "\n    match: id <-> id\n", left: ["things": Self.thing(1)],
            right: ["things": "id,title,state,memo\n1,n1,open,a\n"])
        try await story.run()
        try story.edit("left/things.jsonl", "n1", "new")
        #expect(try await story.run() == "things right +0 ~1 -0")
        try story.write("left/things.jsonl", "")
        #expect(try await story.run(accepting: nil).hasPrefix("things brake"))
        let digest = try #require(try await story.reports(.plan).first?.plan?.digest)
        #expect(try await story.run(accepting: digest) == "things right +0 ~1 -0")
        #expect(try await story.undo("2") == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == "id,title,state,memo\n1,n1,done,kept\n")
        #expect(try await story.undo("4") == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == "id,title,state,memo\n1,n1,open,a\n")
    }

    @Test("an undo that dies at any operation stands still in the next run, and is made whole by another")
    func death() async throws {
        let counter = Countdown(Int.max)
        var counted = try await Self.story()
        counted.disk = counter.disk
        try await counted.undo("2")
        let operations = counter.asked
        #expect(operations > 10)
        for number in 1...operations {
            var story = try await Self.story()
            let countdown = Countdown(number)
            story.disk = countdown.disk
            _ = try? await story.undo("2")
            story.disk = Disk()
            let place = "died at operation \(number) of \(operations): \(countdown.last ?? "")"
            let half = try story.text("right/things.csv")
            _ = try await story.run()
            #expect(try story.text("right/things.csv") == half, "a run changed what the undo left behind; \(place)")
            _ = try await story.undo("2")
            #expect(try story.text("right/things.csv") == Self.former, "\(place)")
            _ = try await story.run()
            #expect(try await story.run() == "things untouched", "\(place)")
            #expect(try story.text("right/things.csv") == Self.former, "\(place)")
        }
    }
}
