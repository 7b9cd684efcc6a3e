import Model
import TestKit
import Testing
import Values

@Suite("Runs between fake servers")
struct FakeServerStoryTests {
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            deletes: propagate
            fields: [id <-> id, name <-> title, note <-> memo]
        """

    @Test("what is on one side is made on the other, edits go each way, and then there is nothing to do")
    func eachWay() async throws {
        let left = FakeServer(
            FakeOptions(),
            [["id": .int(1), "name": .text("Ada"), "note": .text("a")], ["id": .int(2), "name": .text("Bob")]])
        let right = FakeServer(FakeOptions(), [["id": .int(3), "title": .text("Cyd"), "memo": .text("c")]])
        let story = try Story(Self.syncs, servers: ["desk/things": left, "shop/things": right])
        #expect(try await story.run() == "things left +1 ~0 -0, right +2 ~0 -0")
        #expect(right[RecordID(.int(1))!] == ["id": .int(1), "title": .text("Ada"), "memo": .text("a")])
        left.edit(RecordID(.int(3))!) { $0["note"] = .text("c2") }
        right.remove(RecordID(.int(2))!)
        #expect(try await story.run() == "things left +0 ~0 -1, right +0 ~1 -0")
        #expect(left.records.map { $0["note"] } == [.text("a"), .text("c2")])
        #expect(right.records.map { $0["memo"] } == [.text("c2"), .text("a")])
        #expect(try await story.run() == "things nothing")
        #expect(left.log.map(\.verb) == [.create, .delete])
        #expect(right.log.map(\.verb) == [.create, .create, .update])
    }
}
