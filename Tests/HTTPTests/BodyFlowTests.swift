import HTTP
import Synchronization
import TestServers
import Testing

@Suite("Bodies that go piece by piece")
struct BodyFlowTests {
    /// What came, and in which pieces.
    private final class Taken: Sendable {
        private let state = Mutex<(begun: Int, pieces: [[UInt8]])>((0, []))

        var begun: Int { state.withLock { $0.begun } }
        var pieces: [[UInt8]] { state.withLock { $0.pieces } }
        var bytes: [UInt8] { pieces.flatMap(\.self) }

        func sink(limit: Int, fails: String? = nil) -> BodySink {
            BodySink(
                limit: limit,
                begin: { () throws(BodyFlowFailure) in
                    self.state.withLock { $0 = ($0.begun + 1, []) }
                },
                take: { (bytes) throws(BodyFlowFailure) in
                    if let fails { throw BodyFlowFailure(fails) }
                    self.state.withLock { $0.pieces.append(bytes) }
                })
        }
    }

    private final class Left: Sendable {
        private let state: Mutex<(left: Int, given: Int)>

        init(_ count: Int) { state = Mutex((count, 0)) }

        var given: Int { state.withLock { $0.given } }
        func reset(to count: Int) { state.withLock { $0.left = count } }
        func take() -> Bool {
            state.withLock { state in
                if state.left == 0 { return false }
                state.left -= 1
                state.given += 1
                return true
            }
        }
    }

    private func source(_ piece: [UInt8], _ left: Left, times: Int) -> BodySource {
        BodySource(length: piece.count * times) {
            left.reset(to: times)
            return { () throws(BodyFlowFailure) in left.take() ? piece : nil }
        }
    }

    private func request(_ url: String, _ sink: BodySink) -> HTTPRequest {
        var request = HTTPRequest("GET", url)
        request.sink = sink
        return request
    }

    @Test("the body of a good answer goes to the sink in pieces, and the answer has none")
    func poured() async throws {
        let chunk = String(repeating: "0123456789abcdef", count: 4096)
        let server = try RawServer { _ in
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + String(repeating: "10000\r\n\(chunk)\r\n", count: 64) + "0\r\n\r\n"
        }
        defer { server.stop() }
        let taken = Taken()
        // More than an answer that is taken whole may have.
        let answer = try await sending({ $0.maximumBody = 1000 }) { http in
            try await http.send(request(server.url, taken.sink(limit: 4 << 20)))
        }
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(taken.begun == 1)
        #expect(taken.bytes == Array(String(repeating: chunk, count: 64).utf8))
        #expect(taken.pieces.allSatisfy { $0.count <= 1 << 20 })
        #expect(taken.pieces.count > 4)
    }

    @Test("an empty body begins the sink, and any other answer leaves it alone")
    func others() async throws {
        let server = try RawServer { request in
            request.line.contains("none")
                ? "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"
                : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        }
        defer { server.stop() }
        let (empty, none) = (Taken(), Taken())
        let answers = try await sending { http in
            [
                try await http.send(request(server.url, empty.sink(limit: 0))),
                try await http.send(request(server.url + "/none", none.sink(limit: 0))),
            ]
        }
        #expect(answers.map(\.status) == [200, 404])
        #expect(answers[1].text == "gone")
        #expect(empty.begun == 1)
        #expect(empty.pieces.isEmpty)
        #expect(none.begun == 0)
    }

    @Test("no more is taken than the limit, whether it is told before or not", arguments: [true, false])
    func limit(isTold: Bool) async throws {
        let server = try RawServer { _ in
            isTold
                ? "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n01234567890"
                : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n"
        }
        defer { server.stop() }
        let taken = Taken()
        #expect(
            try await failure(of: request(server.url, taken.sink(limit: 10))) == .tooLarge(host: "127.0.0.1", limit: 10)
        )
        #expect(taken.bytes.count <= 10)
        let whole = Taken()
        #expect(try await failure(of: request(server.url, whole.sink(limit: 11))) == nil)
        #expect(whole.bytes.count == 11)
    }

    @Test("a body that is cut short is a failure, and so is one that cannot be kept")
    func cut() async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
        }
        defer { server.stop() }
        #expect(
            try await failure(of: request(server.url, Taken().sink(limit: 1000)))
                == .lost(host: "127.0.0.1", sent: true))
        let full = try await failure(of: request(server.url, Taken().sink(limit: 1000, fails: "the disk is full")))
        #expect(full == .here("the disk is full", sent: true))
        #expect(full?.description == "the disk is full")
    }

    @Test("a body is sent in pieces, with its length", arguments: [0, 1, 100])
    func sent(pieces: Int) async throws {
        let server = try RawServer { _ in "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n" }
        defer { server.stop() }
        let piece = [UInt8](repeating: 0x61, count: 65_536)
        var request = HTTPRequest("POST", server.url)
        request.source = source(piece, Left(0), times: pieces)
        let sent = request
        let answer = try await sending { http in try await http.send(sent) }
        #expect(answer.status == 201)
        #expect(server.requests[0].body == Array(repeatElement(piece, count: pieces).joined()))
        #expect(server.requests[0].values("content-length") == ["\(pieces * 65_536)"])
        #expect(server.requests[0].values("transfer-encoding").isEmpty)
    }

    @Test("no more is read of a body than the server takes")
    func backPressure() async throws {
        let server = try RawServer { peer, _ in
            var seen = 0
            while seen < 1 << 20, let more = peer.read() { seen += more.count }
        }
        defer { server.stop() }
        let left = Left(0)
        var request = HTTPRequest("POST", server.url)
        request.source = source([UInt8](repeating: 0x61, count: 65_536), left, times: 4096)
        let found = try await failure(of: request)
        #expect(found == .lost(host: "127.0.0.1", sent: true))
        // What lies between the two in buffers is some megabytes.
        #expect(left.given < 1024)
    }

    @Test("a body that cannot be read is a failure with its reason")
    func unreadable() async throws {
        let server = try RawServer { _ in "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n" }
        defer { server.stop() }
        var request = HTTPRequest("POST", server.url)
        request.source = BodySource(length: 10) { () throws(BodyFlowFailure) in throw BodyFlowFailure("it is gone") }
        #expect(try await failure(of: request) == .here("it is gone", sent: false))
        request.source = BodySource(length: 10) {
            { () throws(BodyFlowFailure) in throw BodyFlowFailure("it is gone") }
        }
        guard case .here("it is gone", _)? = try await failure(of: request) else {
            Issue.record("another failure")
            return
        }
    }
}
