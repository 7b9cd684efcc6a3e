import Model
import Runner
import Synchronization
import TestKit
import Testing
import Values

/// Writes that the other system refuses: tried again later and later, then parked, while all other records go on.
@Suite("A write that is refused")
struct AttemptsTests {
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            deletes: propagate
            delete_vs_edit: delete
            retry: {attempts: 3, backoff: 5m}
            fields:
              - id <-> id
              - name <-> title
              - note <-> memo
              - boss <-> boss: {link: things}
        """

    /// A right side that refuses what has one of the words in its title.
    private final class Refusing: Sendable {
        let words = Mutex<Set<String>>([])
        func options() -> FakeOptions {
            var options = FakeOptions()
            options.refuses = { [self] _, record in
                let title = record?["title"]?.text ?? ""
                return words.withLock { $0.contains(title) } ? .refused("no \(title) here") : nil
            }
            return options
        }
    }

    private struct Setting {
        var story: Story
        let left: FakeServer
        let right: FakeServer
        let refusing: Refusing

        init(_ records: [Object], refusing words: Set<String>) throws {
            refusing = Refusing()
            left = FakeServer(FakeOptions(), records)
            right = FakeServer(refusing.options())
            story = try Story(AttemptsTests.syncs, servers: ["desk/things": left, "shop/things": right])
            refusing.words.withLock { $0 = words }
        }

        /// Runs at a time of the day, and tells how many writes the right was asked for.
        mutating func run(at time: String) async throws -> String {
            story.clock = "2026-11-21T\(time)Z"
            right.forgetCalls()
            let told = try await story.run()
            return "\(told); \(right.calls(.write)) asked"
        }

        /// What is left alone, with its attempts.
        func items() throws -> [String] {
            try story.workspace().status(Selection(), world: story.world).flatMap(\.held).map { item in
                let next = item.nextTry.map { " next \($0.description.dropFirst(11))" } ?? ""
                return "\(item.state) \(item.ids.left ?? "")=\(item.ids.right ?? "") \(item.attempts)\(next)"
            }
        }
    }

    private static func record(_ id: Int64, _ name: String, boss: Int64? = nil) -> Object {
        ["id": .int(id), "name": .text(name), "note": .text(""), "boss": boss.map(Value.int) ?? .null]
    }

    @Test("is tried again after 5 minutes, then 10, then parked; the others are in step")
    func backsOff() async throws {
        var setting = try Setting([Self.record(1, "Ada"), Self.record(2, "bad")], refusing: ["bad"])
        #expect(try await setting.run(at: "10:00:00") == "things right +1 ~0 -0, held 1; 2 asked")
        #expect(try setting.items() == ["failed 2= 1 next 10:05:00Z"])
        #expect(try await setting.run(at: "10:04:59") == "things nothing, held 1; 0 asked")
        #expect(try setting.items() == ["failed 2= 1 next 10:05:00Z"])
        #expect(try await setting.run(at: "10:05:00") == "things right +1 ~0 -0, held 1; 1 asked")
        #expect(try setting.items() == ["failed 2= 2 next 10:15:00Z"])
        #expect(try await setting.run(at: "10:15:00") == "things right +1 ~0 -0, held 1; 1 asked")
        #expect(try setting.items() == ["parked 2= 3"])
        #expect(try await setting.run(at: "23:00:00") == "things nothing, held 1; 0 asked")
        #expect(try setting.items() == ["parked 2= 3"])
        #expect(setting.right.records.count == 1)
    }

    @Test("is tried at once when its record is edited, and counts from one again")
    func edited() async throws {
        var setting = try Setting([Self.record(1, "bad")], refusing: ["bad", "worse"])
        _ = try await setting.run(at: "10:00:00")
        setting.left.edit(RecordID(.int(1))!) { $0["name"] = .text("worse") }
        #expect(try await setting.run(at: "10:01:00") == "things right +1 ~0 -0, held 1; 1 asked")
        #expect(try setting.items() == ["failed 1= 1 next 10:06:00Z"])
        setting.left.edit(RecordID(.int(1))!) { $0["name"] = .text("good") }
        #expect(try await setting.run(at: "10:02:00") == "things right +1 ~0 -0; 1 asked")
        #expect(try setting.items() == [])
        #expect(try await setting.run(at: "10:03:00") == "things nothing; 0 asked")
    }

    @Test("of an update leaves the other fields' way back open: what was edited there comes over")
    func update() async throws {
        var setting = try Setting([Self.record(1, "Ada")], refusing: ["bad"])
        _ = try await setting.run(at: "10:00:00")
        setting.left.edit(RecordID(.int(1))!) { $0["name"] = .text("bad") }
        setting.right.edit(RecordID(.int(1))!) { $0["memo"] = .text("from the right") }
        #expect(try await setting.run(at: "10:01:00") == "things left +0 ~1 -0, held 1; 1 asked")
        #expect(setting.left.records[0]["note"] == .text("from the right"))
        #expect(setting.right.records[0]["title"] == .text("Ada"))
        #expect(try await setting.run(at: "10:02:00") == "things nothing, held 1; 0 asked")
        setting.right.edit(RecordID(.int(1))!) { $0["memo"] = .text("again") }
        // The record that refused it is another now, so that it is asked at once.
        #expect(try await setting.run(at: "10:03:00") == "things left +0 ~1 -0, held 1; 1 asked")
        #expect(setting.left.records[0]["note"] == .text("again"))
        setting.refusing.words.withLock { $0 = [] }
        #expect(try await setting.run(at: "10:08:00") == "things right +0 ~1 -0; 1 asked")
        #expect(setting.right.records[0]["title"] == .text("bad"))
        #expect(try await setting.run(at: "10:09:00") == "things nothing; 0 asked")
    }

    @Test("makes its children wait, and only them")
    func children() async throws {
        var setting = try Setting(
            [Self.record(1, "bad"), Self.record(2, "child", boss: 1), Self.record(3, "free")], refusing: ["bad"])
        _ = try await setting.run(at: "10:00:00")
        _ = try await setting.run(at: "10:01:00")
        #expect(setting.right.records.contains { $0["title"] == .text("free") })
        setting.refusing.words.withLock { $0 = [] }
        _ = try await setting.run(at: "10:06:00")
        // The child was made before its parent was refused: what it names is set once the parent has a link.
        _ = try await setting.run(at: "10:06:01")
        #expect(try setting.items() == [])
        #expect(setting.right.records.first { $0["title"] == .text("child") }?["boss"] == .int(1))
        #expect(try await setting.run(at: "10:07:00") == "things nothing; 0 asked")
    }

    @Test("is tried by the next run where a person asks for it, parked or not, and counts from nothing")
    func askedAgain() async throws {
        var setting = try Setting([Self.record(1, "bad"), Self.record(2, "Bob")], refusing: ["bad"])
        for time in ["10:00:00", "10:05:00", "10:15:00"] { _ = try await setting.run(at: time) }
        #expect(try setting.items() == ["parked 1= 3"])
        let name = SyncName(job: "crm", sync: "things")
        let (workspace, world) = (try setting.story.workspace(), setting.story.world)
        await #expect(throws: SettleFailure.self) {
            try await AskAgain(["2"], of: NamedSync(name, workspace, world: world))()
        }
        #expect(try setting.items() == ["parked 1= 3"])
        let report = try await AskAgain(["left:1"], of: NamedSync(name, workspace, world: world))()
        #expect(report.settled.map(\.ids.left) == ["1"])
        #expect(try await setting.run(at: "10:16:00") == "things right +1 ~0 -0, held 1; 1 asked")
        #expect(try setting.items() == ["failed 1= 1 next 10:21:00Z"])
        setting.refusing.words.withLock { $0 = [] }
        _ = try await AskAgain(nil, of: NamedSync(name, workspace, world: world))()
        #expect(try await setting.run(at: "10:17:00") == "things right +1 ~0 -0; 1 asked")
    }

    @Test("of a delete is put off like any other")
    func delete() async throws {
        var setting = try Setting([Self.record(1, "bad"), Self.record(2, "Bob")], refusing: [])
        _ = try await setting.run(at: "10:00:00")
        setting.refusing.words.withLock { $0 = ["bad"] }
        setting.left.remove(RecordID(.int(1))!)
        #expect(try await setting.run(at: "10:01:00") == "things right +0 ~0 -1, held 1; 1 asked")
        #expect(try await setting.run(at: "10:02:00") == "things nothing, held 1; 0 asked")
        #expect(try setting.items() == ["failed 1=1 1 next 10:06:00Z"])
        setting.refusing.words.withLock { $0 = [] }
        #expect(try await setting.run(at: "10:06:00") == "things right +0 ~0 -1; 1 asked")
        #expect(setting.right.records.count == 1)
    }
}
