internal import Values

/// An absolute address of `http` or `https`, taken apart as RFC 3986 has it. Path and query stay as they are spelled.
package struct URLText: Sendable, Hashable {
    package let isSecure: Bool
    /// In small letters; an IPv6 address stands in brackets.
    package let host: String
    package let port: Int
    /// Begins with `/`.
    package let path: String
    /// What stands after `?`; nil where there is none.
    package let query: String?

    init(isSecure: Bool, host: String, port: Int, path: String, query: String?) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.path = path
        self.query = query
    }

    /// nil for what is no such address, has a user name (which would be a secret in the wrong place), or holds a byte
    /// that has to be percent-encoded. What follows `#` is left out.
    package init?(_ text: String) {
        guard let reference = URLReference(text), let scheme = reference.scheme, let authority = reference.authority
        else { return nil }
        guard scheme.isSameName(as: "http") || scheme.isSameName(as: "https") else { return nil }
        isSecure = scheme.utf8.count == 5
        guard let (name, port) = URLText.hostAndPort(authority) else { return nil }
        host = name
        self.port = port ?? (isSecure ? 443 : 80)
        guard reference.path.utf8.first.map({ $0 == UInt8(ascii: "/") }) ?? true else { return nil }
        path = reference.path.isEmpty ? "/" : reference.path
        query = reference.query
    }

    package var scheme: String { isSecure ? "https" : "http" }

    /// Host, and port where it is not the scheme's own, as the header `Host` has them.
    package var authority: String { port == (isSecure ? 443 : 80) ? host : "\(host):\(port)" }

    /// Scheme, host and port: what a credential belongs to.
    package var origin: String { "\(scheme)://\(authority)" }

    package func hasSameOrigin(as other: URLText) -> Bool {
        isSecure == other.isSecure && port == other.port && host.hasSameBytes(as: other.host)
    }

    /// Path and query, as a request line has them.
    package var target: String { path + (query.map { "?" + $0 } ?? "") }

    package var text: String { origin + target }

    /// For messages: a query may hold secrets.
    package var withoutQuery: String { origin + path }

    /// The host without brackets, as a name server or a socket wants it.
    var bareHost: String { host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host }

    /// Splits `host`, `host:port` and `[::1]:port`; nil for anything else.
    static func hostAndPort(_ authority: String) -> (host: String, port: Int?)? {
        let bytes = Array(authority.utf8)
        let isLiteral = bytes.first == UInt8(ascii: "[")
        let end =
            isLiteral
            ? bytes.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 }
            : bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        guard let end, end > (isLiteral ? 2 : 0) else { return nil }
        let name = bytes[..<end].map(\.lowercasedASCII)
        let inner = isLiteral ? name.dropFirst().dropLast() : name[...]
        guard inner.allSatisfy({ isLiteral ? $0.isIPv6Byte : $0.isHostByte }) else { return nil }
        let host = String(decoding: name, as: UTF8.self)
        let rest = bytes[end...]
        if rest.isEmpty || rest.elementsEqual(":".utf8) { return (host, nil) }
        guard rest.first == UInt8(ascii: ":"), rest.count <= 6, rest.dropFirst().allSatisfy(\.isDigit),
            let port = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), (1...65_535).contains(port)
        else { return nil }
        return (host, port)
    }
}

extension URLText: CustomStringConvertible {
    package var description: String { withoutQuery }
}

extension UInt8 {
    // Letters, digits, '-', '.' and '_': names in other scripts are spelled in ASCII (RFC 5891).
    fileprivate var isHostByte: Bool { isDigit || isLetter || "-._".utf8.contains(self) }

    fileprivate var isIPv6Byte: Bool {
        isDigit || (0x61...0x66).contains(lowercasedASCII) || ":.".utf8.contains(self)
    }
}
