internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Takes an answer in, as far as it may be long.
final class AnswerCollector: HTTPClientResponseDelegate {
    typealias Response = HTTPResponse

    /// Ends the request from within.
    enum Refusal: Error {
        case tooLarge
        case encoding(String)
    }

    private struct State {
        var status = 0
        var headers = HTTPHeaders()
        var body: [UInt8] = []
        /// Whether the body goes to the sink, and how much of it went.
        var isPoured = false
        var poured = 0
    }

    private let limit: Int
    private let hasBody: Bool
    private let sink: BodySink?
    private let state = Mutex(State())

    /// - Parameter hasBody: whether an answer to the method has one; one to `HEAD` says only how long it would be.
    init(limit: Int, hasBody: Bool, sink: BodySink? = nil) {
        self.limit = limit
        self.hasBody = hasBody
        self.sink = sink
    }

    func didReceiveHead(task: HTTPClient.Task<HTTPResponse>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let encodings = head.headers[canonicalForm: "content-encoding"].map { $0.lowercased() }
        let isCompressed = encodings == ["gzip"] || encodings == ["deflate"]
        state.withLock {
            $0.status = Int(head.status.code)
            $0.headers = HTTPHeaders(head.headers.map { (name: $0.name, value: $0.value) })
            // The body is handed on as it was before, so that nobody decompresses it twice.
            if isCompressed { $0.headers.remove("content-encoding") }
        }
        guard hasBody else { return task.eventLoop.makeSucceededVoidFuture() }
        if !isCompressed, let strange = encodings.first(where: { $0 != "identity" }) {
            let name = strange.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(16)
            return task.eventLoop.makeFailedFuture(Refusal.encoding(String(name)))
        }
        let sink = (200..<300).contains(head.status.code) ? sink : nil
        if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > sink?.limit ?? limit,
            head.status != .notModified
        {
            return task.eventLoop.makeFailedFuture(Refusal.tooLarge)
        }
        guard let sink else { return task.eventLoop.makeSucceededVoidFuture() }
        state.withLock { $0.isPoured = true }
        return task.eventLoop.makeCompletedFuture { try sink.begin() }
    }

    func didReceiveBodyPart(task: HTTPClient.Task<HTTPResponse>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        if let sink, let fits = pours(buffer.readableBytes, sink) {
            guard fits else { return task.eventLoop.makeFailedFuture(Refusal.tooLarge) }
            return task.eventLoop.makeCompletedFuture { try sink.take(Array(buffer.readableBytesView)) }
        }
        let fits = state.withLock { state in
            guard buffer.readableBytes <= limit - state.body.count else {
                state.body = []
                return false
            }
            state.body.append(contentsOf: buffer.readableBytesView)
            return true
        }
        return fits
            ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(Refusal.tooLarge)
    }

    /// Whether so many more bytes are within the limit of the sink; nil where nothing goes there.
    private func pours(_ count: Int, _ sink: BodySink) -> Bool? {
        state.withLock { state in
            guard state.isPoured else { return nil }
            guard count <= sink.limit - state.poured else { return false }
            state.poured += count
            return true
        }
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPResponse>) throws -> HTTPResponse {
        state.withLock { HTTPResponse(status: $0.status, headers: $0.headers, body: $0.body) }
    }
}
