/// Where the digits that count stand in the spelling of a number: the number is 0.DIGITS times ten to the power of
/// ``scale``.
struct DecimalDigits {
    private(set) var isNegative = false
    /// Where the first digit that is not zero stands, and the place behind the last such.
    private var first = 0
    private var last = 0
    /// How many digits that count there are; 0 for zero.
    private var count = 0
    private(set) var scale = 0
    /// The point, if it stands among the digits that count; else a place past them.
    private var point = Int.max
    /// The exponent where it has more than 18 digits, without zeros in front: then ``scale`` leaves it out.
    private var farExponent: Range<Int>?
    private var isExponentNegative = false

    var isZero: Bool { count == 0 }
    var isExtreme: Bool { farExponent != nil }
    var isWhole: Bool { isZero || (isExtreme ? !isExponentNegative : count <= scale) }

    /// - Parameter bytes: a number as JSON spells it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var at = 0
        var whole = 0
        var seen = 0
        var leading = 0
        if bytes.first == UInt8(ascii: "-") {
            isNegative = true
            at = 1
        }
        scan: while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "."): point = at
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
            case 0x30 where last == 0:
                leading += 1
                if point == .max { whole += 1 }
            default:
                seen += 1
                if point == .max { whole += 1 }
                if last == 0 { first = at }
                if bytes[at] != 0x30 {
                    last = at + 1
                    count = seen
                }
            }
            at += 1
        }
        scale = whole - leading
        if at < bytes.count { readExponent(bytes, at + 1) }
        if isZero { self = DecimalDigits(zero: ()) }
    }

    private init(zero: Void) {}

    private mutating func readExponent(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) {
        var at = start
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
            isExponentNegative = bytes[at] == UInt8(ascii: "-")
            at += 1
        }
        while at < bytes.count, bytes[at] == 0x30 { at += 1 }
        guard bytes.count - at <= 18 else {
            farExponent = at..<bytes.count
            return
        }
        let exponent = bytes[at...].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
        scale += isExponentNegative ? -exponent : exponent
    }

    /// The digit at a place, counted from the first that counts; zero behind the last.
    func digit(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        guard place < count else { return 0 }
        let at = first + place
        return bytes[point > first && point <= at ? at + 1 : at] & 0x0F
    }

    func compare(
        _ other: DecimalDigits, _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
    ) -> Int {
        let signs = (sign, other.sign)
        if signs.0 != signs.1 || signs.0 == 0 { return (signs.0 - signs.1).signum() }
        return signs.0 * compareMagnitude(other, a, b)
    }

    private var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

    private func compareMagnitude(
        _ other: DecimalDigits, _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
    ) -> Int {
        let far = compareFarExponent(other, a, b)
        if far != 0 { return far }
        if scale != other.scale { return scale < other.scale ? -1 : 1 }
        for place in 0..<max(count, other.count) {
            let (x, y) = (digit(place, a), other.digit(place, b))
            if x != y { return x < y ? -1 : 1 }
        }
        return 0
    }

    private func compareFarExponent(
        _ other: DecimalDigits, _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
    ) -> Int {
        let (mine, theirs) = (farExponent ?? 0..<0, other.farExponent ?? 0..<0)
        let (direction, otherDirection) = (
            mine.isEmpty ? 0 : isExponentNegative ? -1 : 1, theirs.isEmpty ? 0 : other.isExponentNegative ? -1 : 1
        )
        if direction != otherDirection { return direction < otherDirection ? -1 : 1 }
        if mine.count != theirs.count { return mine.count < theirs.count ? -direction : direction }
        for (x, y) in zip(mine, theirs) where a[x] != b[y] { return a[x] < b[y] ? -direction : direction }
        return 0
    }

    /// nil where the exponent is too far to be worked out.
    func canonical(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        if isZero { return "0" }
        if isExtreme { return nil }
        func digits(_ places: Range<Int>) -> String {
            String(decoding: places.map { digit($0, bytes) | 0x30 }, as: UTF8.self)
        }
        let sign = isNegative ? "-" : ""
        switch scale {
        case 1...20:
            let whole = sign + digits(0..<scale)
            return count > scale ? whole + "." + digits(scale..<count) : whole
        case -5...0: return sign + "0." + String(repeating: "0", count: -scale) + digits(0..<count)
        default:
            let fraction = count > 1 ? "." + digits(1..<count) : ""
            return sign + digits(0..<1) + fraction + "e\(scale - 1)"
        }
    }
}
