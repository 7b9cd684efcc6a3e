internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// A request that was looked at, and the way it goes.
struct Journey: Sendable {
    let request: HTTPRequest
    let url: URLText
    let proxy: ProxyAddress?
    private let userAgent: String

    init(_ request: HTTPRequest, _ options: HTTPOptions) throws(HTTPFailure) {
        guard let url = URLText(request.url) else { throw .badURL(Journey.shown(request.url)) }
        guard !request.method.isEmpty, request.method.utf8.allSatisfy(\.isTokenByte), request.method != "CONNECT"
        else { throw .badRequest("the method") }
        if let bad = request.headers.fields.first(where: { !$0.isSendable }) {
            throw .badRequest(String(bad.name.filter { $0.isASCII && ($0.isLetter || $0 == "-") }.prefix(40)))
        }
        self.request = request
        self.url = url
        userAgent = options.userAgent
        proxy = try options.proxies.proxy(for: url)
    }

    /// The proxy that is asked for a tunnel; a request in clear is given to it whole instead.
    var tunnel: ProxyAddress? { url.isSecure ? proxy : nil }

    /// What stands in the request line: RFC 9112, sections 3.2.1 and 3.2.2.
    var target: String { proxy == nil || url.isSecure ? url.target : url.text }

    /// Nothing of it was sent, or it does no harm twice and went to a connection that may have been closed before.
    func mayRepeat(after progress: Exchange.Progress) -> Bool {
        !progress.isAnswered && (!progress.isSent || (progress.isReused && request.isSafeToRepeat))
    }

    /// What the client is given. It parses addresses anew and spells them in its own way, so it learns only where to
    /// connect; ``RequestWatch`` writes the request line.
    func clientRequest(_ number: Int) throws -> HTTPClient.Request {
        var headers = NIOHTTP1.HTTPHeaders()
        for field in request.headers.fields { headers.add(name: field.name, value: field.value) }
        if !headers.contains(name: "user-agent") { headers.add(name: "User-Agent", value: userAgent) }
        if !headers.contains(name: "accept") { headers.add(name: "Accept", value: "*/*") }
        headers.replaceOrAdd(name: "Host", value: url.authority)
        headers.replaceOrAdd(name: Exchanges.field, value: String(number))
        headers.remove(name: "Proxy-Authorization")
        var address = url.origin + "/"
        if let proxy, !url.isSecure {
            address = "http://\(proxy.host.contains(":") ? "[\(proxy.host)]" : proxy.host):\(proxy.port)/"
            if let authorization = proxy.authorization {
                headers.add(name: "Proxy-Authorization", value: authorization.headerValue)
            }
        }
        return try HTTPClient.Request(
            url: address, method: HTTPMethod(rawValue: request.method), headers: headers,
            body: try body())
    }

    private func body() throws(BodyFlowFailure) -> HTTPClient.Body? {
        guard let source = request.source else { return request.body.map { .byteBuffer(ByteBuffer(bytes: $0)) } }
        if source.length == 0 { return .byteBuffer(ByteBuffer()) }
        let next = try source.open()
        return .stream(contentLength: Int64(source.length)) { writer in
            // An empty piece tells on which loop the others are to be written.
            writer.write(.byteBuffer(ByteBuffer())).flatMapWithEventLoop { _, loop in
                loop.makeFutureWithTask {
                    while let piece = try next() {
                        // Comes back when the connection can take more.
                        try await writer.write(.byteBuffer(ByteBuffer(bytes: piece))).get()
                    }
                }
            }
        }
    }

    /// As much of a wrong address as can be shown: what may be a password or a secret query is left out.
    private static func shown(_ url: String) -> String {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let whole = url.prefix { $0 != "?" && $0 != "#" }
        guard start <= whole.endIndex, let at = whole[start...].lastIndex(of: "@") else {
            return String(whole.prefix(200))
        }
        return String((whole[..<start] + whole[whole.index(after: at)...]).prefix(200))
    }
}
