/// Why there is no answer. Facts only, none of them secret: no query, no header, no body.
package enum HTTPFailure: Error, Hashable, Sendable {
    /// No absolute address of `http` or `https`, or one with a user name.
    case badURL(String)
    /// A method, or a header field of this name, that cannot be sent: a line break in it, for example.
    case badRequest(String)
    /// The file of further certificates cannot be read, or holds none.
    case caFile(path: String)
    case hostUnknown(host: String)
    case refused(host: String, port: Int)
    /// There is no way to the host.
    case unreachable(host: String)
    /// No connection stood when the time for it was over.
    case noConnection(host: String, after: Duration)
    case tls(host: String, TLSFault)
    case proxy(address: String, ProxyFault)
    /// The connection was lost before the answer was whole.
    ///
    /// - Parameter sent: whether any of the request may have reached the server; if not, it did nothing.
    case lost(host: String, sent: Bool)
    /// The server was silent for longer than it may, or the whole took longer than it may.
    case tooSlow(host: String, after: Duration, sent: Bool)
    /// The answer is longer than allowed.
    case tooLarge(host: String, limit: Int)
    /// What came is no answer by RFC 9110 and 9112, or its compression is broken.
    case malformed(host: String, Malformation)
    /// A body cannot be read, or not be kept, on this host.
    case here(String, sent: Bool)
    /// The task was cancelled, or the connections were shut down.
    case stopped(sent: Bool)

    /// Whether the server may have received any of the request, and so may have done what it asks.
    package var mayHaveArrived: Bool {
        switch self {
        case .lost(_, let sent), .tooSlow(_, _, let sent), .here(_, let sent), .stopped(let sent): sent
        case .tooLarge, .malformed: true
        case .badURL, .badRequest, .caFile, .hostUnknown, .refused, .unreachable, .noConnection, .tls, .proxy: false
        }
    }
}

/// What is wrong with the encryption of a connection.
package enum TLSFault: Hashable, Sendable {
    /// The issuer of the certificate is not trusted; its name, where it is known.
    case untrusted(issuer: String?)
    case selfSigned
    /// On this day, or before it, in UTC: `2026-11-21`.
    case expired(since: String)
    case notYetValid(until: String)
    /// The certificate is for other names; the first of them.
    case wrongHost(names: [String])
    /// What answers there does not speak TLS.
    case notTLS
    /// No version, cipher or protocol that both know.
    case nothingInCommon
    /// The server closed the connection during the handshake.
    case closed
    /// The server wants a certificate of the client.
    case clientCertificate
    case other(String)
}

package enum ProxyFault: Hashable, Sendable {
    case hostUnknown
    case refused
    case unreachable
    case noConnection(after: Duration)
    /// It wants a user name and a password, or others.
    case credentials
    /// It does not connect to the host.
    case noTunnel(host: String)
    /// Only proxies that are spoken to in clear (`http://`) are known.
    case scheme(String)
    case notAnAddress
}

package enum Malformation: Hashable, Sendable {
    case notHTTP
    /// Too many header fields, or too long ones.
    case headers
    /// A chunk, or another part of the body, is broken.
    case body
    case compression
    /// Compressed in a way that was not offered; the name is cut to letters and digits.
    case encoding(String)
    case http2
}
