/// A request as it is sent. What prints shows the method and the address without its query: the rest may be secret.
package struct HTTPRequest: Sendable {
    /// In capital letters, as RFC 9110 has it.
    package var method: String
    /// Absolute, `http` or `https`, without user name; sent byte for byte as it stands here.
    package var url: String
    package var headers: HTTPHeaders
    package var body: [UInt8]?
    /// A body that is too long to be in memory; in the place of ``body``.
    package var source: BodySource?
    /// Takes the body of a good answer, in the place of the answer.
    package var sink: BodySink?
    /// Whether it does no harm twice. Only such a request is sent again by itself, where a connection that was kept
    /// alive turned out to be closed.
    package var isSafeToRepeat: Bool

    /// - Parameter isSafeToRepeat: as a rule, whether the method only reads.
    package init(
        _ method: String = "GET", _ url: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8]? = nil,
        isSafeToRepeat: Bool? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.isSafeToRepeat = isSafeToRepeat ?? ["GET", "HEAD", "OPTIONS"].contains(method)
    }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(method) \(URLText(url)?.withoutQuery ?? "?")" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
