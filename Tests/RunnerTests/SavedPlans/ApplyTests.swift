import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

@Suite("What is written of a saved plan, and what is left out")
struct ApplyTests {
    static let syncs = """
        syncs:
          things:
            left: {collection: things, filter: 'note != "hidden"'}
            right: things
            match: name <-> title
            deletes: propagate
            limits: {updates: 100%, deletes: 100%}
            fields:
              - name <-> title
              - note <-> memo
        """

    /// Twelve pairs in step, and then edited so that every kind of write is planned on both sides.
    func edited() async throws -> Story {
        let left = (1...12).map { #"{"id":\#($0),"name":"n\#($0)","note":"a"}"# + "\n" }.joined()
        let right = "id,title,memo\n" + (1...12).map { "\($0 + 100),n\($0),a\n" }.joined()
        let story = try Story(Self.syncs, left: ["things": left], right: ["things": right])
        #expect(try await story.run() == "things nothing")
        try story.edit("left/things.jsonl", #""name":"n3","note":"a""#, #""name":"n3","note":"L""#)
        try story.edit("left/things.jsonl", #"{"id":5,"name":"n5","note":"a"}"# + "\n", "")
        try story.edit("right/things.csv", "104,n4,a", "104,n4,R")
        try story.edit("right/things.csv", "106,n6,a\n", "")
        try story.edit("left/things.jsonl", #""name":"n7","note":"a""#, #""name":"n7x","note":"a""#)
        try story.edit("right/things.csv", "107,n7,a", "107,n7,both")
        try append(story, "left/things.jsonl", #"{"id":50,"name":"new L","note":"a"}"#)
        try append(story, "left/things.jsonl", #"{"id":51,"name":"newer L","note":"a"}"#)
        try append(story, "right/things.csv", "150,new R,a")
        return story
    }

    private func append(_ story: Story, _ file: String, _ line: String) throws {
        try story.write(file, try story.text(file) + line + "\n")
    }

    private let whole = "things left +1 ~2 -1, right +2 ~2 -1"

    @Test("of a plan that is not stale all is written, as a run would, and a second time nothing")
    func fresh() async throws {
        let (story, twin) = (try await edited(), try await edited())
        let plan = try await story.savedPlan()
        #expect(plan.syncs.first?.writes.count == 9)
        #expect(try await story.apply(plan) == whole)
        #expect(try await twin.run() == whole)
        #expect(try story.data() == twin.data())
        let applied = try await story.applying(plan)()
        #expect(applied.first?.written.left.total == 0 && applied.first?.written.right.total == 0)
        #expect(applied.first?.leftOut.map(\.cause) == Array(repeating: .done, count: 9))
        #expect(try story.data() == twin.data())
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
    }

    @Test("what came up after the plan is left to the next run")
    func news() async throws {
        let story = try await edited()
        let plan = try await story.savedPlan()
        try story.edit("left/things.jsonl", #""name":"n9","note":"a""#, #""name":"n9","note":"later""#)
        try append(story, "left/things.jsonl", #"{"id":49,"name":"later L","note":"a"}"#)
        #expect(try await story.apply(plan) == whole)
        #expect(try !story.text("right/things.csv").contains("later"))
        #expect(try await story.run() == "things right +1 ~1 -0")
        #expect(try await story.run() == "things untouched")
    }

    @Test("a record that has moved since is left out by name, and all others are written")
    func stale() async throws {
        let story = try await edited()
        let plan = try await story.savedPlan()
        // The source of an update, its target, the source of a create, and the record that was to be deleted.
        try story.edit("left/things.jsonl", #""name":"n3","note":"L""#, #""name":"n3","note":"L2""#)
        try story.edit("left/things.jsonl", #""name":"n4","note":"a""#, #""name":"n4 edited","note":"a""#)
        try story.edit("left/things.jsonl", #"{"id":50,"name":"new L","note":"a"}"# + "\n", "")
        try story.edit("right/things.csv", "105,n5,a", "105,n5,kept")
        let told = try await story.apply(plan)
        #expect(
            told == """
                things left +1 ~1 -1, right +1 ~1 -0; \
                not create right 151 (gone: left 50 is gone); \
                not update right 103 (changed: left 3 was changed since); \
                not update left 4 (changed: left 4 was changed since); \
                not delete right 105 (changed: right 105 was changed since)
                """)
        let right = try story.text("right/things.csv")
        // The new record has the id that was shown for it, though the one before it was not made.
        #expect(right.contains("152,newer L,a\n") && !right.contains("151,"))
        #expect(right.contains("103,n3,a\n") && right.contains("105,n5,kept\n"))
        // The rest of it is for the next run.
        #expect(try await story.run() == "things left +0 ~1 -0, right +0 ~2 -0, held 1")
    }

    @Test("a source that left the scope since is told so")
    func scope() async throws {
        let story = try await edited()
        let plan = try await story.savedPlan()
        try story.edit("left/things.jsonl", #""name":"n3","note":"L""#, #""name":"n3","note":"hidden""#)
        let told = try await story.apply(plan)
        #expect(told.hasSuffix("; not update right 103 (out-of-scope: left 3 has left the scope)"))
    }

    @Test("where another record took the id that was shown for a new one, the write is left out")
    func takenID() async throws {
        let story = try await edited()
        let plan = try await story.savedPlan()
        try append(story, "right/things.csv", "151,another,a")
        let told = try await story.apply(plan)
        #expect(
            told
                == "things left +1 ~2 -1, right +1 ~2 -1; not create right 151 (taken: right 151 is another record by now)"
        )
        #expect(try story.text("right/things.csv").contains("152,newer L,a\n"))
    }

    @Test("a link that ended since takes its writes with it")
    func unlinked() async throws {
        let story = try await edited()
        let plan = try await story.savedPlan()
        _ = try await story.unlink("left:3")
        let told = try await story.apply(plan)
        #expect(
            told.hasSuffix("; not update right 103 (link: right 103 and left 3 are linked no longer)"), "\(told)")
    }

    @Test("of a first meeting the pairs that are written to are linked, and no others")
    func firstRun() async throws {
        let syncs = Self.syncs.replacing("match:", with: "first_values: left\n    match:")
        let story = try Story(
            syncs, left: ["things": (1...3).map { #"{"id":\#($0),"name":"n\#($0)","note":"L"}"# + "\n" }.joined()],
            right: ["things": "id,title,memo\n101,n1,R\n102,n2,L\n"])
        let plan = try await story.savedPlan()
        #expect(try await story.apply(plan) == "things right +1 ~1 -0")
        #expect(try story.text("right/things.csv") == "id,title,memo\n101,n1,L\n102,n2,L\n103,n3,L\n")
        #expect(try await story.plan() == "things nothing")
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
    }

    @Test("for each number of records that moved, those and no others are left out")
    func someOfMany() async throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<25 {
            let count = 20
            let left = (1...count).map { #"{"id":\#($0),"name":"n\#($0)","note":"a"}"# + "\n" }.joined()
            let right = "id,title,memo\n" + (1...count).map { "\($0 + 100),n\($0),a\n" }.joined()
            let story = try Story(Self.syncs, left: ["things": left], right: ["things": right])
            try await story.run()
            try story.write("left/things.jsonl", left.replacing(#""note":"a""#, with: #""note":"b""#))
            let plan = try await story.savedPlan()
            #expect(plan.syncs.first?.writes.count == count)
            var moved: [Int] = []
            for number in 1...count where random.below(3) == 0 {
                moved.append(number)
                if random.below(2) == 0 {
                    try story.edit(
                        "left/things.jsonl", #""name":"n\#(number)","note":"b""#, #""name":"n\#(number)","note":"c""#)
                } else {
                    try story.edit(
                        "right/things.csv", "\n\(number + 100),n\(number),a", "\n\(number + 100),n\(number),z")
                }
            }
            let reports = try await story.applying(plan)()
            let report = try #require(reports.first)
            #expect(report.written.right.updates == count - moved.count)
            #expect(report.leftOut.map { $0.ids.left } == moved.map { "\($0)" })
            let rows = try story.text("right/things.csv").split(separator: "\n").dropFirst()
            #expect(rows.count { $0.hasSuffix(",b") } == count - moved.count)
        }
    }

    @Test("an undo of it puts everything back")
    func undone() async throws {
        let story = try await edited()
        let before = try story.text("right/things.csv").split(separator: "\n").sorted()
        let plan = try await story.savedPlan()
        try await story.apply(plan)
        _ = try await story.undo()
        #expect(try story.text("right/things.csv").split(separator: "\n").sorted() == before)
    }
}
