/// A text that people wrote, with the name by which they know it.
package struct SourceText: Sendable {
    /// The path as the user gave it, for messages.
    package let name: String
    package let bytes: [UInt8]
    /// The index at which each line begins, so that messages about a long text do not search it anew.
    private let lineStarts: [Int]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for index in bytes.indices where bytes[index] == 0x0A { starts.append(index + 1) }
        lineStarts = starts
    }

    package init(name: String, _ text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// The number of lines; a line feed at the end begins an empty one.
    package var lineCount: Int { lineStarts.count }

    /// The text of a line without its line end and without a byte-order mark, bad UTF-8 replaced; nil past the end. The
    /// first line is 1.
    package func line(_ number: Int) -> String? {
        guard number >= 1, number <= lineStarts.count else { return nil }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.endIndex
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
