extension JSONReader {
    /// Steps over one value, which is checked in full (but for names that stand twice), and says where it stood.
    @discardableResult
    package mutating func skipValue() throws(JSON.Failure) -> Range<Int> {
        let start = position
        try skip(depth: 0)
        return start..<position
    }

    private mutating func skip(depth: Int) throws(JSON.Failure) {
        guard position < end else { throw noValue() }
        switch base[position] {
        case UInt8(ascii: "\""): _ = try scanText()
        case UInt8(ascii: "{"):
            guard depth < JSON.depthLimit else { throw JSON.Failure(.tooDeep, at: position) }
            var walk = try enterObject()
            while try nextName(&walk) != nil { try skip(depth: depth &+ 1) }
        case UInt8(ascii: "["):
            guard depth < JSON.depthLimit else { throw JSON.Failure(.tooDeep, at: position) }
            var walk = try enterList()
            while try nextElement(&walk) { try skip(depth: depth &+ 1) }
        case UInt8(ascii: "t"): try skipWord("true")
        case UInt8(ascii: "f"): try skipWord("false")
        case UInt8(ascii: "n"): try skipWord("null")
        default: _ = try scanNumber()
        }
    }

    /// Steps over `true`, `false` or `null`.
    @inline(__always)
    mutating func skipWord(_ word: StaticString) throws(JSON.Failure) {
        let count = word.utf8CodeUnitCount
        var at = 0
        while at < count {
            guard position &+ at < end, base[position &+ at] == word.utf8Start[at] else {
                let cut = position &+ at >= end
                throw JSON.Failure(cut ? .end : .noValue, at: cut ? end : position)
            }
            at &+= 1
        }
        position &+= count
    }
}
