import FileIO
import Model
import Runner
import TestKit
import Testing

/// Records that cannot be read, among others that can: they are told, none counts as gone, and the others go on.
@Suite("A record that cannot be read")
struct UnreadableRecordTests {
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            deletes: propagate
            limits: {deletes: 100%, read_drop: 100%}
            fields:
              - name <-> title
              - note <-> memo
        """

    private static func line(_ id: Int, _ note: String = "a") -> String {
        #"{"id":\#(id),"name":"n\#(id)","note":"\#(note)"}"# + "\n"
    }

    /// So many records, in step.
    private func story(_ count: Int = 5) async throws -> Story {
        let story = try Story(
            Self.syncs, left: ["things": (1...count).map { Self.line($0) }.joined()],
            right: ["things": "id,title,memo\n"])
        #expect(try await story.run() == "things right +\(count) ~0 -0")
        return story
    }

    private func reasons(_ story: Story) throws -> [String] {
        try story.workspace().status(Selection(), world: story.world).flatMap(\.held).map {
            $0.reason.replacing(story.path + "/", with: "")
        }
    }

    @Test("is held with its line, while others go on, and goes on itself once it is mended")
    func line() async throws {
        let story = try await story()
        try story.edit("left/things.jsonl", Self.line(2), #"{"id":2,"name":"n2""# + "\n")
        try story.edit("left/things.jsonl", Self.line(3), Self.line(3, "L"))
        #expect(try await story.run() == "things right +0 ~1 -0, held 1")
        #expect(try story.held() == ["held 2=2 malformed"])
        #expect(
            try reasons(story) == ["the left record cannot be read: left/things.jsonl:2:20: the text ends too early"])
        #expect(try story.text("right/things.csv") == "id,title,memo\n1,n1,a\n2,n2,a\n3,n3,L\n4,n4,a\n5,n5,a\n")
        #expect(try await story.run() == "things nothing, held 1")
        try story.edit("left/things.jsonl", #"{"id":2,"name":"n2""# + "\n", Self.line(2, "mended"))
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv").contains("2,n2,mended\n"))
        #expect(try await story.run() == "things untouched")
    }

    @Test("may be any of those that were not met: none of them is gone, until it can be read")
    func noneIsGone() async throws {
        let story = try await story()
        try story.edit("left/things.jsonl", Self.line(2), "what?\n")
        try story.edit("left/things.jsonl", Self.line(4), "")
        try story.edit("right/things.csv", "5,n5,a\n", "")
        #expect(try await story.run() == "things left +0 ~0 -1, held 1")
        #expect(try story.held() == ["held = malformed"])
        #expect(try story.text("right/things.csv") == "id,title,memo\n1,n1,a\n2,n2,a\n3,n3,a\n4,n4,a\n")
        #expect(try story.text("left/things.jsonl") == Self.line(1) + "what?\n" + Self.line(3))
        try story.edit("left/things.jsonl", "what?\n", Self.line(2))
        #expect(try await story.run() == "things right +0 ~0 -1")
        #expect(try story.text("right/things.csv") == "id,title,memo\n1,n1,a\n2,n2,a\n3,n3,a\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("leaves its partner as it is, whatever becomes of that meanwhile, and both are merged afterwards")
    func partner() async throws {
        let story = try await story()
        try story.edit("left/things.jsonl", Self.line(2), #"{"id":2,"name":"n2","note":L}"# + "\n")
        try story.edit("right/things.csv", "2,n2,a", "2,N2,a")
        #expect(try await story.run() == "things nothing, held 1")
        #expect(try story.held() == ["held 2=2 malformed"])
        try story.edit("left/things.jsonl", #""note":L"#, #""note":"L""#)
        #expect(try await story.run() == "things left +0 ~1 -0, right +0 ~1 -0")
        #expect(try story.text("left/things.jsonl").contains(#"{"id":2,"name":"N2","note":"L"}"#))
        #expect(try story.text("right/things.csv").contains("2,N2,L\n"))
        #expect(try await story.run() == "things untouched")
    }

    @Test(
        "may be the one that would be made beside it: nothing is made there, and what turns out to be there is paired")
    func noSecond() async throws {
        let story = try await story()
        try story.write("left/things.jsonl", try story.text("left/things.jsonl") + #"{"id":6,"name":"new"x}"# + "\n")
        try story.write("right/things.csv", try story.text("right/things.csv") + "77,new,b\n")
        try story.edit("left/things.jsonl", Self.line(1), Self.line(1, "L"))
        #expect(try await story.run() == "things right +0 ~1 -0, held 2")
        #expect(try story.held() == ["waiting =77 may-be-unread", "held 6= malformed"])
        #expect(
            try reasons(story)[0]
                == "it may be on the left already: a record there cannot be read. Nothing is made on the left until all can be"
        )
        try story.edit("left/things.jsonl", #""new"x}"#, #""new","note":"b"}"#)
        #expect(try await story.run() == "things nothing")
        #expect(try story.text("left/things.jsonl").split(separator: "\n").count == 6)
        #expect(try await story.run() == "things untouched")
    }

    @Test("in a CSV file is a row with too few or too many cells, or none for its id; it stays as it is")
    func row() async throws {
        let story = try await story()
        try story.edit("right/things.csv", "1,n1,a", "1,n1")
        try story.edit("right/things.csv", "2,n2,a", "2,n2,a,b")
        try story.edit("right/things.csv", "4,n4,a", ",n4,a")
        try story.edit("left/things.jsonl", Self.line(5), Self.line(5, "L"))
        // Three of five that cannot be read tell of a file that is wrong as a whole.
        let all =
            "things failed: right: \(story.path)/right/things.csv:2: the row has 2 cells, but the head names 3 columns"
        #expect(try await story.run() == all)
        try story.edit("right/things.csv", "1,n1", "1,n1,R")
        #expect(try await story.run() == "things left +0 ~1 -0, right +0 ~1 -0, held 2")
        #expect(try story.held() == ["held 2=2 malformed", "held = malformed"])
        #expect(
            try reasons(story) == [
                "the right record cannot be read: right/things.csv:3: the row has 4 cells, but the head names 3 columns",
                "the right record cannot be read: right/things.csv:5: the id in the column 'id' is empty",
            ])
        #expect(try story.text("right/things.csv") == "id,title,memo\n1,n1,R\n2,n2,a,b\n3,n3,a\n,n4,a\n5,n5,L\n")
        #expect(try story.text("left/things.jsonl").split(separator: "\n").count == 5)
    }

    @Test("makes a CSV file one that cannot be read where a quote is out of its place: it may hide other rows")
    func quote() async throws {
        let story = try await story()
        try story.edit("right/things.csv", "2,n2,a", "2,n\"2,a")
        #expect(
            try await story.run()
                == "things failed: right: \(story.path)/right/things.csv:3:4: a quote stands inside a cell without quotes"
        )
    }

    @Test("at the end of a file that was cut off says that what is missing behind it is not gone", arguments: 0..<3)
    func cutOff(cut: Int) async throws {
        let story = try await story(8)
        let whole = try story.text("left/things.jsonl")
        try story.write("left/things.jsonl", String(whole.dropLast(60 + cut * 10)))
        #expect(try await story.run() == "things nothing, held 1")
        #expect(try story.text("right/things.csv").split(separator: "\n").count == 9)
        try story.write("left/things.jsonl", whole)
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
    }

    @Test("is told by the plan as by the run, and a run that dies beside it loses nothing")
    func everyOperation() async throws {
        let counter = Countdown(Int.max)
        func edited() async throws -> Story {
            let story = try await story()
            try story.edit("left/things.jsonl", Self.line(2), "what?\n")
            try story.edit("left/things.jsonl", Self.line(3), Self.line(3, "L"))
            try story.edit("right/things.csv", "1,n1,a", "1,n1,R")
            return story
        }
        var counted = try await edited()
        #expect(try await counted.plan() == "things left +0 ~1 -0, right +0 ~1 -0, held 1")
        counted.disk = counter.disk
        #expect(try await counted.run() == "things left +0 ~1 -0, right +0 ~1 -0, held 1")
        let end = try [counted.text("left/things.jsonl"), counted.text("right/things.csv")]
        for number in 1...counter.asked {
            var story = try await edited()
            story.disk = Countdown(number).disk
            _ = try? await story.run()
            story.disk = Disk()
            _ = try await story.run()
            #expect(
                try [story.text("left/things.jsonl"), story.text("right/things.csv")] == end,
                "died at operation \(number)")
            try story.edit("left/things.jsonl", "what?\n", Self.line(2, "mended"))
            _ = try await story.run()
            #expect(try story.text("right/things.csv").contains("2,n2,mended\n"), "died at operation \(number)")
            #expect(try story.held() == [], "died at operation \(number)")
        }
    }
}
