import FileIO
import Synchronization
import TestKit
import Testing

/// A merge writes both sides; whatever happens between, no edit is lost and none counts twice.
struct MergedWritesTests {
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            fields:
              - name <-> title
              - stock <-> count: {type: int, merge: sum}
        """

    /// Both sides held 10; the left took 2 more, and the right 3.
    private func story() async throws -> Story {
        let story = try Story(
            Self.syncs, left: ["things": #"{"id":1,"name":"Ada","stock":10}"# + "\n"],
            right: ["things": "id,title,count\n11,Ada,10\n"])
        try await story.run()
        try story.edit("left/things.jsonl", #""stock":10"#, #""stock":12"#)
        try story.edit("right/things.csv", "Ada,10", "Ada,13")
        return story
    }

    private func expect(_ story: Story, _ sum: Int, _ comment: String = "") throws {
        #expect(try story.text("left/things.jsonl").contains("\"stock\":\(sum)}"), "\(comment)")
        #expect(try story.text("right/things.csv").hasSuffix("Ada,\(sum)\n"), "\(comment)")
    }

    @Test("both sides get both")
    func both() async throws {
        let story = try await story()
        #expect(try await story.run() == "things left +0 ~1 -0, right +0 ~1 -0")
        try expect(story, 15)
        #expect(try await story.run() == "things untouched")
    }

    @Test("a run that dies at any operation, and is run again, adds each difference once")
    func death() async throws {
        let counter = Countdown(Int.max)
        var counted = try await story()
        counted.disk = counter.disk
        try await counted.run()
        for number in 1...counter.asked {
            var story = try await story()
            story.disk = Countdown(number).disk
            _ = try? await story.run()
            story.disk = Disk()
            _ = try await story.run()
            try expect(story, 15, "died at operation \(number)")
            #expect(try await story.run() == "things untouched", "died at operation \(number)")
        }
    }

    @Test("a side whose write fails gets it later, with what was edited there meanwhile", arguments: ["left", "right"])
    func oneFails(side: String) async throws {
        let story = try await story()
        let file = story.path + (side == "left" ? "/left/things.jsonl" : "/right/things.csv")
        let done = Mutex(false)
        var busy = story
        busy.disk = Disk { operation throws(FileFailure) in
            guard operation.kind == .rename, operation.path.hasPrefix(file) else { return }
            let isFirst = done.withLock { done in
                defer { done = true }
                return !done
            }
            guard isFirst, let bytes = try Disk().readIfPresent(file) else { return }
            let text = String(decoding: bytes, as: UTF8.self)
            let edited = side == "left" ? text.replacing("12", with: "13") : text.replacing("13", with: "14")
            // Under a name of its own, as another program would.
            let other = try Disk().openToAppend(file + ".other")
            try other.write(edited)
            try other.flush()
            try Disk().rename(file + ".other", to: file)
        }
        _ = try await busy.run()
        #expect(done.withLock { $0 })
        _ = try await story.run()
        try expect(story, 16)
        #expect(try await story.run() == "things untouched")
    }
}
