import FileIO
import Model
import Runner
import TestKit
import Testing

/// Conflicts that a person settles by taking a side.
struct ResolveTests {
    static func syncs(_ more: String = "") -> String {
        """
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
            \(more)
        """
    }

    static let left = (1...4).map { #"{"id":\#($0),"name":"n\#($0)","note":"a"}"# + "\n" }.joined()
    static let right = "id,title,memo\n" + (1...4).map { "\($0 + 100),n\($0),a\n" }.joined()

    static func inStep(_ more: String = "") async throws -> Story {
        let story = try Story(syncs(more), left: ["things": left], right: ["things": right])
        try await story.run()
        return story
    }

    /// Notes and names of the first record, and notes of the second, differ.
    static func inConflict() async throws -> Story {
        let story = try await inStep()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"L1","note":"L""#)
        try story.edit("right/things.csv", "101,n1,a", "101,R1,R")
        try story.edit("left/things.jsonl", #""name":"n2","note":"a""#, #""name":"n2","note":"L""#)
        try story.edit("right/things.csv", "102,n2,a", "102,n2,R")
        #expect(try await story.run() == "things nothing, held 3")
        return story
    }

    @Test("a side's values are taken, and the next run carries them over", arguments: Side.allCases)
    func takes(_ side: Side) async throws {
        let story = try await Self.inConflict()
        let before = try story.both()
        let other = side.other
        let (name, memo) = side == .left ? ("title", "memo") : ("name", "note")
        let (id, id2) = side == .left ? ("101", "102") : ("1", "2")
        let value = side == .left ? "L" : "R"
        #expect(
            try await story.resolve(["left:1", "right:102"], taking: side)
                == #"1=101 name <-> title note <-> memo; 2=102 note <-> memo; next update \#(other) \#(id) \#(name)="\#(value)1" \#(memo)="\#(value)"; next update \#(other) \#(id2) \#(memo)="\#(value)""#
        )
        #expect(try story.both() == before)
        #expect(try await story.run() == "things \(other) +0 ~2 -0")
        #expect(
            try story.text("right/things.csv").hasPrefix("id,title,memo\n101,\(value)1,\(value)\n102,n2,\(value)\n"))
        #expect(try story.text("left/things.jsonl").hasPrefix(#"{"id":1,"name":"\#(value)1","note":"\#(value)"}"#))
        #expect(try await story.run() == "things untouched")
        #expect(try story.held() == [])
    }

    @Test("who takes the other side before the next run has it so", arguments: Side.allCases)
    func changesMind(_ side: Side) async throws {
        let story = try await Self.inConflict()
        try await story.resolve(taking: side.other)
        let told = try await story.resolve(["2"], taking: side)
        #expect(told.hasPrefix("2=102 note <-> memo; next update \(side.other) "))
        #expect(try await story.resolve(["2"], taking: side) == "left 2=102: it is in no conflict")
        try await story.run()
        #expect(try story.text("right/things.csv").contains("102,n2,\(side == .left ? "L" : "R")\n"))
        #expect(try await story.run() == "things untouched")
    }

    @Test("one field of one record is settled, and the rest stays held")
    func field() async throws {
        let story = try await Self.inConflict()
        #expect(
            try await story.resolve(["1"], taking: .right, field: "memo")
                == #"1=101 note <-> memo; next update left 1 note="R"; hold 1=101 conflict"#)
        #expect(try await story.run() == "things left +0 ~1 -0, held 2")
        #expect(try await story.run() == "things nothing, held 2")
    }

