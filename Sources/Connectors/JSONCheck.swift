internal import Values

/// Finds every mistake in the JSON of a record; names that stand twice in an object are one.
struct JSONCheck {
    /// The names of the objects that are open, the innermost last.
    private var names: [JSONText] = []

    /// From this many on, the names of an object are kept in a set.
    private static let many = 32

    /// Checks the text in a range of the bytes, which must hold one value and nothing else.
    mutating func check(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) throws(JSON.Failure) {
        names.removeAll(keepingCapacity: true)
        var reader = JSONReader(bytes, in: range)
        reader.skipSpace()
        try checkValue(&reader, depth: 0, bytes)
        try reader.finish()
    }

    private mutating func checkValue(_ reader: inout JSONReader, depth: Int, _ bytes: UnsafeRawBufferPointer)
        throws(JSON.Failure)
    {
        switch reader.next {
        case UInt8(ascii: "{"):
            if depth == JSON.depthLimit { throw JSON.Failure(.tooDeep, at: reader.position) }
            try checkObject(&reader, depth: depth, bytes)
        case UInt8(ascii: "["):
            if depth == JSON.depthLimit { throw JSON.Failure(.tooDeep, at: reader.position) }
            var walk = try reader.enterList()
            while try reader.nextElement(&walk) { try checkValue(&reader, depth: depth + 1, bytes) }
        default: try reader.skipValue()
        }
    }

    private mutating func checkObject(_ reader: inout JSONReader, depth: Int, _ bytes: UnsafeRawBufferPointer)
        throws(JSON.Failure)
    {
        let first = names.count
        var set: Set<TextKey> = []
        var walk = try reader.enterObject()
        while let name = try reader.nextName(&walk) {
            if names.count - first < Self.many {
                for at in first..<names.count where reader.isSame(name, names[at], in: bytes) {
                    throw duplicate(name, reader)
                }
            } else {
                if set.isEmpty { set = Set(names[first...].map { TextKey(reader.string($0)) }) }
                if !set.insert(TextKey(reader.string(name))).inserted { throw duplicate(name, reader) }
            }
            names.append(name)
            try checkValue(&reader, depth: depth + 1, bytes)
        }
        names.removeSubrange(first...)
    }

    private func duplicate(_ name: JSONText, _ reader: JSONReader) -> JSON.Failure {
        JSON.Failure(.duplicateName, at: name.start - 1)
    }
}

extension JSONReader {
    fileprivate func isSame(_ a: JSONText, _ b: JSONText, in bytes: UnsafeRawBufferPointer) -> Bool {
        guard a.isPlain, b.isPlain else { return string(a).hasSameBytes(as: string(b)) }
        let count = a.end - a.start
        guard count == b.end - b.start else { return false }
        for at in 0..<count where bytes[a.start + at] != bytes[b.start + at] { return false }
        return true
    }
}
