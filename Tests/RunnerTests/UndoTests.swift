import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// What a run wrote is put back.
struct UndoTests {
    static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            deletes: propagate
            limits: {updates: 100%, deletes: 100%}
            fields:
              - name <-> title
              - note <-> memo
        """

    static let left = (1...9).map { #"{"id":\#($0), "name":"n\#($0)","note":"a","own":[\#($0)]}"# + "\n" }.joined()
    static let right = "id,title,memo,own\n" + (1...9).map { "\($0 + 100),n\($0),a,\"o\($0)\"\n" }.joined()

    /// Both sides in step; then records are edited, made and removed on both, and the run carries that over.
    static func story() async throws -> (story: Story, before: [String]) {
        let story = try Story(Self.syncs, left: ["things": left], right: ["things": right])
        try await story.run()
        try story.edit("left/things.jsonl", #""name":"n3","note":"a""#, #""name":"n3","note":"L""#)
        try story.edit("left/things.jsonl", #"{"id":5, "name":"n5","note":"a","own":[5]}"# + "\n", "")
        try story.write(
            "left/things.jsonl", try story.text("left/things.jsonl") + #"{"id":50,"name":"new L","note":"a"}"# + "\n")
        try story.edit("right/things.csv", "104,n4,a", "104,n4,R")
        try story.edit("right/things.csv", "106,n6,a,\"o6\"\n", "")
        try story.write("right/things.csv", try story.text("right/things.csv") + "150,new R,a,\n")
        // Both sides of one record, in different fields.
        try story.edit("left/things.jsonl", #""name":"n7","note":"a""#, #""name":"n7x","note":"a""#)
        try story.edit("right/things.csv", "107,n7,a", "107,n7,both")
        let before = try story.both()
        let told = try await story.run()
        #expect(told == "things left +1 ~2 -1, right +1 ~2 -1")
        return (story, before)
    }

    @Test("creates, updates and deletes on both sides are undone: both files are what they were, to the byte")
    func everything() async throws {
        let (story, before) = try await Self.story()
        let all = try story.everything()
        #expect(try await story.planUndo() == "things left +1 ~2 -1, right +1 ~2 -1")
        #expect(try story.everything() == all)
        #expect(try await story.undo() == "things left +1 ~2 -1, right +1 ~2 -1")
        #expect(try story.both() == before)
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
        #expect(try story.both() == before)
    }

    @Test("an undo is undone in its turn, and that again")
    func twice() async throws {
        let (story, before) = try await Self.story()
        let after = try story.both()
        try await story.undo()
        #expect(try await story.undo() == "things left +1 ~2 -1, right +1 ~2 -1")
        #expect(try story.both() == after)
        #expect(try await story.run() == "things nothing")
        // The links are there again: an edit goes over.
        try story.edit("left/things.jsonl", #""name":"new L","note":"a""#, #""name":"new L","note":"on""#)
        #expect(try await story.run() == "things right +0 ~1 -0")
        try story.edit("left/things.jsonl", #""name":"new L","note":"on""#, #""name":"new L","note":"a""#)
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.both() == after)
        #expect(try await story.undo("4") == "things left +1 ~2 -1, right +1 ~2 -1")
        #expect(try story.both() == before)
        #expect(try await story.run() == "things nothing")
    }

    @Test("a field edited since is left out and named, and everything else is put back")
    func editedField() async throws {
        let (story, before) = try await Self.story()
        try story.edit("right/things.csv", "103,n3,L", "103,n3,mine")
        #expect(
            try await story.undo()
                == #"things left +1 ~2 -1, right +1 ~1 -1; right 103 note <-> memo: it was edited since: the run wrote "L", and now it holds "mine""#
        )
        #expect(try story.text("left/things.jsonl") == before[0])
        #expect(try story.text("right/things.csv") == before[1].replacing("103,n3,a", with: "103,n3,mine"))
        // That edit is carried over, as any.
        #expect(try await story.run() == "things left +0 ~1 -0")
    }

    @Test("a record that was edited since it was made is left out and named, and keeps its link")
    func editedRecord() async throws {
        let (story, before) = try await Self.story()
        let right = try story.text("right/things.csv")
        try story.write("right/things.csv", right.replacing("new L,a", with: "new L,mine"))
        #expect(
            try await story.undo()
                == "things left +1 ~2 -1, right +1 ~2 -0; right 151: the record was edited since, and stays: note <-> memo"
        )
        #expect(try story.text("left/things.jsonl") == before[0])
        #expect(try await story.run() == "things left +0 ~1 -0")
        #expect(try story.text("left/things.jsonl").contains(#""name":"new L","note":"mine""#))
    }

    @Test("a record that was removed since is not made again by an undo of its create, nor deleted with its partner")
    func goneSince() async throws {
        let (story, _) = try await Self.story()
        let row = try #require(try story.text("right/things.csv").split(separator: "\n").first { $0.contains("new L") })
        try story.edit("right/things.csv", row + "\n", "")
        #expect(try await story.undo() == "things left +1 ~2 -1, right +1 ~2 -0")
        #expect(try await story.run() == "things left +0 ~0 -1")
    }

    @Test("an edit made since on the other side is carried over to what was put back")
    func editedSource() async throws {
        let (story, _) = try await Self.story()
        try story.edit("left/things.jsonl", #""name":"n3","note":"L""#, #""name":"n3","note":"L2""#)
        try await story.undo()
        #expect(try story.text("right/things.csv").contains("103,n3,a"))
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv").contains("103,n3,L2"))
    }

    @Test("what was passed over is made again once somebody edits it")
    func editedAfterwards() async throws {
        let (story, _) = try await Self.story()
        try await story.undo()
        try await story.run()
        try story.edit("left/things.jsonl", #""name":"new L","note":"a""#, #""name":"new L","note":"b""#)
        #expect(try await story.run() == "things right +1 ~0 -0")
        try story.edit("right/things.csv", "105,n5,a", "105,n5,b")
        #expect(try await story.run() == "things left +1 ~0 -0")
    }

    @Test("an undo that dies at any operation, and is made again after a run, ends in the same place")
    func death() async throws {
        let (undisturbed, before) = try await Self.story()
        let counter = Countdown(Int.max)
        var counted = undisturbed
        counted.disk = counter.disk
        try await counted.undo("2")
        #expect(try undisturbed.both() == before)
        let operations = counter.asked
        #expect(operations > 30)
        for number in 1...operations {
            var (story, _) = try await Self.story()
            let countdown = Countdown(number)
            story.disk = countdown.disk
            _ = try? await story.undo("2")
            story.disk = Disk()
            let place = "died at operation \(number) of \(operations): \(countdown.last ?? "")"
            let half = try story.both()
            _ = try await story.run()
            #expect(try story.both() == half, "a run changed what the undo left behind; \(place)")
            _ = try await story.undo("2")
            #expect(try story.both() == before, "\(place)")
            let first = try await story.run()
            #expect(first == "things nothing" || first == "things untouched", "\(place)")
            #expect(try await story.run() == "things untouched", "\(place)")
            #expect(try story.both() == before, "\(place)")
            #expect(try story.held() == [])
        }
    }
}
