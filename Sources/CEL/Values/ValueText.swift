import Values

extension CELValue: CustomStringConvertible {
    /// The value as an expression would spell it: what a trace and messages show.
    package var description: String {
        switch self {
        case .null: "null"
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
        case .list(let list): "[" + list.elements.map(\.description).joined(separator: ", ") + "]"
        case .map(let map):
            "{"
                + (0..<map.count).map { "\(map.key(at: $0)): \(map.value(at: $0))" }.joined(separator: ", ") + "}"
        case .type(let type): type.name
        case .optional(let value?): "optional.of(\(value))"
        case .optional(nil): "optional.none()"
        }
    }
}
