import FileIO
import Synchronization
import TestKit
import Testing

/// Somebody else writes to a collection while a run is at work on it.
struct BusyFileTests {
    /// Both sides are in step, the left was edited, and so the run has one write to make on the right.
    private func story() async throws -> Story {
        let story = try Story(
            DeathTests.syncs, left: ["things": #"{"id":1,"name":"Ada","note":"a"}"# + "\n"],
            right: ["things": "id,title,memo\n11,Ada,a\n"])
        try await story.run()
        try story.edit("left/things.jsonl", #""note":"a""#, #""note":"L""#)
        return story
    }

    /// The story on a disk where the right file is written to when the run opens it in order to write: before that, or before it is
    /// read then. The run opens it as often as an undisturbed one, and in order to write last.
    private func disturbed(
        _ story: Story, at kind: DiskOperation.Kind, by content: String
    ) async throws -> (story: Story, done: Flag) {
        let name = "/right/things.csv"
        let counted = Mutex(0)
        var undisturbed = try await self.story()
        undisturbed.disk = Disk { operation throws(FileFailure) in
            if operation.kind == .open, operation.path.hasSuffix(name) { counted.withLock { $0 += 1 } }
        }
        try await undisturbed.run()
        let last = counted.withLock { $0 }
        let file = story.path + name
        let opened = Mutex(0)
        let done = Flag()
        var story = story
        story.disk = Disk { operation throws(FileFailure) in
            guard operation.path.hasSuffix(name) else { return }
            let count = opened.withLock { opened in
                if operation.kind == .open { opened += 1 }
                return opened
            }
            guard count == last, operation.kind == kind, done.set() else { return }
            // Under a name of its own, as another program would.
            let other = try Disk().openToAppend(file + ".other")
            try other.write(content)
            try other.flush()
            try Disk().rename(file + ".other", to: file)
        }
        return (story, done)
    }

    final class Flag: Sendable {
        private let flag = Mutex(false)

        var isSet: Bool { flag.withLock { $0 } }

        /// Whether it was not set before.
        @discardableResult
        func set() -> Bool {
            flag.withLock { flag in
                defer { flag = true }
                return !flag
            }
        }
    }

    @Test("a row that is added between the reading and the writing stands, and the next run reads it")
    func added() async throws {
        let story = try await story()
        let (busy, done) = try await disturbed(story, at: .open, by: "id,title,memo\n11,Ada,a\n14,Eve,e\n")
        #expect(try await busy.run() == "things right +0 ~1 -0")
        #expect(done.isSet)
        #expect(try story.text("right/things.csv") == "id,title,memo\n11,Ada,L\n14,Eve,e\n")
        #expect(try await story.run() == "things left +1 ~0 -0")
        #expect(try story.text("left/things.jsonl").contains(#""name":"Eve""#))
        #expect(try await story.run() == "things untouched")
    }

    @Test("a record that is edited between the reading and the writing is left alone, and merged at once")
    func edited() async throws {
        let story = try await story()
        let (busy, done) = try await disturbed(story, at: .open, by: "id,title,memo\n11,Ada L,a\n")
        #expect(try await busy.run() == "things left +0 ~1 -0, right +0 ~1 -0")
        #expect(done.isSet)
        #expect(try await story.run() == "things nothing")
        #expect(try story.text("right/things.csv") == "id,title,memo\n11,Ada L,L\n")
        #expect(try story.held() == [])
    }

    @Test(
        "a file that is replaced while it is written is left as it is, and the next run carries on from it",
        arguments: [DiskOperation.Kind.read, .sync, .rename])
    func replaced(kind: DiskOperation.Kind) async throws {
        let story = try await story()
        let content = "id,title,memo\n11,Ada,a\n14,Eve,e\n"
        let (busy, done) = try await disturbed(story, at: kind, by: content)
        #expect(try await busy.run().hasSuffix(", held 1"))
        #expect(done.isSet)
        #expect(try story.text("right/things.csv") == content)
        #expect(try await story.run() == "things left +1 ~0 -0, right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == "id,title,memo\n11,Ada,L\n14,Eve,e\n")
        #expect(try await story.run() == "things untouched")
    }
}
