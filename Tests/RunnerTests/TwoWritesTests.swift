import Model
import TestKit
import Testing
import Values

/// Links of which a run writes both records: each side gets what was edited on the other.
struct TwoWritesTests {
    private static let first = RecordID(.int(1))!

    /// The name was edited on one side, and the note on the other.
    private func edited(_ side: Side) async throws -> ServerStory {
        let pair = try ServerStory(
            "fields: [id <-> id, name <-> name, note <-> note]",
            near: FakeServer(FakeOptions(), [["id": .int(1), "name": .text("n"), "note": .text("m")]]),
            far: FakeServer(FakeOptions()), farOn: side)
        #expect(try await pair.run() == "far +1 ~0 -0")
        pair.near.edit(Self.first) { $0["name"] = .text("near") }
        pair.far.edit(Self.first) { $0["note"] = .text("far") }
        pair.near.forgetCalls()
        pair.far.forgetCalls()
        return pair
    }

    private func expectBoth(_ pair: ServerStory) {
        for server in [pair.near, pair.far] {
            #expect(server.records == [["id": .int(1), "name": .text("near"), "note": .text("far")]])
        }
    }

    @Test(
        "both records are known as the run left them, so that the next one remembers nothing new",
        arguments: Side.allCases)
    func known(side: Side) async throws {
        let pair = try await edited(side)
        #expect(try await pair.run() == "near +0 ~1 -0, far +0 ~1 -0")
        expectBoth(pair)
        let journal = try pair.journal()
        #expect(try await pair.run() == "nothing")
        #expect(try pair.journal() == journal)
    }

    @Test(
        "where one side puts its write off, the other is written, and the next run makes up for it",
        arguments: Side.allCases)
    func onePutOff(side: Side) async throws {
        for isNear in [true, false] {
            let pair = try await edited(side)
            (isNear ? pair.near : pair.far).fail(.later, at: 1, of: .write)
            let (failed, written) = isNear ? ("near", "far") : ("far", "near")
            #expect(try await pair.run() == "\(written) +0 ~1 -0, held 1")
            #expect(try pair.held() == ["1=1 waiting asked-later"])
            #expect(try await pair.run() == "\(failed) +0 ~1 -0")
            expectBoth(pair)
            #expect(try await pair.run() == "nothing")
            #expect(try pair.held() == [])
        }
    }
}
