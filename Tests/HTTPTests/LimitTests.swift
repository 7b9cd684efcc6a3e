import Foundation
import Glibc
import HTTP
import TestServers
import Testing

@Suite struct LimitTests {
    /// The memory that the process has ever used, in bytes.
    private var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }

    @Test("a body that says it is too long is not read")
    func declared() async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nabc")
            peer.waitForClose()
        }
        defer { server.stop() }
        let found = try await failure(of: HTTPRequest("GET", server.url))
        #expect(found == .tooLarge(host: "127.0.0.1", limit: 64 << 20))
        #expect(found?.mayHaveArrived == true)
    }

    @Test("a body without end is read as far as the limit, and no further")
    func endless() async throws {
        let (counts, count) = AsyncStream<Int>.makeStream()
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x61, count: 65_536) + Array("\r\n".utf8)
            var sent = 0
            while peer.write(chunk) { sent += chunk.count }
            count.yield(sent)
            count.finish()
        }
        defer { server.stop() }
        let found = try await failure(of: HTTPRequest("GET", server.url)) { $0.maximumBody = 4 << 20 }
        #expect(found == .tooLarge(host: "127.0.0.1", limit: 4 << 20))
        // What lies between the two in buffers is some megabytes.
        for await sent in counts { #expect(sent < 64 << 20) }
    }

    @Test("a body as long as it may be is taken whole, one byte more is not")
    func exact() async throws {
        let server = try RawServer { peer, _ in
            while let request = peer.readRequest() {
                let body = String(repeating: "a", count: request.line.contains("more") ? 1001 : 1000)
                peer.write(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "\(String(body.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
            }
        }
        defer { server.stop() }
        let whole = try await sending({ $0.maximumBody = 1000 }) { try await $0.send(HTTPRequest("GET", server.url)) }
        #expect(whole.body.count == 1000)
        let found = try await failure(of: HTTPRequest("GET", server.url + "/more")) { $0.maximumBody = 1000 }
        #expect(found == .tooLarge(host: "127.0.0.1", limit: 1000))
    }

    @Test("a compressed body is decompressed", arguments: ["gzip", "deflate"])
    func compressed(encoding: String) async throws {
        let text = String(repeating: "a record, ", count: 10_000)
        let body = try Compression.compress(text, encoding)
        let server = try RawServer { peer, _ in
            while peer.readRequest() != nil {
                peer.write(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: \(encoding)\r\nContent-Length: \(body.count)\r\n\r\n")
                peer.write(body)
            }
        }
        defer { server.stop() }
        let response = try await sending { try await $0.send(HTTPRequest("GET", server.url)) }
        #expect(body.count < text.utf8.count / 10)
        #expect(response.text == text)
        #expect(response.headers["content-encoding"] == nil)
        #expect(server.requests[0].values("accept-encoding").joined().contains(encoding))
    }

    private static let isAlone = ProcessInfo.processInfo.environment["LOCKSTEP_ALONE"] != nil

    @Test("a compressed body that grows beyond the limit is given up")
    func bomb() async throws { _ = try await memoryOfBomb() }

    @Test(
        "and no memory is taken for the rest of it",
        .enabled(if: isAlone, "other tests use memory: LOCKSTEP_ALONE=1 swift test --no-parallel --filter LimitTests"))
    func memory() async throws { #expect(try await memoryOfBomb() < 256 << 20) }

    /// By how much the memory that the process has ever used grows while a body is refused that would be 1 GB.
    private func memoryOfBomb() async throws -> Int {
        let body = try Compression.compressedZeros(megabytes: 1000)
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n")
            peer.write(body)
            peer.waitForClose()
        }
        defer { server.stop() }
        let before = peakMemory
        let found = try await failure(of: HTTPRequest("GET", server.url)) { $0.maximumBody = 4 << 20 }
        #expect(found == .tooLarge(host: "127.0.0.1", limit: 4 << 20))
        #expect(body.count < 2 << 20)
        return peakMemory - before
    }

    @Test("a compressed body that ends too early is broken, even where its length is right")
    func cutCompression() async throws {
        let whole = try Compression.compress(String(repeating: "a record, ", count: 1000), "gzip")
        let body = Array(whole.dropLast(9))
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n")
            peer.write(body)
            peer.waitForClose()
        }
        defer { server.stop() }
        #expect(
            try await failure(of: HTTPRequest("GET", server.url)) == .malformed(host: "127.0.0.1", .compression))
    }

    @Test(
        "a header that is too long, or has too many fields, is refused",
        arguments: [(1, 200_000), (2000, 10), (300, 70_000)])
    func headers(count: Int, length: Int) async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\n")
            let field = ": " + String(repeating: "v", count: length) + "\r\n"
            for number in 0..<count where !peer.write("X-\(number)" + field) { return }
            peer.write("\r\n")
            peer.waitForClose()
        }
        defer { server.stop() }
        #expect(try await failure(of: HTTPRequest("GET", server.url)) == .malformed(host: "127.0.0.1", .headers))
    }

    @Test("a header without end is given up")
    func endlessHeader() async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nX-A: ")
            let part = [UInt8](repeating: 0x61, count: 65_536)
            while peer.write(part) {}
        }
        defer { server.stop() }
        #expect(try await failure(of: HTTPRequest("GET", server.url)) == .malformed(host: "127.0.0.1", .headers))
    }

    @Test("a server that says nothing is too slow", arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
    func silence(text: String) async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write(text)
            peer.waitForClose()
        }
        defer { server.stop() }
        let found = try await failure(of: HTTPRequest("POST", server.url, body: [1])) { $0.read = .milliseconds(50) }
        #expect(found == .tooSlow(host: "127.0.0.1", after: .milliseconds(50), sent: true))
    }

    @Test("a server that sends a byte now and then is too slow as a whole", arguments: [false, true])
    func drip(inHeader: Bool) async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write(inHeader ? "HTTP/1.1 200 OK\r\nX-A: " : "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
            // As long as the client listens; each byte well within the limit of silence.
            while peer.write("a") { usleep(1000) }
        }
        defer { server.stop() }
        let found = try await failure(of: HTTPRequest("GET", server.url)) { $0.whole = .milliseconds(200) }
        // On a machine that is busy, the time may be over before anything was sent.
        let whole: [HTTPFailure] = [true, false].map {
            .tooSlow(host: "127.0.0.1", after: .milliseconds(200), sent: $0)
        }
        #expect(whole.contains { $0 == found })
    }

    @Test("a connection that does not come about in time is none")
    func connectLimit() async throws {
        // A server that accepts and never shakes hands.
        let server = try RawServer { peer, _ in peer.waitForClose() }
        defer { server.stop() }
        let request = HTTPRequest("POST", "https://127.0.0.1:\(server.port)/", body: [1])
        let found = try await failure(of: request) { $0.connect = .milliseconds(100) }
        #expect(found == .noConnection(host: "127.0.0.1", after: .milliseconds(100)))
        #expect(found?.mayHaveArrived == false)
    }
}