    @Test("all conflicts are settled together, also those of a first meeting")
    func all() async throws {
        let left = Self.left.replacing(#""name":"n3","note":"a""#, with: #""name":"n3","note":"L""#)
        let story = try Story(Self.syncs(), left: ["things": left], right: ["things": Self.right])
        #expect(try await story.run() == "things nothing, held 1")
        try story.edit("left/things.jsonl", #""name":"n2","note":"a""#, #""name":"n2","note":"L""#)
        try story.edit("right/things.csv", "102,n2,a", "102,n2,R")
        #expect(
            try await story.resolve(taking: .left)
                == #"2=102 note <-> memo; 3=103 note <-> memo; next update right 102 memo="L"; next update right 103 memo="L""#
        )
        #expect(try await story.run() == "things right +0 ~2 -0")
        #expect(try await story.run() == "things untouched")
    }

    @Test("an edit between a resolve and the next run is carried, or a conflict again", arguments: Side.allCases)
    func editsInBetween(_ side: Side) async throws {
        let story = try await Self.inConflict()
        try await story.resolve(taking: .left)
        if side == .left {
            try story.edit("left/things.jsonl", #""name":"n2","note":"L""#, #""name":"n2","note":"L2""#)
            #expect(try await story.run() == "things right +0 ~2 -0")
            #expect(try story.text("right/things.csv").contains("102,n2,L2\n"))
        } else {
            try story.edit("right/things.csv", "102,n2,R", "102,n2,R2")
            #expect(try await story.run() == "things right +0 ~1 -0, held 1")
            #expect(try story.held() == ["conflict 2=102 conflict"])
            #expect(try story.text("right/things.csv").contains("102,n2,R2\n"))
        }
    }

    /// Gone from one side, edited on the other.
    private func deletedAndEdited(_ deleted: Side) async throws -> Story {
        let story = try await Self.inStep()
        if deleted == .left {
            try story.edit("left/things.jsonl", #"{"id":3,"name":"n3","note":"a"}"# + "\n", "")
            try story.edit("right/things.csv", "103,n3,a", "103,n3,R")
        } else {
            try story.edit("right/things.csv", "103,n3,a\n", "")
            try story.edit("left/things.jsonl", #""name":"n3","note":"a""#, #""name":"n3","note":"L""#)
        }
        #expect(try await story.run() == "things nothing, held 1")
        return story
    }

    @Test(
        "taking the side that deleted a record deletes it on the other, unless it is edited again",
        arguments: Side.allCases)
    func takesDelete(_ deleted: Side) async throws {
        for isEdited in [false, true] {
            let story = try await deletedAndEdited(deleted)
            let told = try await story.resolve(["3"].map { deleted == .left ? "right:103" : $0 }, taking: deleted)
            #expect(told.hasPrefix("3=103; next delete \(deleted.other) \(deleted == .left ? "103" : "3")"))
            if isEdited {
                if deleted == .left {
                    try story.edit("right/things.csv", "103,n3,R", "103,n3,R2")
                } else {
                    try story.edit("left/things.jsonl", #""name":"n3","note":"L""#, #""name":"n3","note":"L2""#)
                }
                #expect(try await story.run() == "things nothing, held 1")
            } else {
                #expect(try await story.run() == "things \(deleted.other) +0 ~0 -1")
                #expect(try await story.run() == "things untouched")
            }
        }
    }

    @Test("taking the side that edited a record makes it again on the other", arguments: Side.allCases)
    func takesEdit(_ deleted: Side) async throws {
        let story = try await deletedAndEdited(deleted)
        let told = try await story.resolve(["left:3"], taking: deleted.other)
        #expect(told.hasPrefix("3=103; next create \(deleted) "))
        #expect(try await story.run() == "things \(deleted) +1 ~0 -0")
        #expect(try await story.run() == "things untouched")
        #expect(try story.text("right/things.csv").contains(",n3,\(deleted == .left ? "R" : "L")\n"))
    }

    @Test("where nothing new may be made, a deleted record is not put back, and that is said")
    func takesEditInVain() async throws {
        let story = try await Self.inStep("creates: none")
        try story.edit("left/things.jsonl", #"{"id":3,"name":"n3","note":"a"}"# + "\n", "")
        try story.edit("right/things.csv", "103,n3,a", "103,n3,R")
        try await story.run()
        #expect(
            try await story.resolve(["left:3"], taking: .right)
                == "left 3=103: no new record may be made on the left, so that it cannot be put back")
        #expect(try await story.run() == "things nothing, held 1")
    }

    @Test("what is in no conflict, or is no record, is told, and nothing is written")
    func nothingToSettle() async throws {
        let story = try await Self.inStep()
        let before = try story.everything().filter { !$0.key.hasSuffix("/lock") }
        #expect(try await story.resolve(["left:1"], taking: .left) == "left 1=101: it is in no conflict")
        #expect(try await story.resolve(taking: .left) == "")
        #expect(
            try await story.refusal { try await $0.resolve(["9"], taking: .left) }
                == "crm/things has no link of a record '9'")
        #expect(
            try await story.refusal { try await $0.resolve(["1"], taking: .left, field: "size") }
                == "crm/things has no field 'size'")
        #expect(try story.everything().filter { !$0.key.hasSuffix("/lock") } == before)
    }

    @Test("an id that both sides use for different records has to be told apart")
    func ambiguous() async throws {
        let story = try Story(
            Self.syncs(),
            left: ["things": #"{"id":1,"name":"A","note":"a"}"# + "\n" + #"{"id":2,"name":"B","note":"a"}"# + "\n"],
            right: ["things": "id,title,memo\n1,B,a\n2,A,a\n"])
        try await story.run()
        #expect(
            try await story.refusal { try await $0.resolve(["1"], taking: .left) }
                == "'1' names two records of crm/things: 'left:1', linked with right 2, and 'right:1', linked with left 2. Say which"
        )
        #expect(try await story.resolve(["right:1"], taking: .left) == "left 2=1: it is in no conflict")
    }

    @Test("a resolve that dies at any operation leaves each record held or resolved, and is made again")
    func death() async throws {
        let counter = Countdown(Int.max)
        var counted = try await Self.inConflict()
        counted.disk = counter.disk
        try await counted.resolve(taking: .left)
        for number in 1...counter.asked {
            var story = try await Self.inConflict()
            let before = try story.both()
            story.disk = Countdown(number).disk
            _ = try? await story.resolve(taking: .left)
            story.disk = Disk()
            #expect(try story.both() == before)
            try await story.resolve(taking: .left)
            #expect(try await story.run() == "things right +0 ~2 -0", "died at operation \(number)")
            #expect(try await story.run() == "things untouched", "died at operation \(number)")
            #expect(try story.text("right/things.csv").hasPrefix("id,title,memo\n101,L1,L\n102,n2,L\n"))
        }
    }
}
