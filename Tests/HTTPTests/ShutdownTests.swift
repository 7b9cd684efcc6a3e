import Foundation
import HTTP
import TestServers
import Testing

@Suite struct ShutdownTests {
    @Test("nothing runs before the first request, and nothing after the end")
    func lifetime() async throws {
        let server = try RawServer { answer($0.line) }
        defer { server.stop() }
        let connections = HTTPConnections()
        let http = connections.transport(.unhurried)
        #expect(!connections.isRunning)
        _ = try? await http.send(HTTPRequest("GET", "no address"))
        #expect(!connections.isRunning)
        _ = try await http.send(HTTPRequest("GET", server.url))
        #expect(connections.isRunning)
        await connections.shutdown()
        #expect(!connections.isRunning)
        await #expect(throws: HTTPFailure.stopped(sent: false)) { try await http.send(HTTPRequest("GET", server.url)) }
        await connections.shutdown()
        #expect(server.requests.count == 1)
    }

    @Test("connections that were never used are shut down")
    func unused() async {
        let connections = HTTPConnections()
        await connections.shutdown()
        #expect(!connections.isRunning)
    }

    @Test("requests that still run end as stopped, and no thread stays")
    func running() async throws {
        let (came, comes) = AsyncStream<Void>.makeStream()
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            comes.yield()
            peer.waitForClose()
        }
        defer { server.stop() }
        let connections = HTTPConnections()
        let http = connections.transport(.unhurried)
        let tasks = (0..<3).map { _ in Task { try await http.send(HTTPRequest("POST", server.url, body: [1])) } }
        var count = 0
        for await _ in came {
            count += 1
            if count == 3 { break }
        }
        await connections.shutdown()
        for task in tasks {
            await #expect(throws: HTTPFailure.stopped(sent: true)) { try await task.value }
        }
    }

    @Test("connections that nobody holds any more end by themselves")
    func dropped() async throws {
        let (ended, ends) = AsyncStream<Void>.makeStream()
        let server = try RawServer { peer, _ in
            while let request = peer.readRequest() { peer.write(answer(request.line)) }
            ends.yield()
        }
        defer { server.stop() }
        do {
            let connections = HTTPConnections()
            _ = try await connections.transport(.unhurried).send(HTTPRequest("GET", server.url))
        }
        for await _ in ended { break }
        #expect(server.requests.count == 1)
    }
}
