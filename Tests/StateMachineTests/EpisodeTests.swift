import StateMachine
import Testing

struct EpisodeTests {
    @Test("an episode is read as it is written, and is the same for the same seed")
    func text() throws {
        let episode = Episode(seed: 7, kinds: SideKind.all)
        #expect(episode.steps.count == 50)
        #expect(try #require(Episode("\(episode)")).description == "\(episode)")
        #expect("\(Episode(seed: 7, kinds: SideKind.all))" == "\(episode)")
        #expect("\(Episode(seed: 8, kinds: SideKind.all))" != "\(episode)")
        #expect(Episode("jsonl|csv: run 1") == nil)
        #expect(Episode("jsonl|cvs: run 1 2 3") == nil)
    }
}
