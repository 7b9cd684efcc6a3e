internal import Values

/// A proxy that is spoken to in clear, with what it wants to know of the user.
struct ProxyAddress: Sendable, Hashable {
    let host: String
    let port: Int
    /// `user:password`, decoded.
    let credentials: Secret?

    /// Reads `http://user:password@host:port/` and `host:port`. Nothing of what stands before `@` is in any failure.
    init(_ text: Secret) throws(HTTPFailure) {
        var rest = Substring(text.reveal())
        var scheme = "http"
        if let mark = rest.firstRange(of: "://") {
            scheme = String(rest[..<mark.lowerBound])
            rest = rest[mark.upperBound...]
        }
        if let end = rest.firstIndex(where: { "/?#".contains($0) }) { rest = rest[..<end] }
        let at = rest.lastIndex(of: "@")
        let user = at.map { String(rest[..<$0]) }
        if let at { rest = rest[rest.index(after: at)...] }
        guard let (host, port) = URLText.hostAndPort(String(rest)) else {
            throw .proxy(address: "", .notAnAddress)
        }
        guard scheme.isSameName(as: "http") else {
            throw .proxy(address: host, .scheme(String(scheme.filter(\.isLetter).prefix(16))))
        }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port ?? 80
        credentials = user.map { Secret(PercentCoding.decode($0) ?? $0) }
    }

    var name: String { "\(host):\(port)" }
}
