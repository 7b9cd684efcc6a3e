/// Names that nothing else has: random ones, as RFC 9562 (section 5.4) writes them.
package enum RunID {
    package static func new() -> String {
        let bits = (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))
        let high = hex(bits.0 & ~0xF000 | 0x4000)
        let low = hex(bits.1 & ~(3 << 62) | 1 << 63)
        let parts = [high.prefix(8), high.dropFirst(8).prefix(4), high.suffix(4), low.prefix(4), low.suffix(12)]
        return parts.joined(separator: "-")
    }

    private static func hex(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
