import HTTP
import TestServers
import Testing

@Suite struct LossTests {
    @Test("a name that nothing has is unknown")
    func unknownHost() async throws {
        let found = try await failure(of: HTTPRequest("GET", "http://nothing.invalid/"))
        #expect(found == .hostUnknown(host: "nothing.invalid"))
    }

    @Test("a port where nothing listens refuses")
    func refused() async throws {
        let server = try RawServer { _ in "" }
        server.stop()
        let found = try await failure(of: HTTPRequest("POST", server.url, body: [1]))
        #expect(found == .refused(host: "127.0.0.1", port: server.port))
        #expect(found?.mayHaveArrived == false)
        let named = try await failure(of: HTTPRequest("GET", "http://localhost:\(server.port)/"))
        #expect(named == .refused(host: "localhost", port: server.port))
        let sixth = try await failure(of: HTTPRequest("GET", "http://[::1]:\(server.port)/"))
        // Not every machine has an address of this kind.
        #expect(sixth == .refused(host: "::1", port: server.port) || sixth == .unreachable(host: "::1"))
    }

    @Test("an answer that never comes is lost after it was sent", arguments: [false, true])
    func droppedAfterRequest(byReset: Bool) async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            if byReset { peer.reset() }
        }
        defer { server.stop() }
        for method in ["POST", "GET"] {
            let found = try await failure(of: HTTPRequest(method, server.url, body: method == "POST" ? [1] : nil))
            #expect(found == .lost(host: "127.0.0.1", sent: true))
        }
        #expect(server.requests.count == 2)
    }

    @Test("a read that finds a kept connection closed is sent again; a write is not, and is in doubt")
    func staleConnection() async throws {
        // A connection takes one request, and closes when the second has come.
        let server = try RawServer { peer, _ in
            guard let first = peer.readRequest() else { return }
            peer.write(answer(first.line))
            _ = peer.readRequest()
        }
        defer { server.stop() }
        try await sending { http in
            _ = try await http.send(HTTPRequest("GET", server.url + "/1"))
            #expect(try await http.send(HTTPRequest("GET", server.url + "/2")).text == "GET /2 HTTP/1.1")
            await #expect(throws: HTTPFailure.lost(host: "127.0.0.1", sent: true)) {
                try await http.send(HTTPRequest("POST", server.url + "/3", body: [1]))
            }
            // Who knows better says so.
            _ = try await http.send(HTTPRequest("GET", server.url + "/4"))
            let again = HTTPRequest("PUT", server.url + "/5", body: [1], isSafeToRepeat: true)
            #expect(try await http.send(again).text == "PUT /5 HTTP/1.1")
        }
        let lines = server.requests.map { $0.line.split(separator: " ").prefix(2).joined(separator: " ") }
        #expect(lines == ["GET /1", "GET /2", "GET /2", "POST /3", "GET /4", "PUT /5", "PUT /5"])
    }

    @Test("a connection that closed in good time between two requests is not used")
    func closedBetween() async throws {
        let server = try RawServer { peer, _ in
            guard let first = peer.readRequest() else { return }
            peer.write(answer(first.line, fields: ["Connection: close"]))
        }
        defer { server.stop() }
        try await sending { http in
            for number in 1...10 {
                let response = try await http.send(HTTPRequest("POST", server.url + "/\(number)", body: [1]))
                #expect(response.text == "POST /\(number) HTTP/1.1")
            }
        }
        #expect(server.requests.count == 10)
    }

    @Test(
        "a body that ends too early is never taken for a whole one",
        arguments: [
            "Content-Length: 100\r\n\r\n{\"records\": []}", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", "Content-Length: 5",
            "Transfer-Encoding: chunked\r\n\r\n0\r\n",
        ])
    func cut(rest: String) async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\n" + rest)
        }
        defer { server.stop() }
        let found = try await failure(of: HTTPRequest("GET", server.url))
        #expect(found == .lost(host: "127.0.0.1", sent: true))
    }

    @Test("a body without a length ends with its connection")
    func untilClose() async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write("HTTP/1.0 200 OK\r\n\r\na whole body")
        }
        defer { server.stop() }
        let whole = try await sending { try await $0.send(HTTPRequest("GET", server.url)) }
        #expect(whole.text == "a whole body")
    }

    @Test(
        "what is no answer is malformed",
        arguments: [
            ("SSH-2.0-OpenSSH_9.2\r\n", Malformation.notHTTP), ("\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}", .notHTTP),
            ("HTTP/1.1 2x0 OK\r\n\r\n", .notHTTP), ("HTTP/1.1 200 OK\r\nNo colon\r\n\r\n", .notHTTP),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", .body),
            ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .body),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n", .body),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nhello", .body),
            ("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nhello", .encoding("br")),
            ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", .compression),
        ])
    func malformed(text: String, fault: Malformation) async throws {
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            peer.write(text)
            peer.waitForClose()
        }
        defer { server.stop() }
        let found = try await failure(of: HTTPRequest("GET", server.url))
        #expect(found == .malformed(host: "127.0.0.1", fault))
    }

    @Test("a field of an answer with a line break in it is no second answer")
    func answerInjection() async throws {
        let server = try RawServer { _ in
            "HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nX-B: x\ry\r\nContent-Length: 2\r\n\r\nok"
        }
        defer { server.stop() }
        let found = try await sending { http in
            do throws(HTTPFailure) {
                return "\(try await http.send(HTTPRequest("GET", server.url)).headers.all("x-b"))"
            } catch {
                return "\(error)"
            }
        }
        #expect(found == "the answer of 127.0.0.1 is broken: it is not HTTP")
    }

    @Test("a task that is cancelled stops its request, and says whether it was sent")
    func cancelled() async throws {
        let (came, comes) = AsyncStream<Void>.makeStream()
        let server = try RawServer { peer, _ in
            _ = peer.readRequest()
            comes.yield()
            peer.waitForClose()
        }
        defer { server.stop() }
        try await sending({ $0.concurrent = 1 }) { http in
            let sent = Task { try await http.send(HTTPRequest("POST", server.url, body: [1])) }
            for await _ in came { break }
            let waiting = Task { try await http.send(HTTPRequest("POST", server.url, body: [1])) }
            waiting.cancel()
            await #expect(throws: HTTPFailure.stopped(sent: false)) { try await waiting.value }
            sent.cancel()
            await #expect(throws: HTTPFailure.stopped(sent: true)) { try await sent.value }
        }
        #expect(server.requests.count == 1)
    }
}
