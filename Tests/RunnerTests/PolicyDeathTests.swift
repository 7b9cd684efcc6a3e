import FileIO
import Runner
import TestKit
import Testing

/// As ``DeathTests``, with records that are made again, archived, unlinked, or deleted because they left the scope, and that come back.
@Suite(.serialized)
struct PolicyDeathTests {
    struct Policy: CustomTestStringConvertible, Sendable {
        var lines: [String]
        /// What the run tells in which records go, and the one in which they are back.
        var gone: String
        var back: String

        var testDescription: String { lines.joined(separator: ", ") }
    }

    static let policies = [
        Policy(
            lines: ["deletes: propagate", "delete_vs_edit: restore", "out_of_scope: delete"],
            gone: "things left +1 ~0 -1, right +0 ~1 -2", back: "things right +2 ~0 -0, held 1"),
        Policy(
            lines: ["deletes: archive", "delete_vs_edit: delete", "out_of_scope: archive"],
            gone: "things left +0 ~1 -0, right +0 ~4 -0", back: "things right +0 ~2 -0"),
        Policy(
            lines: ["deletes: archive", "delete_vs_edit: restore", "out_of_scope: unlink"],
            gone: "things left +1 ~1 -0, right +0 ~2 -0", back: "things right +1 ~1 -0, held 1"),
        Policy(
            lines: ["deletes: archive", "delete_vs_edit: hold", "out_of_scope: follow"],
            gone: "things left +0 ~1 -0, right +0 ~2 -0, held 1", back: "things right +0 ~2 -0, held 1"),
    ]

    private static func thing(_ id: Int, _ name: String, _ status: String = "Open", queue: String = "ours") -> String {
        #"{"id":\#(id),"name":"\#(name)","status":"\#(status)","queue":"\#(queue)","only":"o\#(id)"}"# + "\n"
    }

    private func story(_ policy: Policy) async throws -> Story {
        let syncs = """
            syncs:
              things:
                left: {collection: things, filter: "queue == 'ours'"}
                right: {collection: things, filter: "state != 'hidden'"}
                archive: {left: {status: Closed}, right: {state: done, shelf: 7}}
                limits: {updates: 100%, deletes: 100%}
                fields:
                  - name <-> title
                  - status <-> state: {values: {Open: open, Closed: done}}
                  - only -> extra

            """
        let archives = policy.lines.contains { $0.hasSuffix("archive") }
        let lines =
            archives
            ? syncs : syncs.split(separator: "\n").filter { !$0.contains("archive:") }.joined(separator: "\n") + "\n"
        let story = try Story(
            lines + policy.lines.map { "    \($0)\n" }.joined(),
            left: ["things": (1...6).map { Self.thing($0, "n\($0)") }.joined()],
            right: ["things": "id,title,state,extra,shelf\n"])
        #expect(try await story.run() == "things right +6 ~0 -0")
        return story
    }

    /// What is made again has no queue, which no arrow names: its filter cannot be decided, and it is held.
    ///
    /// 1 is deleted and edited, 2 and 5 are deleted, on either side, 3 leaves the scope, 4 is edited.
    private func leave(_ story: Story) throws {
        try story.edit("left/things.jsonl", Self.thing(1, "n1"), "")
        try story.edit("right/things.csv", "1,n1,open", "1,edited,open")
        try story.edit("left/things.jsonl", Self.thing(2, "n2"), "")
        try story.edit("left/things.jsonl", Self.thing(3, "n3"), Self.thing(3, "n3", queue: "theirs"))
        try story.edit("left/things.jsonl", Self.thing(4, "n4"), Self.thing(4, "n4x"))
        try story.edit("right/things.csv", "5,n5,open,o5,\n", "")
    }

    private func comeBack(_ story: Story) throws {
        try story.edit(
            "left/things.jsonl", Self.thing(3, "n3", queue: "theirs"), Self.thing(3, "n3 back"))
        try story.write("left/things.jsonl", try story.text("left/things.jsonl") + Self.thing(2, "n2"))
    }

    private func end(_ story: Story) throws -> [String] {
        [try story.text("left/things.jsonl"), try story.text("right/things.csv")] + (try story.held())
    }

    /// The story up to the run that is to die.
    private func prepared(_ policy: Policy, isBack: Bool) async throws -> Story {
        let story = try await story(policy)
        try leave(story)
        guard isBack else { return story }
        for _ in 0..<3 { try await story.run() }
        try comeBack(story)
        return story
    }

    @Test(
        "a run that dies at any operation, and is run again, ends in the same place", arguments: policies,
        [false, true])
    func everyOperation(policy: Policy, isBack: Bool) async throws {
        let counter = Countdown(Int.max)
        var undisturbed = try await prepared(policy, isBack: isBack)
        undisturbed.disk = counter.disk
        let told = try await undisturbed.run()
        #expect(told == (isBack ? policy.back : policy.gone))
        undisturbed.disk = Disk()
        try await undisturbed.run()
        let last = try await undisturbed.run()
        let end = try end(undisturbed)
        // Of the operations that change nothing, one is like the next.
        let moments = counter.operations.indices.filter {
            ![.open, .read, .look, .list].contains(counter.operations[$0].kind)
        }
        #expect(moments.count > 15)
        for number in moments.map({ $0 + 1 }) {
            var story = try await prepared(policy, isBack: isBack)
            let countdown = Countdown(number)
            story.disk = countdown.disk
            _ = try? await story.run()
            story.disk = Disk()
            for _ in 0..<2 { try await story.run() }
            let place = "died at operation \(number) of \(counter.asked): \(countdown.last ?? "")"
            #expect(try await story.run() == last, "\(place)")
            #expect(try self.end(story) == end, "\(place)")
        }
    }
}
