import Values

extension CELValue: CustomStringConvertible {
    /// The value as an expression would spell it: what a trace and messages show. Past a million bytes it is cut, for
    /// values that share their parts may hold more than can be written.
    package var description: String { text(most: 1_000_000) }

    /// The beginning of the description, for messages: at most so many bytes, and what was begun.
    package func text(most: Int) -> String {
        var writer = ValueWriter(room: most)
        writer.write(self)
        return writer.text
    }

    /// The value as messages quote it.
    var brief: String {
        switch self {
        case .text(let text) where text.utf8.count > 200: LiteralText.text(String(text.unicodeScalars.prefix(60))) + "…"
        case .bytes(let bytes) where bytes.count > 200: LiteralText.bytes(Array(bytes.prefix(60))) + "…"
        default: text(most: 200)
        }
    }
}

/// Spells a value until its room is used up.
private struct ValueWriter {
    var text = ""
    let room: Int

    private var isFull: Bool { text.utf8.count > room }

    mutating func write(_ value: CELValue) {
        switch value {
        case .list(let list):
            write(list.count, "[", "]") { writer, position in writer.write(list[position]) }
        case .map(let map):
            write(map.count, "{", "}") { writer, position in
                writer.write(map.key(at: position))
                writer.text += ": "
                writer.write(map.value(at: position))
            }
        case .optional(let value?):
            text += "optional.of("
            write(value)
            text += ")"
        default: text += value.single
        }
    }

    private mutating func write(
        _ count: Int, _ open: String, _ close: String, _ part: (inout ValueWriter, Int) -> Void
    ) {
        text += open
        for position in 0..<count {
            if position > 0 { text += ", " }
            guard !isFull else {
                text += "…"
                break
            }
            part(&self, position)
        }
        text += close
    }
}

extension CELValue {
    /// The spelling of what has no parts.
    fileprivate var single: String {
        switch self {
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): "\(value)u"
        case .double(let value): LiteralText.double(value)
        case .decimal(let value): value.text
        case .text(let value): LiteralText.text(value)
        case .bytes(let value): LiteralText.bytes(value)
        case .timestamp(let value): "timestamp('\(value)')"
        case .date(let value): "date('\(value)')"
        case .duration(let value): "duration('\(value.secondsText)')"
        case .type(let type): type.name
        case .ip(let address): "ip('\(address)')"
        case .cidr(let network): "cidr('\(network)')"
        case .optional: "optional.none()"
        case .null, .list, .map: "null"
        }
    }
}
