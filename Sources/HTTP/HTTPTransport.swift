/// Sends a request and gives its answer, whatever its status. Redirects are not followed: where they lead, credentials
/// may have no business. ``HTTPConnections`` makes the real one; tests give their own.
package struct HTTPTransport: Sendable {
    package var send: @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse

    package init(_ send: @escaping @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse) {
        self.send = send
    }
}
