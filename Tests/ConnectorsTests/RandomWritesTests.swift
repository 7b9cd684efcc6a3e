import Connectors
import Model
import TestKit
import Testing
import Values

/// A file in one of many styles, what it should hold, and a generator of batches for it.
private struct RandomFile {
    var type: String
    var content = ""
    var records: [(id: String, fields: [String: Value])] = []
    private var random: SplitMix64
    private var next = 0

    private static let fields = ["name", "note", "x y"]
    private static let texts = ["", "a", "b,c", "\"q\"", "l\nm", "\r\n", "é🙂", " ", "\\", "0.10", "\t", "{\"id\":1}"]

    init(_ type: String, seed: UInt64) {
        self.type = type
        random = SplitMix64(seed: seed)
        for _ in 0..<random.below(9) { records.append(record()) }
        switch type {
        case "csv": content = csv()
        case "jsonl": content = lines()
        default: content = array()
        }
    }

    private mutating func record() -> (id: String, fields: [String: Value]) {
        next += 1
        let id = random.below(4) == 0 ? "k\"\(next)," : "\(next)"
        return (id, Dictionary(uniqueKeysWithValues: Self.fields.map { ($0, value()) }))
    }

    private mutating func value() -> Value {
        if type == "csv" || random.below(2) == 0 { return .text(random.pick(Self.texts)) }
        return random.pick([
            .null, .bool(true), .int(7), .decimal(Decimal(verified: "-1.50e3")), .list([.int(1), .text("x")]),
            .object(["a": .null, "b": .object([:])]),
        ])
    }

    private mutating func csv() -> String {
        let lineEnd = random.pick(["\n", "\r\n"])
        let quotes = random.below(3)
        func cell(_ text: String, _ random: inout SplitMix64) -> String {
            let needs = text.contains { ",\"\n\r".contains($0) || $0 == "\r\n" }
            guard needs || quotes == 2 || (quotes == 1 && random.below(2) == 0) else { return text }
            return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        var rows = [["id"] + Self.fields]
        for record in records { rows.append([record.id] + Self.fields.map { record.fields[$0]?.text ?? "" }) }
        var text = random.pick(["", "\u{feff}"])
        for row in rows {
            text += row.map { cell($0, &random) }.joined(separator: ",") + lineEnd
            if random.below(6) == 0 { text += lineEnd }
        }
        return random.below(3) == 0 && !text.hasSuffix(lineEnd + lineEnd) ? String(text.dropLast()) : text
    }

    private mutating func object(_ record: (id: String, fields: [String: Value]), _ space: String, _ line: String)
        -> String
    {
        var members = ["\"id\":\(space)\(JSON.text(.text(record.id)))"]
        for field in Self.fields {
            members.append("\(JSON.text(.text(field))):\(space)\(JSON.text(record.fields[field] ?? .null))")
        }
        members.shuffle(using: &random)
        let separator = line.isEmpty ? ",\(space)" : ",\(line)  "
        return line.isEmpty
            ? "{\(members.joined(separator: separator))}" : "{\(line)  \(members.joined(separator: separator))\(line)}"
    }

    private mutating func lines() -> String {
        let space = random.pick(["", " "])
        let lineEnd = random.pick(["\n", "\r\n"])
        var text = random.pick(["", "\u{feff}"])
        for record in records { text += object(record, space, "") + lineEnd + (random.below(6) == 0 ? lineEnd : "") }
        return random.below(3) == 0 && text.hasSuffix("}" + lineEnd) ? String(text.dropLast()) : text
    }

    private mutating func array() -> String {
        let space = random.pick(["", " "])
        let line = random.pick(["", "\n  "])
        let objects = records.map { object($0, space, line) }
        return "[" + line + objects.joined(separator: "," + line) + (line.isEmpty ? "" : "\n") + "]"
    }

    /// A batch, and the ids that it touches; `records` is then what the file should hold.
    mutating func batch() -> (requests: [WriteRequest], touched: Set<String>) {
        var requests: [WriteRequest] = []
        var touched: Set<String> = []
        for id in records.map(\.id) where random.below(3) == 0 {
            touched.insert(id)
            guard let at = records.firstIndex(where: { $0.id == id }) else { continue }
            if random.below(3) == 0 {
                requests.append(.delete(id))
                records.remove(at: at)
            } else {
                let set = Dictionary(
                    uniqueKeysWithValues: Self.fields.filter { _ in random.below(2) == 0 }.map { ($0, value()) })
                requests.append(.update(id, set))
                records[at].fields.merge(set) { $1 }
            }
        }
        for _ in 0..<random.below(3) {
            let new = record()
            touched.insert(new.id)
            requests.append(.create(new.id, new.fields))
            records.append(new)
        }
        // Creates keep their order among themselves, which is their order in the file.
        let creates = requests.filter { $0.verb == .create }
        requests = requests.filter { $0.verb != .create }.shuffled(using: &random)
        requests.insert(contentsOf: creates, at: random.below(requests.count + 1))
        return (requests, touched)
    }
}

@Suite("Random batches on files of random style")
struct RandomWritesTests {
    @Test("leave what was asked for, and the bytes of all else", arguments: ["csv", "jsonl", "json"])
    func batches(type: String) async throws {
        for seed in 0..<400 {
            var model = RandomFile(type, seed: UInt64(seed))
            let file = try TestFile(type, model.content)
            var before = try await ReadCollection(file)
            for _ in 0..<4 {
                let (requests, touched) = model.batch()
                let outcomes = try await file.outcomes(requests)
                let after = try await ReadCollection(file)
                #expect(after.ids == model.records.map(\.id), "seed \(seed)")
                for (record, read) in zip(model.records, after.records) {
                    for (name, value) in record.fields {
                        #expect(read[name].map { $0.means(value) } == true, "seed \(seed), \(record.id), \(name)")
                    }
                }
                for id in before.ids where !touched.contains(id) {
                    #expect(after.fingerprint(id) == before.fingerprint(id), "seed \(seed), \(id)")
                }
                for (request, outcome) in zip(requests, outcomes) {
                    let fingerprint = after.fingerprint(request.id.key) ?? .none
                    #expect(outcome == .stored(fingerprint), "seed \(seed), \(request.id)")
                }
                before = after
            }
        }
    }
}
