internal import NIOCore
internal import NIOHTTP1

/// Stands in a connection, or in a stream of HTTP/2, between the client and the wire. It notes when a request is sent
/// and whether others went before it, writes the request line exactly as it was given, and lets answers without a body
/// pass the decompressor, which would take them for cut ones.
final class RequestWatch: ChannelDuplexHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private let exchanges: Exchanges
    private let uses: ConnectionUses
    private var exchange: Exchange?
    /// The head of a compressed answer, until its body begins.
    private var kept: HTTPResponseHead?

    init(_ exchanges: Exchanges, _ uses: ConnectionUses) {
        self.exchanges = exchanges
        self.uses = uses
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data) else {
            // A server may answer before it has all of a body, and close. The client would take the write that fails for
            // the end of it and drop the answer; that the connection is gone, it learns without it.
            context.write(data, promise: nil)
            promise?.succeed()
            return
        }
        exchange = head.headers.first(name: Exchanges.field).flatMap { exchanges.named($0) }
        head.headers.remove(name: Exchanges.field)
        if let exchange { head.uri = exchange.target }
        exchange?.wasSent(onReused: uses.count > 0)
        uses.count &+= 1
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            // An answer before the answer (100, 103) says nothing yet.
            if head.status.code >= 200 { exchange?.wasAnswered() }
            if head.headers.contains(name: "content-encoding") {
                kept = head
            } else {
                context.fireChannelRead(data)
            }
        case .body:
            passKept(context, isEmpty: false)
            context.fireChannelRead(data)
        case .end:
            passKept(context, isEmpty: true)
            context.fireChannelRead(data)
        }
    }

    private func passKept(_ context: ChannelHandlerContext, isEmpty: Bool) {
        guard var head = kept else { return }
        kept = nil
        if isEmpty { head.headers.remove(name: "content-encoding") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

/// How many requests a connection has carried; streams of HTTP/2 share it.
final class ConnectionUses: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    var count = 0
}
