internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTP2
internal import NIOHTTPCompression
internal import NIOSSL
internal import Values

/// What a client is made for: its settings hold for all its requests.
struct ClientKind: Hashable {
    let options: HTTPOptions
    /// The proxy that leads to servers with TLS. Those in clear are spoken to through it without the client's help.
    let tunnel: ProxyAddress?

    func configuration(_ exchanges: Exchanges) throws(HTTPFailure) -> HTTPClient.Configuration {
        let silence = TimeAmount(options.read)
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try tls(), redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(options.connect), read: silence, write: silence),
            connectionPool: .init(
                idleTimeout: TimeAmount(options.idle),
                concurrentHTTP1ConnectionsPerHostSoftLimit: max(1, options.concurrent)),
            proxy: tunnel.map { .server(host: $0.host, port: $0.port, authorization: $0.authorization) },
            decompression: .enabled(limit: .size(options.maximumBody)))
        // The reason why there is no connection is worth more than a second try: who asked tries again by its own rules.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = options.http1Only ? .http1Only : .automatic
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
                try pipeline.addHandler(RequestWatch(exchanges, ConnectionUses()), position: .after(decoder))
            }
        }
        configuration.http2ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(ConnectionUses())
            }
        }
        configuration.http2StreamChannelDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                let codec = try pipeline.handler(type: HTTP2FramePayloadToHTTP1ClientCodec.self)
                let uses = try channel.parent?.pipeline.syncOperations.handler(type: ConnectionUses.self)
                try pipeline.addHandler(RequestWatch(exchanges, uses ?? ConnectionUses()), position: .after(codec))
            }
        }
        return configuration
    }

    /// TLS 1.2 and later; certificates are verified, with those of the file beside the system's.
    func tls() throws(HTTPFailure) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        guard let path = options.caFile else { return tls }
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
            throw .caFile(path: path)
        }
        tls.additionalTrustRoots = [.certificates(certificates)]
        return tls
    }
}

extension ProxyAddress {
    var authorization: HTTPClient.Authorization? {
        guard let text = credentials?.reveal() else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return .basic(username: String(parts[0]), password: parts.count > 1 ? String(parts[1]) : "")
    }
}

extension TimeAmount {
    /// At most a century.
    init(_ duration: Duration) {
        let century: Int64 = 3_155_760_000
        let (seconds, attoseconds) = duration.components
        self =
            seconds < 0 || attoseconds < 0
            ? .nanoseconds(0) : .seconds(min(seconds, century)) + .nanoseconds(attoseconds / 1_000_000_000)
    }
}
