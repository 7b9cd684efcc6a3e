internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTP2
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL

/// What an error of the client, or of the layers below it, means for the request.
struct FailureReading {
    let journey: Journey
    let options: HTTPOptions
    let progress: Exchange.Progress

    private var host: String { journey.url.bareHost }
    private var isSent: Bool { progress.isSent }
    private var lost: HTTPFailure {
        // With TLS, a connection that did not carry the request broke while it was set up.
        journey.url.isSecure && !isSent ? .tls(host: host, .closed) : .lost(host: host, sent: isSent)
    }

    func failure(_ error: any Error) -> HTTPFailure {
        switch error {
        case let failure as HTTPFailure: failure
        case let refusal as AnswerCollector.Refusal: refused(refusal)
        case let failure as BodyFlowFailure: .here(failure.reason, sent: isSent)
        case let error as HTTPClientError: client(error)
        case is CancellationError: .stopped(sent: isSent)
        case let error as NIOConnectionError: connection(error)
        case let error as IOError: system(error)
        case ChannelError.connectTimeout: noConnection
        // A kept connection that closed at the very moment when it was taken.
        case is ChannelError: .lost(host: host, sent: isSent)
        case let error as NIOSSLError: tls(error)
        case is NIOSSLExtraError: .tls(host: host, .wrongHost(names: []))
        case let error as HTTPParserError: parser(error)
        case NIOHTTPDecompression.DecompressionError.limit: .tooLarge(host: host, limit: options.maximumBody)
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            .malformed(host: host, .compression)
        case let error as NIOHTTP2Errors.StreamClosed: .lost(host: host, sent: error.errorCode != .refusedStream)
        case is any NIOHTTP2Error: .malformed(host: host, .http2)
        default: lost
        }
    }

    private func refused(_ refusal: AnswerCollector.Refusal) -> HTTPFailure {
        switch refusal {
        case .tooLarge: .tooLarge(host: host, limit: journey.request.sink?.limit ?? options.maximumBody)
        case .encoding(let name): .malformed(host: host, .encoding(name))
        }
    }

    private func client(_ error: HTTPClientError) -> HTTPFailure {
        switch error {
        case .deadlineExceeded: .tooSlow(host: host, after: options.whole, sent: isSent)
        case .readTimeout, .writeTimeout: .tooSlow(host: host, after: options.read, sent: isSent)
        case .cancelled, .alreadyShutdown: .stopped(sent: isSent)
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
            noConnection
        case .proxyAuthenticationRequired: proxy(.credentials) ?? lost
        case .remoteConnectionClosed where journey.tunnel != nil && !isSent: proxy(.noTunnel(host: host)) ?? lost
        case .invalidProxyResponse: proxy(.noTunnel(host: host)) ?? lost
        case .invalidURL, .emptyHost, .emptyScheme: .badURL(journey.url.withoutQuery)
        case .traceRequestWithBody, .bodyLengthMismatch: .badRequest("the body")
        default: lost
        }
    }

    private var noConnection: HTTPFailure {
        proxy(.noConnection(after: options.connect)) ?? .noConnection(host: host, after: options.connect)
    }

    private func proxy(_ fault: ProxyFault) -> HTTPFailure? {
        journey.proxy.map { .proxy(address: $0.name, fault) }
    }

    private func connection(_ error: NIOConnectionError) -> HTTPFailure {
        if error.connectionErrors.isEmpty, error.dnsAError != nil || error.dnsAAAAError != nil {
            return proxy(.hostUnknown) ?? .hostUnknown(host: host)
        }
        // Of several addresses, the one that said no at once says most.
        let codes = error.connectionErrors.compactMap { ($0.error as? IOError)?.errnoCode }
        return codes.contains(ECONNREFUSED) ? noWay(ECONNREFUSED) : noWay(codes.first ?? ETIMEDOUT)
    }

    private func system(_ error: IOError) -> HTTPFailure { isSent ? lost : noWay(error.errnoCode) }

    private func noWay(_ code: CInt) -> HTTPFailure {
        switch code {
        case ECONNREFUSED: proxy(.refused) ?? .refused(host: host, port: journey.url.port)
        case ETIMEDOUT: noConnection
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL, EACCES, EPERM:
            proxy(.unreachable) ?? .unreachable(host: host)
        default: lost
        }
    }

    private func tls(_ error: NIOSSLError) -> HTTPFailure {
        switch error {
        case .handshakeFailed(let reason): .tls(host: host, TLSFault(reason))
        case .noCertificateToValidate, .unableToValidateCertificate: .tls(host: host, .wrongHost(names: []))
        default: lost
        }
    }

    private func parser(_ error: HTTPParserError) -> HTTPFailure {
        switch error {
        case .invalidEOFState, .closedConnection: lost
        case .headerOverflow: .malformed(host: host, .headers)
        case .invalidChunkSize, .invalidContentLength, .unexpectedContentLength: .malformed(host: host, .body)
        default: .malformed(host: host, progress.isAnswered ? .body : .notHTTP)
        }
    }
}

extension TLSFault {
    var isOfCertificate: Bool {
        switch self {
        case .untrusted, .wrongHost: true
        default: false
        }
    }

    /// Reads the codes that BoringSSL puts into the text of an error; there is no other way to them.
    init(_ error: BoringSSLError) {
        guard case .sslError(let stack) = error else {
            self = .closed
            return
        }
        let text = stack.map(\.description).joined(separator: " ")
        let kinds: [(String, TLSFault)] = [
            ("CERTIFICATE_VERIFY_FAILED", .untrusted(issuer: nil)), ("WRONG_VERSION_NUMBER", .notTLS),
            ("UNSUPPORTED_PROTOCOL", .nothingInCommon), ("PROTOCOL_VERSION", .nothingInCommon),
            ("HANDSHAKE_FAILURE", .nothingInCommon), ("NO_APPLICATION_PROTOCOL", .nothingInCommon),
            ("CERTIFICATE_REQUIRED", .clientCertificate), ("EOF during handshake", .closed),
        ]
        let kind = kinds.first { text.contains($0.0) }?.1
        self = kind ?? .other(TLSFault.code(text))
    }

    /// The words in capital letters at the end: `OPENSSL_internal:BAD_RECORD` gives `bad record`.
    private static func code(_ text: String) -> String {
        guard let mark = text.firstRange(of: "OPENSSL_internal:") else { return "the handshake" }
        return text[mark.upperBound...].prefix { $0 == "_" || $0.isUppercase || $0.isNumber }.prefix(60)
            .lowercased().split(separator: "_").joined(separator: " ")
    }
}
