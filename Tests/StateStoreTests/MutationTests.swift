import FileIO
import Model
import StateStore
import TestKit
import Testing
import Values

/// 10,000 random mutations of each kind of file: it loads, or is refused by name and line; loading changes nothing.
struct MutationTests {
    static let count = 10_000

    /// A folder with a links file, some run files after it, and a header.
    private func ledger() throws -> Ledger {
        let ledger = try Ledger()
        var store = try ledger.load()
        for number in 10..<76 {
            let more = number == 12 ? ["pass left o", "pass right #7"] : []
            store = try ledger.run("\(number)", on: store, ["link \(number)=r\(number): V"] + more)
        }
        try ledger.run(
            "80",
            [
                "agree 11=r11: W", "forget 12=r12", "pass left p", "create right x from y: X done",
                "create right h from k: H failed", "create right i from l: I failed", "update left 13: U done",
                "update left 14: U moved", "delete right r15 done", "create left z from q: Z",
            ])
        var header = SyncHeader()
        header.hasRun = true
        header.runCount = 67
        header.lastRun = "80"
        header.stamps = Sides(left: CollectionStamp("l"), right: nil)
        header.counts = Sides(left: 66, right: 66)
        header.lastStarted = Timestamp("2026-11-21T10:00:00Z")
        try ledger.folder.save(header)
        return ledger
    }

    @Test("mutated files", arguments: ["state.json", "links.jsonl", "runs/80.jsonl"])
    func mutations(file: String) throws {
        let ledger = try ledger()
        let good = try ledger.read(file)
        // What a run file may say when its end is missing: the states after each of its lines.
        var states: Set<String> = [try ledger.load().text]
        if file.hasPrefix("runs/") {
            for end in [0] + good.indices.filter({ good[$0] == 0x0A }).map({ $0 + 1 }) {
                try ledger.write(file, Array(good[..<end]))
                states.insert(try ledger.load().text)
            }
        }
        var random = SplitMix64(seed: 42)
        var refused = 0
        for number in 0..<Self.count {
            let mutated = Self.mutate(good, &random)
            try ledger.write(file, mutated)
            do {
                let store = try ledger.load()
                #expect(states.contains(try store.text), "mutation \(number) of seed 42 was taken in")
            } catch let failure as StateFailure {
                refused += 1
                let place = Self.place(failure)
                #expect(place?.path == ledger.folder.path + "/" + file, "mutation \(number): \(failure)")
                #expect(place.map { $0.line >= 1 } == true)
            }
            #expect(try ledger.read(file) == mutated, "mutation \(number): loading changed the file")
        }
        #expect(refused > Self.count / 3)
        try ledger.write(file, good)
        #expect(states.contains(try ledger.load().text))
    }

    private static func place(_ failure: StateFailure) -> (path: String, line: Int)? {
        switch failure {
        case .damaged(let path, let line, _), .damagedConnections(let path, let line, _),
            .damagedNotifications(let path, let line, _):
            (path, line)
        case .newer(let path, _), .foreign(let path, _): (path, 1)
        case .file, .missing, .locked: nil
        }
    }

    private static func mutate(_ good: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = good
        for _ in 0...random.below(3) where !bytes.isEmpty {
            let at = random.below(bytes.count)
            switch random.below(7) {
            case 0: bytes[at] ^= 1 << UInt8(random.below(8))
            case 1: bytes[at] = UInt8(random.below(256))
            case 2: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(40)))
            case 3: bytes.insert(contentsOf: (0...random.below(8)).map { _ in UInt8(random.below(256)) }, at: at)
            case 4: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 60)], at: random.below(bytes.count))
            case 5: bytes.removeSubrange(at...)
            default: bytes[at] = random.pick(Array("0123456789\"{}[],:\n\\-eE. ".utf8))
            }
        }
        return bytes
    }
}
