import Model
import StateStore
import Testing
import Values

@testable import Runner

/// Records that cannot be read are among what is told.
@Suite("News of records that cannot be read") struct UnreadableRecordNewsTests {
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            fields: [name <-> title]
        """

    private static let whole = (1...6).map { #"{"id":\#($0),"name":"n\#($0)"}"# + "\n" }.joined()

    /// What is told after a run, at a minute from the first.
    private func tell(
        _ story: Story, _ lines: String, at minute: Int, _ told: inout ToldNotifier
    ) async throws -> [NewsGroup] {
        try story.write("left/things.jsonl", lines)
        var world = story.world
        let start = Timestamp(Story.now) ?? .earliest
        world.now = { start.adding(.seconds(minute * 60)) ?? start }
        _ = try await JobRunner(story.workspace(), world: world, evenIfNotDue: true).run(
            Selection(), .run(accepting: nil))
        let situation = Situation(try story.workspace(), world, NotifierBook())
        let result = Telling(notifier: TellingTests.notifier([.held, .recovered]), situation: situation)(told)
        told = result.told
        return result.news.groups + result.news.recovered
    }

    @Test("a line that cannot be read is told, another one is new, and that all can be read again is told too")
    func lines() async throws {
        let story = try Story(Self.syncs, left: ["things": Self.whole], right: ["things": "id,title\n"])
        var told = ToldNotifier()
        #expect(try await tell(story, Self.whole, at: 0, &told).isEmpty)
        let one = try await tell(story, Self.whole + "{no\n", at: 1, &told)
        #expect(one.map(\.fresh) == [1])
        #expect(one.first?.samples.map(\.cause) == ["malformed"])
        #expect(one.first?.samples.first?.reason.contains("left/things.jsonl:7") == true)
        let two = try await tell(story, Self.whole + "{no\n{nor\n", at: 90, &told)
        #expect(two.map(\.fresh) == [1])
        #expect(two.map(\.count) == [2])
        #expect(try await tell(story, Self.whole + "{no\n{nor\n", at: 180, &told).isEmpty)
        let over = try await tell(story, Self.whole, at: 270, &told)
        #expect(over.map(\.key.event) == ["held"])
    }
}
