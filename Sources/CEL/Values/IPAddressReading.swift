extension IPAddress {
    /// Why a text is no address.
    enum Problem: Error, Hashable {
        case malformed
        /// `fe80::1%en0`: a zone means something on one machine alone.
        case zone
        /// `::ffff:192.168.0.1`, which is to be written as the address of version 4 that it stands for.
        case mapped
    }

    /// Reads an address as RFC 4291 and, of version 4, dotted decimals without leading zeros have it.
    init(_ text: some StringProtocol) throws(Problem) {
        if text.utf8.contains(UInt8(ascii: "%")) { throw .zone }
        guard text.utf8.contains(UInt8(ascii: ":")) else {
            guard let bits = IPAddress.dotted(text.utf8[...]) else { throw .malformed }
            self.init(v4: bits)
            return
        }
        guard let (groups, isDotted) = IPAddress.groups(text.utf8[...]) else { throw .malformed }
        self.init(
            high: groups[..<4].reduce(0) { $0 << 16 | UInt64($1) },
            low: groups[4...].reduce(0) { $0 << 16 | UInt64($1) })
        if isDotted, isMapped { throw .mapped }
    }

    private static func dotted<C: Collection>(_ text: C) -> UInt32? where C.Element == UInt8 {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard let number = decimal(part, most: 255) else { return nil }
            bits = bits << 8 | UInt32(number)
        }
        return bits
    }

    /// A number without sign and without leading zeros.
    static func decimal<C: Collection>(_ digits: C, most: Int) -> Int? where C.Element == UInt8 {
        guard let first = digits.first, digits.count <= 3, digits.allSatisfy(\.isDigit) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return number <= most && (first != 0x30 || digits.count == 1) ? number : nil
    }

    /// Eight groups of 16 bits, and whether the last two were written as an address of version 4.
    private static func groups<C: Collection>(_ text: C) -> (groups: [UInt16], isDotted: Bool)?
    where C.Element == UInt8 {
        let colon = UInt8(ascii: ":")
        var parts = text.split(separator: colon, omittingEmptySubsequences: false)[...]
        // At either end `::` leaves two empty parts, and one of them is that of the hole.
        if parts.first?.isEmpty == true {
            parts.removeFirst()
            guard parts.first?.isEmpty == true else { return nil }
        }
        if parts.last?.isEmpty == true {
            parts.removeLast()
            guard parts.last?.isEmpty == true else { return nil }
        }
        var groups: [UInt16] = []
        var hole: Int?
        var isDotted = false
        for (number, part) in parts.enumerated() {
            if part.isEmpty {
                guard hole == nil else { return nil }
                hole = groups.count
            } else if number == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let bits = dotted(part) else { return nil }
                groups += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
                isDotted = true
            } else {
                guard let group = hexadecimal(part) else { return nil }
                groups.append(group)
            }
        }
        guard let hole else { return groups.count == 8 ? (groups, isDotted) : nil }
        guard groups.count < 8 else { return nil }
        groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: hole)
        return (groups, isDotted)
    }

    private static func hexadecimal<C: Collection>(_ digits: C) -> UInt16? where C.Element == UInt8 {
        guard digits.count <= 4 else { return nil }
        var number: UInt16 = 0
        for digit in digits {
            guard let value = digit.hexDigit else { return nil }
            number = number << 4 | UInt16(value)
        }
        return number
    }
}
