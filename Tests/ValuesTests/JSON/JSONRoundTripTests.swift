import Testing
import Values

@Suite("JSON round trips")
struct JSONRoundTripTests {
    @Test("what is written is read back as it was", arguments: [1, 2, 3, 4] as [UInt64])
    func plain(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var builder = JSONBuilder()
        for _ in 0..<500 {
            let value = random.value(onlyJSON: true)
            let bytes = Array(JSON.text(value).utf8)
            #expect(try JSON.parse(bytes) == value, "seed \(seed)")
            let again = try bytes.withUnsafeBytes { bytes throws(JSON.Failure) in try builder.document(in: bytes) }
            #expect(again == value && JSON.text(again) == JSON.text(value), "seed \(seed)")
            #expect(try JSON.parse(Array(JSON.prettyText(value).utf8)) == value, "seed \(seed)")
        }
    }

    @Test(
        "the form of the state files gives every kind back, and is written the same again",
        arguments: [1, 2, 3, 4] as [UInt64])
    func state(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let value = random.value()
            let text = StateJSON.text(value)
            let read = try StateJSON.value(try JSON.parse(Array(text.utf8)))
            #expect(read.means(value), "seed \(seed): \(text)")
            #expect(StateJSON.text(read) == text, "seed \(seed)")
        }
    }

    @Test("a changed byte gives a value or a failure within the text", arguments: [1, 2, 3, 4] as [UInt64])
    func mutated(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var builder = JSONBuilder()
        var refused = 0
        for _ in 0..<2_500 {
            var bytes = Array(JSON.text(random.value(depth: 4, onlyJSON: true)).utf8)
            mutate(&bytes, &random)
            bytes.withUnsafeBytes { bytes in
                var reader = JSONReader(bytes)
                let isSkipped = (try? reader.skipValue()) != nil && (try? reader.finish()) != nil
                do throws(JSON.Failure) {
                    let value = try builder.document(in: bytes)
                    #expect(JSON.text(value).utf8.count > 0 && (isSkipped || bytes.first.map { $0 <= 0x20 } ?? false))
                } catch {
                    refused += 1
                    #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
                    if case .duplicateName = error.problem { return }
                    #expect(!isSkipped, "seed \(seed): \(error.reason)")
                }
            }
        }
        #expect(refused > 500)
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        for _ in 0...random.below(3) {
            let at = random.below(bytes.count + 1)
            switch random.below(5) {
            case 0: bytes.insert(UInt8(random.below(256)), at: at)
            case 1 where at < bytes.count: bytes.remove(at: at)
            case 2 where at < bytes.count: bytes[at] = UInt8(random.below(256))
            case 3: bytes.removeLast(bytes.count - at)
            default:
                bytes.insert(
                    contentsOf: Array(random.pick(["[", "{", "\"", "\\u", "\\uD800", ",", "1e", ":"]).utf8), at: at)
            }
        }
    }
}
