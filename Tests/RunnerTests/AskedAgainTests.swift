import Model
import Runner
import TestKit
import Testing
import Values

/// A create whose answer was lost is asked for again under its key, and is answered with the record as it is by then.
@Suite("A create that is asked for again")
struct AskedAgainTests {
    @Test(
        "loses no edit that somebody made of the record meanwhile: the two values are held", arguments: [true, false])
    func edited(isEdited: Bool) async throws {
        var options = FakeOptions(newIDs: .assigned)
        options.remembersKeys = true
        let left = FakeServer(FakeOptions(), [["id": .int(1), "name": .text("Ada"), "note": .text("a")]])
        let right = FakeServer(options)
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                fields: [name <-> title, note <-> memo]
            """, servers: ["desk/things": left, "shop/things": right])
        right.fail(.lost, at: 1, of: .write)
        #expect(try await story.run().hasSuffix("held 1"))
        #expect(right.records.count == 1)
        right.heal()
        let id = try #require(right.records.first?["id"].flatMap { RecordID($0) })
        if isEdited { right.edit(id) { $0["memo"] = .text("edited") } }
        _ = try await story.run()
        _ = try await story.run()
        #expect(right.records.count == 1)
        #expect(right.records[0]["memo"] == .text(isEdited ? "edited" : "a"))
        #expect(left.records[0]["note"] == .text("a"))
        #expect(try story.held().map { $0.hasSuffix("first-values") } == (isEdited ? [true] : []))
        // Once a person says which counts, it is in step.
        left.edit(RecordID(.int(1))!) { $0["note"] = .text(isEdited ? "edited" : "b") }
        _ = try await story.run()
        #expect(try story.held() == [])
        #expect(right.records[0]["memo"] == left.records[0]["note"])
        #expect(try await story.plan() == "things nothing")
    }
}
