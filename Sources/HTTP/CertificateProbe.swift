internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization
internal import Values

/// Finds out what is wrong with a server's certificate. The library that verifies it says only that something is: so,
/// after a refusal, the certificates are asked for once more, on a connection that ends with the handshake and over
/// which nothing is sent.
struct CertificateProbe {
    let group: any EventLoopGroup
    let url: URLText
    let tls: TLSConfiguration
    let limit: Duration

    /// What is known more exactly now.
    func refined(_ fault: TLSFault) async -> TLSFault {
        guard let certificates = try? await certificates(), let leaf = certificates.first else { return fault }
        if case .wrongHost = fault { return .wrongHost(names: leaf.hostNames) }
        let now = Glibc.time(nil)
        if let late = certificates.first(where: { $0.notValidAfter < now }) {
            return .expired(since: CertificateProbe.day(late.notValidAfter))
        }
        if let early = certificates.first(where: { $0.notValidBefore > now }) {
            return .notYetValid(until: CertificateProbe.day(early.notValidBefore))
        }
        guard let names = CertificateNames(leaf) else { return fault }
        if names.issuer == names.subject { return .selfSigned }
        let last = certificates.last.flatMap { CertificateNames($0) } ?? names
        return .untrusted(issuer: last.issuerName)
    }

    /// Those that the server shows, its own first.
    private func certificates() async throws -> [NIOSSLCertificate] {
        let shown = Shown()
        let context = try NIOSSLContext(configuration: tls)
        let isAddress = (try? SocketAddress(ipAddress: url.bareHost, port: 0)) != nil
        let name = isAddress ? nil : url.bareHost
        let channel = try await ClientBootstrap(group: group)
            .connectTimeout(TimeAmount(limit))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(
                        context: context, serverHostname: name,
                        customVerificationCallback: { certificates, promise in
                            shown.take(certificates)
                            promise.succeed(.failed)
                        })
                    try channel.pipeline.syncOperations.addHandlers(handler, ClosingOnError())
                }
            }
            .connect(host: url.bareHost, port: url.port).get()
        let end = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) { channel.close(promise: nil) }
        try? await channel.closeFuture.get()
        end.cancel()
        return shown.certificates
    }

    private static func day(_ time: time_t) -> String {
        Timestamp(seconds: Int64(time)).map { "\(CivilTime($0).date)" } ?? "an unknown day"
    }
}

private final class Shown: Sendable {
    private let list = Mutex<[NIOSSLCertificate]>([])

    var certificates: [NIOSSLCertificate] { list.withLock { $0 } }

    func take(_ certificates: [NIOSSLCertificate]) { list.withLock { $0 = certificates } }
}

private final class ClosingOnError: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
