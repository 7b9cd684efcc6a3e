extension JSON {
    /// The value over several lines, two spaces a level, in its own order, with a line feed at the end: for people.
    package static func prettyText(_ value: Value) -> String {
        var out: [UInt8] = []
        JSONSink.append(to: &out) { sink in
            sink.putPretty(value, indent: 0)
            sink.put(UInt8(ascii: "\n"))
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension JSONSink {
    fileprivate mutating func putPretty(_ value: Value, indent: Int) {
        switch value {
        case .list(let list) where !list.isEmpty:
            put(UInt8(ascii: "["))
            for (at, element) in list.enumerated() {
                putLine(indent + 2, comma: at > 0)
                putPretty(element, indent: indent + 2)
            }
            putLine(indent, comma: false)
            put(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            put(UInt8(ascii: "{"))
            for (at, (name, value)) in object.enumerated() {
                putLine(indent + 2, comma: at > 0)
                putString(name)
                put(": ")
                putPretty(value, indent: indent + 2)
            }
            putLine(indent, comma: false)
            put(UInt8(ascii: "}"))
        default: put(value)
        }
    }

    private mutating func putLine(_ indent: Int, comma: Bool) {
        if comma { put(UInt8(ascii: ",")) }
        put(UInt8(ascii: "\n"))
        for _ in 0..<indent { put(UInt8(ascii: " ")) }
    }
}
