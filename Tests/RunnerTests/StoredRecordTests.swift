import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// Systems that store something else than they are given: what they stored is the base, and nothing is set off by it.
struct StoredRecordTests {
    static let sync = "fields: [id <-> id, title <-> title, hours <-> hours, code <-> code, note <-> note]"

    /// A server that trims titles to 40 characters and rounds numbers; one that writes codes in capitals.
    private func pair(
        _ side: Side, tells: Bool = true, byID: Bool = false, _ near: [Object], _ far: [Object] = []
    ) throws -> ServerStory {
        var capitals = FakeOptions()
        capitals.tidyings = [.upperCase(field: "code")]
        capitals.tellsWhatItStored = tells
        capitals.readsByID = byID
        var trims = FakeOptions()
        trims.tidyings = [.trim(field: "title", to: 40), .round(field: "hours")]
        trims.tellsWhatItStored = tells
        trims.readsByID = byID
        trims.groupSize = 2
        return try ServerStory(
            Self.sync, near: FakeServer(capitals, near), far: FakeServer(trims, far), farOn: side)
    }

    private static let long = String(repeating: "a title that is long ", count: 4)

    private static func record(_ id: Int64, _ code: String) -> Object {
        ["id": .int(id), "title": .text("\(id) \(long)"), "hours": .double(1.26), "code": .text(code)]
    }

