import FileIO
import Glibc
import Model
import Runner
import Synchronization
import TestKit
import Testing
import Values

/// A run dies at every single thing that it asks the disk to do; the next run ends where it would have ended.
@Suite(.serialized)
struct DeathTests {
    static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            deletes: propagate
            fields:
              - name <-> title
              - note <-> memo
        """

    static let left = (1...8).map { #"{"id":\#($0),"name":"n\#($0)","note":"a"}"# + "\n" }.joined()
    static let right = "id,title,memo\n" + (3...10).map { "\($0 + 100),n\($0),a\n" }.joined()

    /// Updates, creates and deletes on both sides.
    private func edit(_ story: Story) throws {
        try story.edit("left/things.jsonl", #""name":"n3","note":"a""#, #""name":"n3","note":"L""#)
        try story.edit("left/things.jsonl", #"{"id":5,"name":"n5","note":"a"}"# + "\n", "")
        try story.write(
            "left/things.jsonl", try story.text("left/things.jsonl") + #"{"id":50,"name":"new L","note":"a"}"# + "\n")
        try story.edit("right/things.csv", "104,n4,a", "104,n4,R")
        try story.edit("right/things.csv", "106,n6,a\n", "")
        try story.write("right/things.csv", try story.text("right/things.csv") + "150,new R,a\n")
        // Both sides of one record, in different fields.
        try story.edit("left/things.jsonl", #""name":"n7","note":"a""#, #""name":"n7x","note":"a""#)
        try story.edit("right/things.csv", "107,n7,a", "107,n7,both")
    }

    private func story(edited: Bool) async throws -> Story {
        let story = try Story(Self.syncs, left: ["things": Self.left], right: ["things": Self.right])
        if edited {
            try await story.run()
            try edit(story)
        }
        return story
    }

    private func data(_ story: Story) throws -> [String] {
        [try story.text("left/things.jsonl"), try story.text("right/things.csv")]
    }

    @Test("a run that dies at any operation, and is run again, ends in the same place", arguments: [false, true])
    func everyOperation(edited: Bool) async throws {
        let undisturbed = try await story(edited: edited)
        let counter = Countdown(Int.max)
        var counted = undisturbed
        counted.disk = counter.disk
        let told = try await counted.run()
        #expect(told == (edited ? "things left +1 ~2 -1, right +1 ~2 -1" : "things left +2 ~0 -0, right +2 ~0 -0"))
        let end = try data(undisturbed)
        let operations = counter.asked
        #expect(operations > 50)
        for number in 1...operations {
            var story = try await story(edited: edited)
            let countdown = Countdown(number)
            story.disk = countdown.disk
            // Even loading the job files may fail: then there is no run at all.
            _ = try? await story.run()
            story.disk = Disk()
            _ = try await story.run()
            #expect(try data(story) == end, "died at operation \(number) of \(operations): \(countdown.last ?? "")")
            let after = try await story.run()
            #expect(
                after == "things untouched", "died at operation \(number) of \(operations): \(countdown.last ?? "")")
            #expect(try story.held() == [])
        }
    }

    @Test("a run that dies, whose recovery dies too, ends in the same place")
    func deathInRecovery() async throws {
        let undisturbed = try await story(edited: true)
        let counter = Countdown(Int.max)
        var counted = undisturbed
        counted.disk = counter.disk
        try await counted.run()
        let end = try data(undisturbed)
        var random = SplitMix64(seed: 7)
        for _ in 0..<150 {
            var story = try await story(edited: true)
            let deaths = (0..<3).map { _ in 1 + random.below(counter.asked) }
            var told: [String] = []
            for death in deaths {
                let countdown = Countdown(death)
                story.disk = countdown.disk
                _ = try? await story.run()
                told.append("\(death): \(countdown.last ?? "it ended")")
            }
            story.disk = Disk()
            told.append(try await story.run())
            #expect(try data(story) == end, "died at \(told)")
            #expect(try await story.run() == "things untouched", "died at \(told)")
        }
    }

    @Test("an edit right after a death is merged: no edit is lost, and none is called a conflict")
    func editAfterDeath() async throws {
        let counter = Countdown(Int.max)
        var counted = try await story(edited: true)
        counted.disk = counter.disk
        try await counted.run()
        for number in 1...counter.asked {
            var story = try await story(edited: true)
            story.disk = Countdown(number).disk
            _ = try? await story.run()
            story.disk = Disk()
            // Someone edits on where the first edit was made.
            try story.edit("left/things.jsonl", #""name":"n3","note":"L""#, #""name":"n3","note":"L2""#)
            _ = try await story.run()
            #expect(try story.text("right/things.csv").contains("103,n3,L2\n"), "died at operation \(number)")
            #expect(try story.held() == [], "died at operation \(number)")
            #expect(try await story.run() == "things untouched")
        }
    }

    /// A sync whose run leaves one record held, one frozen, and one that is gone while its partner stays, beside one that it updates.
    private func undecided() async throws -> Story {
        let left = (1...4).map { #"{"id":\#($0),"name":"n\#($0)","note":"a","keep":"yes"}"# + "\n" }.joined()
        let right = "id,title,memo\n" + (1...4).map { "\($0 + 100),n\($0),a\n" }.joined()
        let syncs = """
            syncs:
              things:
                left: {collection: things, filter: "record.keep == 'yes'"}
                right: things
                match: name <-> title
                fields:
                  - name <-> title
                  - note <-> memo
            """
        let story = try Story(syncs, left: ["things": left], right: ["things": right])
        try await story.run()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        try story.edit("right/things.csv", "101,n1,a", "101,n1,R")
        try story.edit(
            "left/things.jsonl", #""name":"n2","note":"a","keep":"yes""#, #""name":"n2","note":"x","keep":"no""#)
        try story.edit("left/things.jsonl", #"{"id":3,"name":"n3","note":"a","keep":"yes"}"# + "\n", "")
        try story.edit("left/things.jsonl", #""name":"n4","note":"a""#, #""name":"n4","note":"L""#)
        return story
    }

    @Test(
        "what a run that dies leaves undecided is decided no other way by those after it, whatever is edited beside it")
    func undecidedLinks() async throws {
        let counter = Countdown(Int.max)
        var counted = try await undecided()
        counted.disk = counter.disk
        #expect(try await counted.run() == "things right +0 ~1 -0, held 1")
        for number in 1...counter.asked {
            var story = try await undecided()
            story.disk = Countdown(number).disk
            _ = try? await story.run()
            story.disk = Disk()
            _ = try await story.run()
            for row in ["102,n2,a", "103,n3,a"] { try story.edit("right/things.csv", row, row + "!") }
            #expect(try await story.run() == "things nothing, held 1", "died at operation \(number)")
            #expect(try story.held() == ["conflict 1=101 conflict"], "died at operation \(number)")
            #expect(
                try story.text("right/things.csv") == "id,title,memo\n101,n1,R\n102,n2,a!\n103,n3,a!\n104,n4,L\n",
                "died at operation \(number)")
            #expect(
                try story.text("left/things.jsonl").split(separator: "\n").map { $0.contains(#""note":"a""#) }
                    == [false, false, false], "died at operation \(number)")
        }
    }
}

/// Lets so many operations pass, and refuses all from then on, as a dead process asks nothing more.
final class Countdown: Sendable {
    private struct State {
        var operations: [DiskOperation] = []
        var last: String?
    }

    private let state = Mutex(State())
    private let limit: Int

    init(_ limit: Int) { self.limit = limit }

    var asked: Int { operations.count }
    var operations: [DiskOperation] { state.withLock { $0.operations } }
    /// The operation that was the first to be refused.
    var last: String? { state.withLock { $0.last } }

    var disk: Disk {
        Disk { [self] operation throws(FileFailure) in
            let isDead = state.withLock { state in
                state.operations.append(operation)
                if state.operations.count == limit { state.last = "\(operation.kind.rawValue) \(operation.path)" }
                return state.operations.count >= limit
            }
            if isDead { throw FileFailure(operation.kind, operation.path, EIO) }
        }
    }
}
