/// A text that people wrote, with the name by which they know it.
package struct SourceText: Sendable {
    /// The path as the user gave it, for messages.
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    package init(name: String, _ text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// The text of a line without its line end, bad UTF-8 replaced; nil past the end. The first line is 1.
    package func line(_ number: Int) -> String? {
        var current = 1
        var start = bytes.startIndex
        while current < number {
            guard let lineFeed = bytes[start...].firstIndex(of: 0x0A) else { return nil }
            start = lineFeed + 1
            current += 1
        }
        guard number >= 1, start <= bytes.endIndex else { return nil }
        var end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
