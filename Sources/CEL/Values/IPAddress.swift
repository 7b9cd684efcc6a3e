/// An address of the internet protocol: version 4, or version 6 as RFC 4291 has it.
package struct IPAddress: Sendable {
    /// The bits; an address of version 4 stands in the last 32.
    let high: UInt64
    let low: UInt64
    /// 4 or 6.
    let family: UInt8

    /// Bits of an address: 32 or 128.
    var width: Int { family == 4 ? 32 : 128 }

    init(v4 bits: UInt32) {
        high = 0
        low = UInt64(bits)
        family = 4
    }

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
        family = 6
    }

    /// The address of version 4 that stands for this one where it is written as one of version 6 (`::ffff:c0a8:1`).
    var unmapped: IPAddress {
        family == 6 && high == 0 && low >> 32 == 0xFFFF ? IPAddress(v4: UInt32(truncatingIfNeeded: low)) : self
    }

    var isMapped: Bool { family == 6 && unmapped.family == 4 }

    /// The address with all bits past the first so many set to zero.
    func masked(_ bits: Int) -> IPAddress {
        if family == 4 { return IPAddress(v4: UInt32(truncatingIfNeeded: low) & ~(UInt32.max >> bits)) }
        return IPAddress(high: high & ~(UInt64.max >> bits), low: low & ~(UInt64.max >> max(0, bits - 64)))
    }
}

extension IPAddress: Equatable {
    /// A mapped address is the one of version 4 that it stands for.
    package static func == (a: IPAddress, b: IPAddress) -> Bool {
        let (a, b) = (a.unmapped, b.unmapped)
        return a.family == b.family && a.high == b.high && a.low == b.low
    }
}

/// What kinds of addresses there are: RFC 4291, section 2.4, and RFC 6890.
extension IPAddress {
    var isUnspecified: Bool { unmapped.high == 0 && unmapped.low == 0 }

    var isLoopback: Bool {
        let address = unmapped
        return address.family == 4 ? address.low >> 24 == 127 : address.high == 0 && address.low == 1
    }

    var isMulticast: Bool {
        let address = unmapped
        return address.family == 4 ? address.low >> 28 == 0xE : address.high >> 56 == 0xFF
    }

    /// 224.0.0.0/24, or ff02::/16 whatever its flags.
    var isLinkLocalMulticast: Bool {
        let address = unmapped
        return address.family == 4 ? address.low >> 8 == 0xE00000 : address.high >> 48 & 0xFF0F == 0xFF02
    }

    /// 169.254.0.0/16, or fe80::/10.
    var isLinkLocalUnicast: Bool {
        let address = unmapped
        return address.family == 4 ? address.low >> 16 == 0xA9FE : address.high >> 54 == 0xFE80 >> 6
    }

    /// Neither of the above, nor the broadcast address; private addresses count as global here.
    var isGlobalUnicast: Bool {
        let isBroadcast = unmapped.family == 4 && unmapped.low == 0xFFFF_FFFF
        return !isBroadcast && !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
    }
}

extension IPAddress: CustomStringConvertible {
    /// The canonical text (RFC 5952): `192.168.0.1`, `2001:db8::68`. A mapped address is written in hexadecimal digits
    /// like any other, for its dotted form is not read.
    package var description: String {
        guard family == 6 else {
            return (0..<4).reversed().map { String(low >> ($0 * 8) & 0xFF) }.joined(separator: ".")
        }
        let groups = (0..<8).map { ($0 < 4 ? high : low) >> (48 - $0 % 4 * 16) & 0xFFFF }
        let hole = IPAddress.hole(in: groups)
        let text = { (groups: ArraySlice<UInt64>) in groups.map { String($0, radix: 16) }.joined(separator: ":") }
        guard !hole.isEmpty else { return text(groups[...]) }
        return text(groups[..<hole.lowerBound]) + "::" + text(groups[hole.upperBound...])
    }

    /// The longest run of zeros, the first of such, that `::` stands for; a single zero is written.
    private static func hole(in groups: [UInt64]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start > max(1, best.count) { best = start..<end }
            start = end + 1
        }
        return best
    }
}
