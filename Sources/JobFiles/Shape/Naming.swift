/// The rule for names of jobs, syncs and connections.
enum Naming {
    static let pattern = "^[a-z][a-z0-9_-]*$"

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy {
            isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
    }

    /// The name that a text would be, if its letters were small and what is no letter were `-`; nil if nothing is left
    /// of it.
    static func nearest(to text: String) -> String? {
        var bytes: [UInt8] = []
        for byte in text.utf8.prefix(60) {
            let small = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if isLetter(small) || isDigit(small) || small == UInt8(ascii: "_") {
                bytes.append(small)
            } else if bytes.last != UInt8(ascii: "-") {
                bytes.append(UInt8(ascii: "-"))
            }
        }
        let isEdge = { (byte: UInt8) in !isLetter(byte) && !isDigit(byte) }
        let core = bytes.drop { !isLetter($0) }
        let name = String(
            decoding: core.prefix(upTo: (core.lastIndex { !isEdge($0) } ?? core.startIndex - 1) + 1), as: UTF8.self)
        return isName(name) ? name : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
