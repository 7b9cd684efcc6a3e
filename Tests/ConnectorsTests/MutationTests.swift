import Connectors
import FileIO
import Model
import TestKit
import Testing
import Values

/// A valid file, and what is put into it to break it.
struct MutatedFile: CustomTestStringConvertible, Sendable {
    var type: String
    var settings: [String: ResolvedSettings.Content] = [:]
    var content: String
    var pieces: [String]

    var testDescription: String { type }
}

@Suite("Files that were damaged at random")
struct MutationTests {
    private static let files = [
        MutatedFile(
            type: "csv", content: "id,name,note\r\n1,a,\"x, y\"\r\n2,\"b\"\"c\",\"line\nbreak\"\n\n3,é,🙂\n\"4\",,\n",
            pieces: ["\"", ",", "\n", "\r", "\"\"", "1", "\0", "\u{feff}", "é", ",\"", "\"\n"]),
        MutatedFile(
            type: "jsonl",
            content:
                "{\"id\":1,\"a\":\"x\\u00e9\",\"b\":[1,2.5e3,null]}\n\n{ \"id\" : \"2\", \"c\": {\"d\": true, \"e\": {}} }\r\n{\"a\":{},\"id\":3}\n",
            pieces: [
                "\"", ",", "\n", "{", "}", "[", "]", ":", "\\", "\\ud800", "1", "id", "null", "\u{feff}", "\u{1}", "-",
            ]),
        MutatedFile(
            type: "json", settings: ["pointer": .text("/data/items")],
            content:
                "{\"x\": [1, {\"y\": null}],\n \"data\": {\"items\": [\n  {\"id\": 1, \"a\": \"é\"},\n  {\"id\": \"b\", \"a\": [1]}\n ], \"z\": 1.5},\n \"w\": \"\\n\"}\n",
            pieces: ["\"", ",", "\n", "{", "}", "[", "]", ":", "\\", "1", "id", "items", "true", " ", "\u{feff}", "e"]),
    ]

    @Test("are read, or their mistake is named with its line; and no write harms them", arguments: files)
    func mutations(file: MutatedFile) async throws {
        let folder = try ScratchFolder()
        let path = "\(folder.path)/items.\(file.type)"
        let settings = file.settings.merging(["path": .text(folder.path)]) { $1 }
        let endpoint = try ConnectorCatalogue.endpoint(
            type: file.type, settings: ResolvedSettings(settings), collection: "items", folder: "", disk: Disk())
        var (good, bad) = (0, 0)
        for seed in 0..<10_000 {
            var random = SplitMix64(seed: UInt64(seed))
            let bytes = mutated(file, &random)
            try folder.write("items.\(file.type)", bytes)
            do {
                let read = try await ReadCollection(endpoint)
                good += 1
                try await checkWrite(endpoint, read, folder, file, seed)
            } catch EndpointFailure.malformed(let place, let message) {
                bad += 1
                let isPlaced =
                    place.hasPrefix(path + ":")
                    && place.dropFirst(path.count + 1).split(separator: ":").allSatisfy { Int($0) ?? 0 > 0 }
                #expect(isPlaced && !message.isEmpty, "seed \(seed): \(place)")
            } catch EndpointFailure.misconfigured(let message) {
                // The damage took the column of the id, or the way to the array.
                bad += 1
                #expect(message.hasPrefix(path + " has no"), "seed \(seed)")
            }
        }
        #expect(good > 500 && bad > 2000, "\(good) were read, \(bad) were refused")
    }

    /// Writes one record of a damaged file that can be read all the same; all others must stay.
    private func checkWrite(
        _ endpoint: any Endpoint, _ before: ReadCollection, _ folder: ScratchFolder, _ file: MutatedFile, _ seed: Int
    ) async throws {
        guard seed % 40 == 0, let id = before.ids.last else { return }
        let outcomes = try await endpoint.outcomes([.delete(id), .create("new")])
        #expect(outcomes[0] == .stored(.none), "seed \(seed)")
        let after = try await ReadCollection(endpoint)
        #expect(after.ids == before.ids.dropLast() + ["new"], "seed \(seed)")
        #expect(Array(after.fingerprints.dropLast()) == Array(before.fingerprints.dropLast()), "seed \(seed)")
    }

    private func mutated(_ file: MutatedFile, _ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(file.content.utf8)
        for _ in 0...random.below(3) {
            let at = random.below(bytes.count + 1)
            let end = min(bytes.count, at + random.below(4))
            switch random.below(5) {
            case 0: bytes.removeSubrange(at..<end)
            case 1: bytes.insert(contentsOf: Array(random.pick(file.pieces).utf8), at: at)
            case 2: bytes.replaceSubrange(at..<end, with: Array(random.pick(file.pieces).utf8))
            case 3: bytes.insert(contentsOf: bytes[at..<end], at: random.below(bytes.count + 1))
            default: if at < bytes.count { bytes[at] = UInt8(truncatingIfNeeded: random.next()) }
            }
            if bytes.isEmpty { return bytes }
        }
        return bytes
    }
}
