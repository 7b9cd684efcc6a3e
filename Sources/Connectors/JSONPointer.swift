internal import Model

/// The way to a value in a JSON document (RFC 6901).
struct JSONPointer: Sendable {
    let text: String
    let tokens: [[UInt8]]

    /// The whole document.
    static let root = JSONPointer(text: "", tokens: [])

    private init(text: String, tokens: [[UInt8]]) {
        self.text = text
        self.tokens = tokens
    }

    init(_ text: String) throws(EndpointFailure) {
        var tokens: [[UInt8]] = []
        for part in Array(text.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let token = Self.unescaped(part) else { throw Self.wrong(text) }
            tokens.append(token)
        }
        guard text.isEmpty || tokens[0].isEmpty else { throw Self.wrong(text) }
        self.init(text: text, tokens: Array(tokens.dropFirst()))
    }

    /// `~1` is a slash and `~0` a tilde; nil for a tilde before something else.
    private static func unescaped(_ part: ArraySlice<UInt8>) -> [UInt8]? {
        var token: [UInt8] = []
        var rest = part
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                token.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return token
    }

    private static func wrong(_ text: String) -> EndpointFailure {
        .misconfigured(message: "the setting 'pointer' is no JSON pointer such as '/data/items', but '\(text)'")
    }
}
