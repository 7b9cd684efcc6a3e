import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// The power goes at every single thing that a run asks the disk to do, and takes with it what was not synced.
@Suite("A power cut", .serialized)
struct PowerCutTests {
    /// Nothing pairs records here: one that is made twice stays twice.
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            deletes: propagate
            fields: [name <-> title, note <-> memo]
        """

    private func story() async throws -> Story {
        let left = (1...5).map { #"{"id":\#($0),"name":"n\#($0)","note":"a"}"# + "\n" }.joined()
        var story = try Story(Self.syncs, left: ["things": left], right: ["things": "id,title,memo\n"])
        story.clock = Story.now
        #expect(try await story.run() == "things right +5 ~0 -0")
        // Every kind of write, on both sides.
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        try story.edit("left/things.jsonl", #"{"id":2,"name":"n2","note":"a"}"# + "\n", "")
        try story.write(
            "left/things.jsonl", try story.text("left/things.jsonl") + #"{"id":50,"name":"new L","note":"a"}"# + "\n")
        try story.edit("right/things.csv", "3,n3,a", "3,n3,R")
        try story.edit("right/things.csv", "4,n4,a\n", "")
        try story.write("right/things.csv", try story.text("right/things.csv") + "60,new R,a\n")
        return story
    }

    private func data(_ story: Story) throws -> [String] {
        [try story.text("left/things.jsonl"), try story.text("right/things.csv")]
    }

    @Test("whenever it comes, the next run ends in the same place", arguments: PowerCut.Names.allCases)
    func everyOperation(names: PowerCut.Names) async throws {
        var counted = try await story()
        let counter = try PowerCut(counted.path, at: .max)
        counted.disk = counter.disk
        #expect(try await counted.run() == "things left +1 ~1 -1, right +1 ~1 -1")
        let end = try data(counted)
        #expect(counter.asked > 50)
        for number in 1...counter.asked {
            var story = try await story()
            let power = try PowerCut(story.path, at: number)
            story.disk = power.disk
            _ = try? await story.run()
            story.disk = Disk()
            try power.cut(names)
            _ = try await story.run()
            #expect(try data(story) == end, "at operation \(number), \(power.last)")
            let after = try await story.run()
            #expect(after == "things untouched", "at operation \(number), \(power.last)")
        }
    }
}
