internal import Values

// The sentences about failures: the only place that makes them.
extension HTTPFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badURL(let url): "'\(url)' is no address of a server: http:// or https://, and no user name in it"
        case .badRequest(let name): "'\(name)' cannot be sent: it holds a line break or another control character"
        case .caFile(let path): "no certificate can be read from '\(path)'"
        case .hostUnknown(let host): "nothing is named \(host) (DNS)"
        case .refused(let host, let port): "\(host) refuses connections on port \(port)"
        case .unreachable(let host): "there is no way to \(host) (network)"
        case .noConnection(let host, let limit): "no connection to \(host) within \(limit.secondsText)"
        case .tls(let host, let fault): fault.sentence(host)
        case .proxy(let address, let fault): fault.sentence(address)
        case .lost(let host, let sent):
            "\(host) closed the connection before its answer was whole" + (sent ? "" : "; nothing had been sent")
        case .tooSlow(let host, let limit, let sent):
            "no whole answer from \(host) within \(limit.secondsText)" + (sent ? "" : "; nothing had been sent")
        case .tooLarge(let host, let limit): "the answer of \(host) is longer than \(limit) bytes"
        case .malformed(let host, let fault): "the answer of \(host) is broken: \(fault.words)"
        case .here(let reason, _): reason
        case .stopped: "stopped"
        }
    }
}

extension TLSFault {
    func sentence(_ host: String) -> String {
        switch self {
        case .untrusted(let issuer):
            "the certificate of \(host) is not trusted: its issuer\(issuer.map { " '\($0)'" } ?? "") is not known here"
        case .selfSigned: "the certificate of \(host) is not trusted: it is self-signed"
        case .expired(let day): "the certificate of \(host) ran out on \(day)"
        case .notYetValid(let day): "the certificate of \(host) is not valid before \(day)"
        case .wrongHost(let names):
            "the certificate of \(host) is for "
                + (names.isEmpty ? "another host" : names.joined(separator: ", ") + ", not for this host")
        case .notTLS: "\(host) does not speak TLS on this port"
        case .nothingInCommon: "\(host) and Lockstep have no version or cipher of TLS in common"
        case .closed: "\(host) closed the connection during the TLS handshake"
        case .clientCertificate: "\(host) wants a certificate of the client"
        case .other(let reason): "TLS with \(host) failed: \(reason)"
        }
    }
}

extension ProxyFault {
    func sentence(_ address: String) -> String {
        switch self {
        case .hostUnknown: "nothing is named as the proxy \(address) is (DNS)"
        case .refused: "the proxy \(address) refuses connections"
        case .unreachable: "there is no way to the proxy \(address) (network)"
        case .noConnection(let limit): "no connection through the proxy \(address) within \(limit.secondsText)"
        case .credentials: "the proxy \(address) does not accept the user name and password, or wants some"
        case .noTunnel(let host): "the proxy \(address) does not connect to \(host)"
        case .scheme(let scheme): "the proxy \(address) is of the kind '\(scheme)'; only http is known"
        case .notAnAddress: "the proxy's address is none"
        }
    }
}

extension Malformation {
    var words: String {
        switch self {
        case .notHTTP: "it is not HTTP"
        case .headers: "its header has too many fields, or too long ones"
        case .body: "its body does not end as its header says"
        case .compression: "its compression"
        case .encoding(let name): "it is compressed as '\(name)', which was not offered"
        case .http2: "its HTTP/2"
        }
    }
}
