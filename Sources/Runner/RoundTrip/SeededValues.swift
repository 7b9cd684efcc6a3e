import Model
import Values

/// Values at random, the same at each check: Steele, Lea and Flood, 'Fast splittable pseudorandom number generators' (2014).
struct SeededValues: RandomNumberGenerator {
    private var state: UInt64
    private let type: ValueType?

    init(_ side: Side, _ type: ValueType?) {
        state = side == .left ? 6 : 60
        self.type = type
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// A value of the type, or of one of some kinds.
    mutating func next(like kinds: Set<ValueKind>) -> Value {
        switch type {
        case .text: return text()
        case .int: return whole()
        case .decimal: return fraction()
        case .bool: return .bool(below(2) == 0)
        case .date: return .date(CalendarDate(daysSinceEpoch: below(40_000) - 10_000))
        case .timestamp: return instant()
        case nil: break
        }
        var made: [Value] = [text()]
        if kinds.contains(.whole) { made = [whole()] }
        if kinds.contains(.fraction) { made.append(fraction()) }
        if kinds.contains(.list) { made.append(.list((0..<below(4)).map { _ in text() })) }
        if kinds.contains(.text), made.count > 1 || kinds.contains(.whole) { made.append(text()) }
        if !kinds.contains(.text), made.count > 1, case .text = made[0] { made.removeFirst() }
        return made[below(made.count)]
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    private mutating func text() -> Value {
        let pieces = [
            "a", "Z", "é", "e\u{301}", "ß", "1", "0", ".", ",", ";", "-", " ", "\n", "日", "\"", "\\", "%", "x",
        ]
        return .text((0..<below(12)).map { _ in pieces[below(pieces.count)] }.joined())
    }

    private mutating func whole() -> Value {
        let digits = 1 + below(15)
        let number = Int64(bitPattern: next() >> 1) % Int64(String(repeating: "9", count: digits), default: 9)
        return .int(below(2) == 0 ? number : 0 &- number)
    }

    private mutating func fraction() -> Value {
        let text = "\(below(100_000)).\(below(10_000))"
        return Decimal(text).map(Value.decimal) ?? .int(0)
    }

    private mutating func instant() -> Value {
        let seconds = Int64(below(4_000_000_000)) - 1_000_000_000
        return Timestamp(seconds: seconds, nanoseconds: Int32(below(1_000_000_000))).map(Value.timestamp) ?? .null
    }
}

extension Int64 {
    fileprivate init(_ digits: String, default other: Int64) { self = Int64(digits) ?? other }
}

extension Value {
    /// Values that are nearer to the simplest, the boldest steps first.
    var smaller: [Value] {
        switch self {
        case .text(let text): return Array(text.unicodeScalars).smaller.map { .text(String($0)) }
        case .int(let number) where number != 0:
            // Nothing, then ever smaller steps, as in a search by halves.
            return [.int(0)] + (1...62).map { number / (1 << $0) }.filter { $0 != 0 }.map { .int(number - $0) }
        case .decimal(let number): return number.smaller.map(Value.decimal)
        case .timestamp(let instant):
            return [86_400, 3600, 60, 1].compactMap { (grain: Int64) in
                let past = (instant.seconds % grain + grain) % grain
                return Timestamp(seconds: instant.seconds - past).map(Value.timestamp)
            }.filter { $0 != self }
        case .list(let list):
            return list.indices.map { at in
                var rest = list
                rest.remove(at: at)
                return .list(rest)
            }
        default: return []
        }
    }
}

extension Decimal {
    fileprivate var smaller: [Decimal] {
        guard text.utf8.contains(UInt8(ascii: ".")) else { return [] }
        let whole = text.prefix { $0 != "." }
        return [String(whole), String(text.dropLast())].compactMap { Decimal($0) }.filter { $0 != self }
    }
}

extension [Unicode.Scalar] {
    /// Halves, then all but one.
    fileprivate var smaller: [[Unicode.Scalar]] {
        if count > 16 { return [Array(prefix(count / 2)), Array(suffix(count / 2))] }
        return indices.map { at in Array(self[..<at] + self[(at + 1)...]) }
    }
}

extension String {
    fileprivate init(_ scalars: [Unicode.Scalar]) {
        self.init(String.UnicodeScalarView(scalars))
    }
}
