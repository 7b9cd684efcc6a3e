import FileIO
import Glibc
import Model
import StateStore
import Synchronization
import TestKit
import Testing
import Values

@Suite("The inbox of a sync")
struct InboxTests {
    private let scratch: ScratchFolder
    private let name = SyncName(job: "crm", sync: "things")

    init() throws { scratch = try ScratchFolder() }

    private func folder(_ disk: Disk = Disk()) -> SyncFolder { StateFolder(scratch.path, disk: disk).sync(name) }
    private var path: String { scratch.path + "/crm/things/inbox" }
    private var files: [String] { (try? Disk().list(path)) ?? [] }

    private func event(_ ids: [RecordID], _ side: Side = .left, delivery: String? = nil, at second: Int64 = 0)
        -> InboxEvent
    {
        InboxEvent(
            side: side, ids: ids, delivery: delivery, came: Timestamp(seconds: 1_800_000_000 + second) ?? .earliest)
    }

    private func id(_ text: String) -> RecordID { RecordID(key: text) }

    @Test("what is put there is found, each id once, in the order in which it came, until it is removed")
    func roundTrip() throws {
        #expect(try folder().inbox().isEmpty)
        #expect(try !folder().hasEvents())
        let odd = RecordID(.list([.text("a/b"), .text("c%2F\n\"d\"")])) ?? id("none")
        #expect(try folder().put(event([id("7"), odd], at: 5), number: 9))
        #expect(try folder().put(event([id("8"), id("7")], at: 1), number: 9))
        #expect(try folder().put(event([RecordID(key: "7", kind: .number)], .right, at: 2), number: 9))
        #expect(try folder().hasEvents())
        let inbox = try folder().inbox()
        #expect(inbox.ids.left == [id("8"), id("7"), odd])
        #expect(inbox.ids.right == [id("7")])
        #expect(inbox.ids.right.first?.kind == .number)
        #expect(inbox.since == Timestamp(seconds: 1_800_000_001))
        #expect(inbox.problems == [])
        try folder().remove(inbox)
        #expect(files == [])
        #expect(try folder().inbox().isEmpty)
    }

    @Test("events of one moment, and of one number, do not take each other's place")
    func noCollision() throws {
        for number in 0..<20 { #expect(try folder().put(event([id("\(number)")]), number: 3)) }
        #expect(try folder().inbox().ids.left.count == 20)
        #expect(files.count == 20)
    }

    @Test("a delivery that waits already is not put there again, and one of the other side is")
    func deliveries() throws {
        #expect(try folder().put(event([id("1")], delivery: "d/1"), number: 1))
        #expect(try !folder().put(event([id("1")], delivery: "d/1", at: 60), number: 2))
        #expect(try folder().put(event([id("1")], .right, delivery: "d/1"), number: 3))
        #expect(try folder().put(event([id("1")], delivery: "d/2"), number: 4))
        #expect(files.count == 3)
        try folder().remove(try folder().inbox())
        #expect(try folder().put(event([id("1")], delivery: "d/1"), number: 5))
    }

    @Test("what comes while a run is at work is not removed with what it took")
    func meanwhile() throws {
        _ = try folder().put(event([id("1")], delivery: "a"), number: 1)
        let taken = try folder().inbox()
        _ = try folder().put(event([id("1")], delivery: "b"), number: 1)
        try folder().remove(taken)
        #expect(try folder().inbox().ids.left == [id("1")])
    }

    @Test("files have nobody else's eyes on them")
    func modes() throws {
        _ = try folder().put(event([id("1")]), number: 1)
        let file = try #require(files.first)
        #expect(try Disk().identity(path + "/" + file)?.permissions == 0o600)
        #expect(try Disk().identity(path)?.permissions == 0o700)
    }

    private static let garbage = [
        "", "{", "[]", #"{"version":1}"#, "\u{0}\u{1}", String(repeating: "[", count: 100_000),
        #"{"version":1,"sync":"crm/things","side":"left","came":"2026-01-01T00:00:00Z","delivery":null,"ids":[{}]}"#,
        #"{"version":1,"sync":"crm/things","side":"up","came":"2026-01-01T00:00:00Z","delivery":null,"ids":["1"]}"#,
        #"{"version":1,"sync":"crm/things","side":"left","came":"2026-01-01T00:00:00Z","delivery":null,"ids":["1"]}"#,
    ]

    @Test("a file that is no event is told of, set aside, and keeps no other from being read", arguments: garbage)
    func broken(text: String) throws {
        _ = try folder().put(event([id("1")]), number: 1)
        try Disk().replace(path + "/left-0.json", with: Array(text.utf8))
        let inbox = try folder().inbox()
        #expect(inbox.ids.left == [id("1")])
        #expect(inbox.problems.count == 1)
        #expect(inbox.problems.first?.contains("left-0.json") == true)
        try folder().remove(inbox)
        #expect(files == ["left-0.json.broken"])
        #expect(try folder().inbox().problems == [])
    }

    @Test("a changed byte is seen") func seal() throws {
        _ = try folder().put(event([id("123456")]), number: 1)
        let file = path + "/" + (try #require(files.first))
        let text = String(decoding: try Disk().read(file), as: UTF8.self)
        try Disk().replace(file, with: Array(text.replacing("123456", with: "123457").utf8))
        #expect(try folder().inbox().ids.left == [])
        #expect(try folder().inbox().problems.count == 1)
    }

    @Test("a file of a later version, or of another sync, stays where it is and is told of")
    func foreign() throws {
        _ = try StateFolder(scratch.path, disk: Disk()).sync(SyncName(job: "crm", sync: "others"))
            .put(event([id("1")]), number: 1)
        try Disk().makeFolder(path)
        let others = scratch.path + "/crm/others/inbox"
        let name = try #require(try Disk().list(others).first)
        try Disk().rename(others + "/" + name, to: path + "/" + name)
        try Disk().replace(path + "/right-1.json", with: Array(#"{"version": 2}"#.utf8))
        let inbox = try folder().inbox()
        #expect(inbox.isEmpty)
        #expect(inbox.problems.count == 2)
        try folder().remove(inbox)
        #expect(files == [name, "right-1.json"])
    }

    @Test("a pipe and a folder are not waited for")
    func pipe() throws {
        try Disk().makeFolder(path + "/folder.json")
        #expect(mkfifo(path + "/pipe.json", 0o600) == 0)
        #expect(try folder().inbox().problems.count == 2)
    }

    @Test("whoever dies while an event is put there leaves it whole, or not at all, and in no one's way")
    func deaths() throws {
        let all = Counter()
        let counting = Disk { _ throws(FileFailure) in _ = all.next() }
        _ = try folder(counting).put(event([id("0")]), number: 0)
        try folder().remove(try folder().inbox())
        #expect(all.value > 5)
        for death in 1...all.value {
            let asked = Counter()
            let dying = Disk { operation throws(FileFailure) in
                if asked.next() >= death { throw FileFailure(operation.kind, operation.path, EIO) }
            }
            let isPut = (try? folder(dying).put(event([id("1")]), number: 1)) ?? false
            let inbox = try folder().inbox()
            #expect(inbox.problems == [])
            if isPut { #expect(inbox.ids.left == [id("1")]) }
            try folder().remove(inbox)
        }
    }

    @Test("a hundred thousand ids are one file")
    func many() throws {
        let ids = (0..<100_000).map { id("\($0)") }
        #expect(try folder().put(event(ids), number: 1))
        #expect(try folder().inbox().ids.left == ids)
        #expect(files.count == 1)
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
