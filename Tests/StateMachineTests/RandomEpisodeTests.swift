import StateMachine
import TestKit
import Testing

@Suite("Random episodes")
struct RandomEpisodeTests {
    @Test("after faults stop both sides agree, nothing is lost, made twice, or comes back, whatever happened before")
    func random() async throws {
        let count: UInt64 = 1000
        let failures = try await Campaign(kinds: SideKind.all).play(1..<(1 + count), lanes: 2)
        for failure in failures.prefix(10) { Issue.record("\(failure)") }
        #expect(failures.count == 0)
        figure("random sequences", Int(count))
    }

    /// Episodes in which something was wrong once.
    private static let found: [(story: String, steps: String)] = [
        (
            "twins that never agreed, of which one is deleted: what the other alone holds is not deleted",
            "jsonl|jsonl: twins 0 0 0; run 0 0 0; remove 0 0 0"
        ),
        (
            "what follows from a field is written, and the field itself refused: the record is not taken for edited",
            """
            groups|jsonl: create 0 0 0; run 0 0 0; create 0 0 0; run 0 0 0; create 0 0 0; fault 0 40 0; edit 1 0 0; \
            run 0 0 0; remove 1 0 0
            """
        ),
        (
            "records that are met by changes alone come and go: their number is never less than none",
            "jsonl|changes: run 0 0 0; create 1 0 0; run 0 0 0; remove 0 0 0; run 0 0 0"
        ),
        (
            "a record moves under a run, and its partner may not be seen when both are read again: it is not as it was",
            """
            batch|assigned: create 0 0 0; create 1 0 0; run 0 0 0; create 0 0 0; fault 1 3 1; meanwhile 0 1 0; \
            remove 0 47 0; edit 1 0 0; remove 0 0 0; run 0 0 0
            """
        ),
        (
            "a create whose answer is lost is refused when it is asked for again: it is not made anew beside what it made",
            "coarse|jsonl: dieAtCall 0 1 1; create 1 0 0; run 0 0 0; fault 0 38 0; edit 1 0 0; run 0 0 0"
        ),
        (
            "a sum that a run wrote before it died, and that somebody added to since, is not added to twice",
            """
            groups|pages: create 1 0 0; create 0 0 0; run 0 0 0; run 0 0 0; die 19 1 0; edit 1 1 10; create 0 0 0; \
            run 0 0 0; edit 0 0 49
            """
        ),
        (
            "two edits were merged, and one side refused it and is deleted: what the other alone holds is not deleted",
            """
            jsonl|silent: create 0 0 0; run 0 0 0; fault 1 1 0; edit 0 0 59; edit 39 0 34; run 0 0 0; \
            remove 1 0 0
            """
        ),
    ]

    @Test("what was wrong once is not wrong any more", arguments: found.map(\.steps))
    func once(steps: String) async throws {
        let episode = try #require(Episode(steps))
        let failure = try await Machine.play(episode)
        #expect(failure == nil, "\(failure.map { "\($0)" } ?? "")")
    }
}
