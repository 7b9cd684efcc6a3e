import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

/// A server with TLS on 127.0.0.1.
final class TLSServer: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let channel: any Channel
    private let counted: Counted

    var port: Int { channel.localAddress?.port ?? 0 }
    var connections: Int { counted.connections }
    var requests: Int { counted.requests }

    /// - Parameters:
    ///   - answer: what follows each request, byte for byte.
    ///   - end: what follows an answer.
    init(
        _ certificate: String, answer: String = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", end: End = .staysOpen,
        change: (inout TLSConfiguration) -> Void = { _ in }
    ) async throws {
        let counted = Counted()
        let context = try TLSServer.context(certificate, change)
        channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        NIOSSLServerHandler(context: context), Answering(answer, end, counted))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.counted = counted
    }

    /// One that speaks HTTP/2. It answers with method, path, host, and the names of the fields it got.
    init(http2 certificate: String) async throws {
        let counted = Counted()
        let context = try TLSServer.context(certificate) { $0.applicationProtocols = ["h2"] }
        channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let sync = channel.pipeline.syncOperations
                    try sync.addHandler(NIOSSLServerHandler(context: context))
                    counted.addConnection()
                    _ = try sync.configureHTTP2Pipeline(
                        mode: .server, connectionConfiguration: .init(), streamConfiguration: .init()
                    ) { stream in
                        stream.eventLoop.makeCompletedFuture {
                            try stream.pipeline.syncOperations.addHandlers(
                                HTTP2FramePayloadToHTTP1ServerCodec(), StreamAnswering(counted))
                        }
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.counted = counted
    }

    enum End { case staysOpen, closes, cutsOff }

    func stop() async throws {
        try await channel.close().get()
        try await group.shutdownGracefully()
    }

    private static func context(
        _ name: String, _ change: (inout TLSConfiguration) -> Void
    ) throws -> NIOSSLContext {
        let made = try TestCertificates.made.get()
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(made.certificate(name)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: made.key(name), format: .pem)))
        change(&configuration)
        return try NIOSSLContext(configuration: configuration)
    }
}

final class Counted: Sendable {
    private let state = Mutex((connections: 0, requests: 0))

    var connections: Int { state.withLock { $0.connections } }
    var requests: Int { state.withLock { $0.requests } }

    func addConnection() { state.withLock { $0.connections += 1 } }

    func addRequest() { state.withLock { $0.requests += 1 } }
}

private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: String
    private let end: TLSServer.End
    private let counted: Counted
    private var received = ByteBuffer()

    init(_ answer: String, _ end: TLSServer.End, _ counted: Counted) {
        self.answer = answer
        self.end = end
        self.counted = counted
    }

    func channelActive(context: ChannelHandlerContext) { counted.addConnection() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        received.writeBuffer(&buffer)
        guard String(buffer: received).hasSuffix("\r\n\r\n") else { return }
        received.clear()
        counted.addRequest()
        let channel = context.channel
        let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)))
        switch end {
        case .staysOpen: break
        case .closes: written.whenComplete { _ in channel.close(promise: nil) }
        case .cutsOff:
            // The connection ends, and TLS is not told.
            written.whenComplete { _ in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    let context = try pipeline.context(handlerType: NIOSSLServerHandler.self)
                    context.close(promise: nil)
                }.whenComplete { _ in }
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

private final class StreamAnswering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let counted: Counted
    private var head: HTTPRequestHead?

    init(_ counted: Counted) { self.counted = counted }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            counted.addRequest()
            let names = head.headers.map(\.name).filter { $0 != "host" && $0 != "transfer-encoding" }.sorted()
            let host = head.headers["host"].joined()
            let text = "\(head.method) \(head.uri) \(host) \(names.joined(separator: ","))"
            let answerHead = HTTPResponseHead(version: .http2, status: .ok, headers: ["x-version": "2"])
            context.write(wrapOutboundOut(.head(answerHead)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
