import FileIO
import Model
import TestKit
import Testing
import Values

@testable import StateStore

/// What becomes of files that were cut, changed, removed, or that are not what they should be.
struct DamageTests {
    /// Three runs; the lines of the last are known one by one.
    private func ledger() throws -> Ledger {
        let ledger = try Ledger()
        try ledger.run("01", ["link 1=a: A", "link 2=b: B"])
        try ledger.run("02", ["link 3=c: C"])
        try ledger.run(
            "03",
            [
                "agree 1=a: A3", "forget 2=b", "create left 4 from d: D done", "update right c: C3 done",
                "create right e from 5: E",
            ])
        return ledger
    }

    /// What the state is after each line of the last run file, the head being the first.
    static let states: [String] = [
        #"1=a "A"; 2=b "B"; 3=c "C""#,
        #"1=a "A"; 2=b "B"; 3=c "C""#,
        #"1=a "A3"; 2=b "B"; 3=c "C""#,
        #"1=a "A3"; 3=c "C""#,
        // The intent of the create on the left, and what came of it.
        #"1=a "A3"; 3=c "C""#,
        #"1=a "A3"; 3=c "C"; 4=d "D""#,
        // The intents on the right, where the update is in doubt, and what came of it; the create stays in doubt.
        #"1=a "A3"; 3=c "C" ?; 4=d "D""#,
        #"1=a "A3"; 3=c "C" ?; 4=d "D""#,
        #"1=a "A3"; 3=c "C3"; 4=d "D""#,
    ]

    @Test("a run file cut at any byte is good up to the last whole line, and the next run goes on from there")
    func cuts() throws {
        let ledger = try ledger()
        let bytes = try ledger.read("runs/03.jsonl")
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        #expect(ends.count == Self.states.count - 1)
        for cut in 0...bytes.count {
            let copy = try Ledger(copying: ledger)
            try copy.write("runs/03.jsonl", Array(bytes[..<cut]))
            let lines = ends.count { $0 < cut }
            let store = try copy.load()
            #expect(try store.text == Self.states[lines], "cut at byte \(cut)")
            #expect(try copy.read("runs/03.jsonl") == Array(bytes[..<cut]))
            let next = lines == 0 ? "03" : "04"
            try copy.run(next, on: store, ["link 7=g: G"])
            #expect(try copy.load().text == Self.states[lines] + #"; 7=g "G""#, "cut at byte \(cut), and gone on")
        }
    }

