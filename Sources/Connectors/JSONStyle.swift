internal import Values

/// The space that an object has around its parts, so that what is added looks like what is there.
struct JSONStyle {
    /// Between `{` and the first name.
    var open: [UInt8] = []
    /// Between a value and the next name: a comma with the space around it.
    var separator: [UInt8] = [UInt8(ascii: ",")]
    /// Between a name and its value: a colon with the space around it.
    var colon: [UInt8] = [UInt8(ascii: ":")]
    /// Between the last value and `}`.
    var close: [UInt8] = []

    /// No space at all.
    static let compact = JSONStyle()

    /// A space behind each comma and each colon.
    static let spaced = JSONStyle(separator: Array(", ".utf8), colon: Array(": ".utf8))

    init(open: [UInt8] = [], separator: [UInt8] = [0x2C], colon: [UInt8] = [0x3A], close: [UInt8] = []) {
        self.open = open
        self.separator = separator
        self.colon = colon
        self.close = close
    }

    /// The style of the object that the bytes spell, as its first two members show it.
    ///
    /// - Parameter fallback: the style where the object is empty.
    init(of object: UnsafeRawBufferPointer, fallback: JSONStyle = .compact) {
        self = fallback
        var reader = JSONReader(object)
        reader.skipSpace()
        let start = reader.position + 1
        guard var walk = try? reader.enterObject(), let first = try? reader.nextName(&walk) else { return }
        open = Array(object[start..<first.start - 1])
        colon = Array(object[first.end + 1..<reader.position])
        guard var end = (try? reader.skipValue())?.upperBound else { return }
        separator = [UInt8(ascii: ",")] + (open.isEmpty && colon.last == Byte.space ? [Byte.space] : open)
        var isSecond = true
        while let name = try? reader.nextName(&walk) {
            if isSecond { separator = Array(object[end..<name.start - 1]) }
            isSecond = false
            guard let value = try? reader.skipValue() else { return }
            end = value.upperBound
        }
        close = Array(object[end..<max(end, reader.position - 1)])
    }

    private var isOnLines: Bool { separator.contains(Byte.lineFeed) }

    /// The style of what stands inside.
    var inner: JSONStyle {
        guard isOnLines else { return self }
        let margin = separator.drop { $0 == UInt8(ascii: ",") }
        let step = margin.starts(with: close) ? Array(margin.dropFirst(close.count)) : [Byte.space, Byte.space]
        return JSONStyle(open: margin + step, separator: separator + step, colon: colon, close: Array(margin))
    }

    /// The same on one line.
    private var onOneLine: JSONStyle {
        guard isOnLines else { return self }
        return colon.last == Byte.space ? .spaced : .compact
    }
}

extension JSONStyle {
    /// Appends an object.
    func write(_ object: Object, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        for (at, field) in object.enumerated() {
            out.append(contentsOf: at == 0 ? open : separator)
            writeMember(field.0, field.1, to: &out)
        }
        if !object.isEmpty { out.append(contentsOf: close) }
        out.append(UInt8(ascii: "}"))
    }

    func writeMember(_ name: String, _ value: Value, to out: inout [UInt8]) {
        JSONWriter.writeString(name, to: &out)
        out.append(contentsOf: colon)
        write(value, to: &out)
    }

    /// Appends a value of an object of this style.
    ///
    /// - Parameter onOneLine: whether it is kept on one line, since what stood there was.
    func write(_ value: Value, onOneLine: Bool = false, to out: inout [UInt8]) {
        switch value {
        case .object(let object): (onOneLine ? self.onOneLine : inner).write(object, to: &out)
        case .list(let list): (onOneLine ? self.onOneLine : inner).write(list, to: &out)
        default: JSONWriter.write(value, to: &out)
        }
    }

    private func write(_ list: [Value], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for (at, value) in list.enumerated() {
            if at == 0 {
                if isOnLines { out.append(contentsOf: open) }
            } else {
                out.append(contentsOf: separator)
            }
            write(value, to: &out)
        }
        if isOnLines && !list.isEmpty { out.append(contentsOf: close) }
        out.append(UInt8(ascii: "]"))
    }
}
