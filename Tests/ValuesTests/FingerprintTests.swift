import Testing
import Values

@Suite("Fingerprints")
struct FingerprintTests {
    @Test("do not depend on where the pieces are cut")
    func pieces() {
        var random = SplitMix64(seed: 5)
        let bytes = (0..<150).map { _ in UInt8(random.below(256)) }
        for count in 0...bytes.count {
            let part = Array(bytes[..<count])
            let whole = Fingerprint(of: part)
            for cut in 0...count {
                #expect(pieced(part, [cut, cut / 2, 1]) == whole, "\(count) bytes cut at \(cut)")
            }
            #expect(pieced(part, Array(repeating: 1, count: count)) == whole)
        }
    }

    private func pieced(_ bytes: [UInt8], _ sizes: [Int]) -> Fingerprint {
        var hash = FingerprintHash()
        bytes.withUnsafeBytes { bytes in
            var start = 0
            for size in sizes + [bytes.count] {
                let end = min(start + size, bytes.count)
                hash.update(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                start = end
            }
        }
        return hash.finish()
    }

    @Test("differ where anything differs: a bit, the length, the order")
    func differ() {
        var seen: Set<Fingerprint> = [.none]
        var made = 0
        func add(_ bytes: [UInt8]) {
            made += 1
            seen.insert(Fingerprint(of: bytes))
        }
        for count in 0..<200 { add(Array(repeating: 0, count: count)) }
        var random = SplitMix64(seed: 9)
        let base = (0..<100).map { _ in UInt8(random.below(255) + 1) }
        for bit in 0..<800 {
            var changed = base
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            add(changed)
        }
        for number in 0..<50_000 { add(Array("{\"id\":\(number)}".utf8)) }
        for at in 0..<9 where base[at * 8] != base[at * 8 + 8] {
            var swapped = base
            swapped.swapAt(at * 8, at * 8 + 8)
            add(swapped)
        }
        #expect(seen.count == made + 1)
    }

    @Test("flip about half of their bits for one bit of content")
    func avalanche() {
        var random = SplitMix64(seed: 3)
        for count in [1, 7, 8, 31, 32, 33, 64, 100] {
            var flips = Array(repeating: 0, count: 64)
            var rounds = 0
            for _ in 0..<(400 / count + 20) {
                let base = (0..<count).map { _ in UInt8(random.below(256)) }
                let whole = Fingerprint(of: base).bits
                for bit in 0..<count * 8 {
                    var changed = base
                    changed[bit / 8] ^= 1 << UInt8(bit % 8)
                    let difference = Fingerprint(of: changed).bits ^ whole
                    for place in 0..<64 where difference >> UInt64(place) & 1 == 1 { flips[place] += 1 }
                    rounds += 1
                }
            }
            for place in 0..<64 {
                let share = Double(flips[place]) / Double(rounds)
                #expect((0.42...0.58).contains(share), "bit \(place) of \(count) bytes flips in \(share)")
            }
        }
    }

    @Test("print as 16 digits, and are read back")
    func text() {
        let print = Fingerprint(of: Array("a".utf8))
        #expect(print.description.utf8.count == 16 && Fingerprint(print.description) == print)
        #expect(Fingerprint(bits: 0xAB).description == "00000000000000ab")
        for text in ["", "ab", "+0000000000000ab", "00000000000000zz", "00000000000000ab0"] {
            #expect(Fingerprint(text) == nil)
        }
    }
}