    @Test(
        "a server that trims titles and rounds numbers, with another that upper-cases a code: ten runs write in the first only",
        arguments: [(true, true), (true, false), (false, true), (false, false)], Side.allCases)
    func tenRuns(how: (tells: Bool, byID: Bool), side: Side) async throws {
        let pair = try pair(
            side, tells: how.tells, byID: how.byID, (1...3).map { Self.record($0, "n\($0)") },
            (4...6).map { Self.record($0, "f\($0)") })
        #expect(try await pair.run() == "near +3 ~0 -0, far +3 ~0 -0")
        let records = [pair.near.records, pair.far.records]
        for _ in 2...10 { #expect(try await pair.run() == "nothing") }
        #expect(pair.near.log.count == 3)
        #expect(pair.far.log.count == 3)
        #expect([pair.near.records, pair.far.records] == records)
        #expect(ServerStory.column("code", pair.near) == ["N1", "N2", "N3", "F4", "F5", "F6"])
        #expect(ServerStory.column("code", pair.far) == ["f4", "f5", "f6", "N1", "N2", "N3"])
        #expect(ServerStory.column("hours", pair.far) == ["1", "1", "1", "1", "1", "1"])
        #expect(ServerStory.column("title", pair.far).allSatisfy { $0.count <= 40 })
        #expect(try pair.held() == [])
    }

    @Test(
        "edits go over once, and what the other side makes of them comes not back",
        arguments: [(true, true), (true, false), (false, true), (false, false)], Side.allCases)
    func edits(how: (tells: Bool, byID: Bool), side: Side) async throws {
        let pair = try pair(side, tells: how.tells, byID: how.byID, [Self.record(1, "n")])
        try await pair.run()
        pair.near.edit(RecordID(.int(1))!) {
            $0["title"] = .text(Self.long + "edited")
            $0["hours"] = .double(2.75)
        }
        pair.far.edit(RecordID(.int(1))!) { $0["code"] = .text("low") }
        #expect(try await pair.run() == "near +0 ~1 -0, far +0 ~1 -0")
        for _ in 1...3 { #expect(try await pair.run() == "nothing") }
        #expect(ServerStory.column("code", pair.near) == ["LOW"])
        #expect(ServerStory.column("code", pair.far) == ["low"])
        #expect(ServerStory.column("hours", pair.far) == ["3"])
        #expect(ServerStory.column("title", pair.near) == [Self.long + "edited"])
        // Each of them is still seen as an edit when it is one.
        pair.far.edit(RecordID(.int(1))!) { $0["hours"] = .int(7) }
        #expect(try await pair.run() == "near +0 ~1 -0")
        #expect(ServerStory.column("hours", pair.near) == ["7"])
        #expect(ServerStory.column("title", pair.near) == [Self.long + "edited"])
        #expect(try await pair.run() == "nothing")
    }

    @Test("what is loaded again says what was stored, in lines of their own", arguments: Side.allCases)
    func journal(side: Side) async throws {
        let pair = try pair(side, [Self.record(1, "n"), ["id": .int(2), "title": .text("short")]])
        try await pair.run()
        let letter = #"{"stored":2,"#
        let lines = try pair.journal().filter { $0.hasPrefix(letter) }
        #expect(lines.count == 1)
        let trimmed = String("1 \(Self.long)".prefix(40)).trimmed
        #expect(lines.first?.contains("\"\(trimmed)\"") == true)
        // The record of which all was stored as it was sent has a line like any other.
        #expect(try pair.journal().contains { $0.hasPrefix(#"{"done":3,"n":1,"#) })
    }

    @Test(
        "a field that was not written and is another by then is somebody's edit, and is carried over",
        arguments: Side.allCases)
    func news(side: Side) async throws {
        var options = FakeOptions()
        options.honoursConditions = false
        options.tidyings = [.upperCase(field: "code")]
        let pair = try ServerStory(
            Self.sync, near: FakeServer(FakeOptions(), [Self.record(1, "n")]), far: FakeServer(options), farOn: side)
        try await pair.run()
        pair.near.edit(RecordID(.int(1))!) { $0["code"] = .text("c") }
        pair.far.meanwhile(at: 2, of: .write) { $0.edit(RecordID(.int(1))!) { $0["note"] = .text("meanwhile") } }
        // A server that knows no conditions takes the write, and its answer shows the other edit.
        #expect(try await pair.run() == "far +0 ~1 -0")
        #expect(ServerStory.column("note", pair.far) == ["meanwhile"])
        #expect(ServerStory.column("code", pair.far) == ["C"])
        #expect(try await pair.run() == "near +0 ~1 -0")
        #expect(ServerStory.column("code", pair.near) == ["c"])
        #expect(ServerStory.column("note", pair.near) == ["meanwhile"])
        #expect(try await pair.run() == "nothing")
    }

    @Test(
        "both edits of a merge are stored in each side's own way, and are not written again", arguments: Side.allCases)
    func merged(side: Side) async throws {
        var capitals = FakeOptions()
        capitals.tidyings = [.upperCase(field: "note")]
        var trims = FakeOptions()
        trims.tidyings = [.trim(field: "note", to: 9)]
        let sync = "fields: [id <-> id, {note <-> note: {merge: text}}]"
        let pair = try ServerStory(
            sync, near: FakeServer(capitals, [["id": .int(1), "note": .text("A\nB\nC")]]), far: FakeServer(trims),
            farOn: side)
        try await pair.run()
        pair.near.edit(RecordID(.int(1))!) { $0["note"] = .text("AA\nB\nC") }
        pair.far.edit(RecordID(.int(1))!) { $0["note"] = .text("A\nB\nlow down") }
        #expect(try await pair.run() == "near +0 ~1 -0, far +0 ~1 -0")
        #expect(
            ServerStory.column("note", pair.near) == ["AA\nB\nLOW D"]
                || ServerStory.column("note", pair.near) == ["AA\nB\nLOW DOWN"])
        let records = [pair.near.records, pair.far.records]
        for _ in 1...3 { #expect(try await pair.run() == "nothing") }
        #expect([pair.near.records, pair.far.records] == records)
    }

    @Test(
        "a reading back that fails leaves the writes in doubt, and the next run settles them", arguments: Side.allCases)
    func readingBackFails(side: Side) async throws {
        let pair = try pair(side, tells: false, byID: true, (1...3).map { Self.record($0, "N\($0)") })
        pair.far.fail(.unreachable, at: 1, of: .get)
        #expect(try await pair.run() == "things stopped: the connection 'far' cannot be reached: no connection")
        #expect(pair.far.records.count == 2)
        pair.far.heal()
        try await pair.run()
        try await pair.run()
        #expect(ServerStory.column("id", pair.far).sorted() == ["1", "2", "3"])
        #expect(pair.far.log.filter { $0.verb == .create }.count == 3)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
