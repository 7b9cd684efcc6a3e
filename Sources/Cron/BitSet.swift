/// Numbers from 0 to 63.
struct BitSet: Sendable, Hashable {
    var bits: UInt64 = 0

    init(bits: UInt64 = 0) { self.bits = bits }

    init(_ range: ClosedRange<Int>) {
        for number in range { insert(number) }
    }

    mutating func insert(_ number: Int) { bits |= 1 << UInt64(number) }

    func contains(_ number: Int) -> Bool { bits >> UInt64(number) & 1 == 1 }

    var isEmpty: Bool { bits == 0 }
    var count: Int { bits.nonzeroBitCount }
    var lowest: Int? { next(0) }
    var highest: Int? { last(63) }

    /// The smallest that is at least the number, which may be past the end.
    func next(_ number: Int) -> Int? {
        let rest = number > 63 ? 0 : bits & (UInt64.max << UInt64(number))
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }

    /// The largest that is at most the number, which may be before the start.
    func last(_ number: Int) -> Int? {
        guard number >= 0 else { return nil }
        let rest = bits << UInt64(63 - min(number, 63))
        return rest == 0 ? nil : min(number, 63) - rest.leadingZeroBitCount
    }

    /// In ascending order.
    var numbers: [Int] { (0...63).filter(contains) }
}
