/// The tags that are honoured: those of YAML's core schema, written `!!str` or out in full.
enum Tag: String {
    case str, int, float, bool, null, seq, map

    private static let prefix = "tag:yaml.org,2002:"

    init?(uri: String) {
        guard uri.hasPrefix(Tag.prefix) else { return nil }
        self.init(rawValue: String(uri.dropFirst(Tag.prefix.count)))
    }

    /// A tag as people write it, with the short form of YAML's own.
    static func written(_ uri: String) -> String {
        uri.hasPrefix(prefix) ? "!!" + uri.dropFirst(prefix.count) : uri
    }

    /// What the tag makes of a scalar's text, nil if the text is none of its kind.
    func resolve(_ text: String) -> Resolved? {
        switch self {
        case .str: return .text(text)
        case .int: return CoreSchema.integer(text)
        case .float: return CoreSchema.float(text)
        case .bool:
            if case .bool(let value) = CoreSchema.resolve(text) { return .bool(value) }
            return nil
        case .null: return CoreSchema.resolve(text) == .null ? .null : nil
        case .seq, .map: return nil
        }
    }
}