    @Test("a changed byte in any line but the last is refused, naming the file and the line")
    func changedByte() throws {
        let ledger = try ledger()
        for file in ["runs/01.jsonl", "runs/03.jsonl"] {
            let bytes = try ledger.read(file)
            var line = 1
            let last = bytes.count { $0 == 0x0A }
            for at in bytes.indices {
                if bytes[at] == 0x0A {
                    line += 1
                    continue
                }
                if line == last { break }
                var changed = bytes
                changed[at] ^= 1
                if changed[at] == 0x0A { continue }
                try ledger.write(file, changed)
                let path = ledger.folder.path + "/" + file
                #expect(
                    throws: StateFailure.damaged(path: path, line: line, reason: "the line is not as it was written"),
                    "byte \(at)"
                ) {
                    _ = try ledger.load()
                }
            }
            try ledger.write(file, bytes)
        }
    }

    @Test("a line that is missing, twice, or elsewhere is refused")
    func movedLines() throws {
        let ledger = try ledger()
        let lines = try ledger.read("runs/03.jsonl").split(separator: 0x0A).map { Array($0) + [0x0A] }
        let path = ledger.folder.path + "/runs/03.jsonl"
        var swapped = lines
        swapped.swapAt(2, 3)
        for (wrong, line) in [
            (Array(lines[..<3] + lines[4...]), 4), (Array(lines[..<4] + lines[3...]), 5), (swapped, 3),
        ] {
            try ledger.write("runs/03.jsonl", wrong.flatMap(\.self))
            #expect(throws: StateFailure.damaged(path: path, line: line, reason: "the line is not as it was written")) {
                _ = try ledger.load()
            }
        }
    }

    @Test("a run file that is missing between others is refused by name")
    func missingRun() throws {
        let ledger = try ledger()
        for name in ["01", "02"] {
            let copy = try Ledger(copying: ledger)
            let path = copy.folder.path + "/runs/\(name).jsonl"
            try Disk().remove(path)
            #expect(throws: StateFailure.missing(path: path)) { _ = try copy.load() }
        }
    }

    @Test("the state of another sync is refused")
    func foreign() throws {
        let ledger = try ledger()
        var header = SyncHeader()
        header.runCount = 1
        try ledger.folder.save(header)
        let name = SyncName(job: "crm", sync: "others")
        try Disk().makeFolder(ledger.scratch.path + "/crm/others/runs")
        let other = StateFolder(ledger.scratch.path, disk: Disk()).sync(name)
        try ledger.scratch.write("crm/others/runs/01.jsonl", try ledger.read("runs/01.jsonl"))
        #expect(throws: StateFailure.foreign(path: other.path + "/runs/01.jsonl", sync: "crm/things")) {
            _ = try SyncStore(other, fields: [])
        }
        try ledger.scratch.write("crm/others/state.json", try ledger.read("state.json"))
        #expect(throws: StateFailure.foreign(path: other.path + "/state.json", sync: "crm/things")) {
            _ = try other.header()
        }
    }

    @Test("a file of a later version is refused, and says which")
    func newer() throws {
        let ledger = try Ledger()
        try ledger.folder.save(SyncHeader())
        let text = String(decoding: try ledger.read("state.json"), as: UTF8.self)
        let path = ledger.folder.path
        try ledger.write(
            "state.json", Array(text.split(separator: "\"version\": 1").joined(separator: "\"version\": 2").utf8))
        #expect(throws: StateFailure.newer(path: path + "/state.json", version: 2)) { _ = try ledger.load() }
        try Disk().remove(path + "/state.json")

        var writer = EntryWriter()
        writer.begin("version", "4")
        writer.field("kind", json: "\"run\"")
        writer.end()
        try Disk().makeFolder(path + "/runs")
        try ledger.write("runs/01.jsonl", writer.buffer)
        #expect(throws: StateFailure.newer(path: path + "/runs/01.jsonl", version: 4)) { _ = try ledger.load() }

        try ledger.write("queue.jsonl", Array("{\"version\":4}\n".utf8))
        #expect(throws: StateFailure.newer(path: path + "/queue.jsonl", version: 4)) {
            _ = try ledger.folder.queueItems()
        }
    }

    @Test("a run file of the first version is read")
    func older() throws {
        let ledger = try Ledger()
        var writer = EntryWriter()
        writer.begin("version", "1")
        for (name, value) in [
            ("kind", #""run""#), ("sync", #""crm/things""#), ("run", #""01""#), ("after", #""""#),
            ("fields", #"["name <-> title"]"#),
        ] { writer.field(name, json: value) }
        writer.end()
        writer.begin("link", "1")
        for (name, value) in [("l", #""1""#), ("r", #""a""#), ("b", #"["A"]"#)] { writer.field(name, json: value) }
        writer.end()
        try Disk().makeFolder(ledger.folder.path + "/runs")
        try ledger.write("runs/01.jsonl", writer.buffer)
        #expect(try ledger.load().text == #"1=a "A" ?"#)
        try ledger.run("02", ["link 2=b: B"])
        #expect(try ledger.load().text == #"1=a "A" ?; 2=b "B""#)
    }

    @Test("a links file that was cut, or lacks a line, is refused")
    func cutLinks() throws {
        let ledger = try Ledger()
        var store = try ledger.load()
        for number in 10..<76 { store = try ledger.run("\(number)", on: store, ["link \(number)=r\(number): V"]) }
        let bytes = try ledger.read("links.jsonl")
        for cut in stride(from: 0, to: bytes.count, by: 7) {
            try ledger.write("links.jsonl", Array(bytes[..<cut]))
            #expect(throws: StateFailure.self, "cut at byte \(cut)") { _ = try ledger.load() }
        }
    }

    @Test("a file that ends before a base that was in it is refused, and the base is not taken for an empty one")
    func shortBase() throws {
        let ledger = try Ledger()
        try ledger.run("01", ["link 1=a: A", "link 2=b: B"])
        let store = try ledger.load()
        let bytes = try ledger.read("runs/01.jsonl")
        try ledger.write("runs/01.jsonl", Array(bytes.dropLast(30)))
        #expect(try store.bases(of: [0]).base(of: 0)?.entries.count == 1)
        #expect {
            try store.bases(of: [0, 1])
        } throws: { error in
            guard case .damaged(let path, _, let reason)? = error as? StateFailure else { return false }
            return path.hasSuffix("/runs/01.jsonl") && reason == "it ends before a base that it held does"
        }
    }

    @Test("a header that is damaged is refused with its line")
    func header() throws {
        let ledger = try Ledger()
        var header = SyncHeader()
        header.runCount = 3
        header.stamps.left = CollectionStamp("x")
        header.counts.right = 7
        header.lastStarted = Timestamp("2026-11-21T10:00:00Z")
        try ledger.folder.save(header)
        #expect(try ledger.folder.header() == header)
        let text = String(decoding: try ledger.read("state.json"), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let path = ledger.folder.path + "/state.json"
        let wrong: [(String, String, String)] = [
            ("\"runs\"", "  \"runs\": 9223372036854775807,", "'runs' is missing, or is no number of things"),
            ("\"runs\"", "  \"runs\": -1,", "'runs' is missing, or is no number of things"),
            ("\"settled\"", "  \"settled\": \"no\",", "'settled' is neither true nor false"),
            ("\"last_started\"", "  \"last_started\": \"soon\",", "'last_started' is no time"),
            ("\"definition\"", "  \"definition\": 7,", "'definition' is missing, or is no text"),
        ]
        for (name, line, reason) in wrong {
            let at = try #require(lines.firstIndex { $0.contains(name) })
            var changed = lines
            changed[at] = line
            try ledger.write("state.json", Array(changed.joined(separator: "\n").utf8))
            #expect(throws: StateFailure.damaged(path: path, line: at + 1, reason: reason)) { _ = try ledger.load() }
        }
        try ledger.write("state.json", Array(text.dropLast(4).utf8))
        #expect(throws: StateFailure.self) { _ = try ledger.load() }
        try ledger.write("state.json", [])
        #expect(throws: StateFailure.self) { _ = try ledger.load() }
    }

    @Test("a header in which any one bit is another is refused")
    func everyByte() throws {
        let ledger = try Ledger()
        var header = SyncHeader()
        header.runCount = 3
        header.counts.right = 7
        header.lastProblem = "none"
        try ledger.folder.save(header)
        let bytes = try ledger.read("state.json")
        for at in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[at] ^= 1 << UInt8(bit)
                try ledger.write("state.json", changed)
                #expect(throws: StateFailure.self, "bit \(bit) of byte \(at)") { _ = try ledger.folder.header() }
            }
        }
        let whole = String(decoding: bytes, as: UTF8.self)
        let edited = whole.split(separator: "\"right\": 7").joined(separator: "\"right\": 8")
        try ledger.write("state.json", Array(edited.utf8))
        let path = ledger.folder.path + "/state.json"
        let line = edited.split(separator: "\n").count - 1
        #expect(
            throws: StateFailure.damaged(path: path, line: line, reason: "its checksum does not fit: it was changed")
        ) { _ = try ledger.folder.header() }
    }

    @Test("a second claim says who holds the lock, and the lock goes with its holder")
    func lock() throws {
        let ledger = try Ledger()
        var claim: SyncClaim? = try ledger.folder.claim(holder: "the first")
        #expect(claim != nil)
        #expect(throws: StateFailure.locked(path: ledger.folder.path + "/lock", holder: "the first")) {
            _ = try ledger.folder.claim(holder: "the second")
        }
        claim = nil
        _ = try ledger.folder.claim(holder: "the third")
    }
}
