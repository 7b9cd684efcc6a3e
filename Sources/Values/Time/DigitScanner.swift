/// Reads fixed forms such as `2026-11-21T10:00:00Z` byte by byte.
struct DigitScanner {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { at == bytes.count }
    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    /// Exactly so many digits.
    mutating func digits(_ count: Int) -> Int? {
        guard at + count <= bytes.count else { return nil }
        var number = 0
        for byte in bytes[at..<at + count] {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        at += count
        return number
    }

    /// All digits that follow, as bytes.
    mutating func run() -> ArraySlice<UInt8> {
        let start = at
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
        return bytes[start..<at]
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    mutating func skip(_ text: [UInt8]) -> Bool {
        guard bytes[at...].starts(with: text) else { return false }
        at += text.count
        return true
    }

    /// Exactly so many digits, as bytes.
    mutating func take(_ count: Int) -> [UInt8]? {
        let taken = bytes[at...].prefix(count)
        guard taken.count == count, taken.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        at += count
        return Array(taken)
    }

    /// The position of the name that stands here, in ASCII and whatever case.
    mutating func skip(oneOf names: [String]) -> Int? {
        for (position, name) in names.enumerated() {
            let here = bytes[at...].prefix(name.utf8.count)
            if here.count == name.utf8.count, zip(here, name.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                at += here.count
                return position
            }
        }
        return nil
    }
}
