import HTTP
import TestServers
import Testing

@Suite struct RequestTests {
    @Test(
        "a request arrives as it was given, with its body, and its answer comes back",
        arguments: ["GET", "POST", "PUT", "PATCH", "DELETE"])
    func methods(method: String) async throws {
        let server = try RawServer { answer("got \($0.line)", fields: ["X-One: 1", "x-one: 2"]) }
        defer { server.stop() }
        let body = method == "GET" ? nil : Array("{\"a\": 1}".utf8)
        let response = try await sending { http in
            try await http.send(
                HTTPRequest(
                    method, server.url + "/things/a%2Fb%20c/../x?q=%3D|[1]", headers: HTTPHeaders([("X-Key", "k1")]),
                    body: body))
        }
        #expect(response.status == 200)
        #expect(response.text == "got \(method) /things/a%2Fb%20c/../x?q=%3D|[1] HTTP/1.1")
        #expect(response.headers.all("X-ONE") == ["1", "2"])
        #expect(response.url == server.url + "/things/a%2Fb%20c/../x?q=%3D|[1]")
        let received = try #require(server.requests.first)
        #expect(received.body == body ?? [])
        #expect(received.values("x-key") == ["k1"])
        #expect(received.values("host") == ["127.0.0.1:\(server.port)"])
        #expect(received.values("user-agent") == ["lockstep"])
        #expect(!received.fields.contains { $0.hasPrefix("lockstep-exchange") })
    }

    @Test("a connection is kept and used again")
    func keepAlive() async throws {
        let server = try RawServer { answer($0.line) }
        defer { server.stop() }
        try await sending { http in
            for number in 1...20 {
                let response = try await http.send(HTTPRequest("GET", server.url + "/\(number)"))
                #expect(response.text == "GET /\(number) HTTP/1.1")
            }
        }
        #expect(server.connections == 1)
        #expect(server.requests.count == 20)
    }

    @Test("at most so many requests run at a time")
    func concurrency() async throws {
        let server = try RawServer { answer($0.line) }
        defer { server.stop() }
        try await sending({ $0.concurrent = 3 }) { http in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...60 {
                    group.addTask { try await http.send(HTTPRequest("GET", server.url + "/\(number)")).status }
                }
                for try await status in group { #expect(status == 200) }
            }
        }
        #expect(server.requests.count == 60)
        #expect(server.connections <= 3)
    }

    @Test(
        "every status is an answer, and a redirect is not followed",
        arguments: [200, 201, 301, 302, 307, 401, 404, 429, 500, 503])
    func statuses(status: Int) async throws {
        let server = try RawServer { _ in answer("x", status: "\(status) Text", fields: ["Location: /elsewhere"]) }
        defer { server.stop() }
        let response = try await sending { try await $0.send(HTTPRequest("GET", server.url)) }
        #expect(response.status == status)
        #expect(response.text == "x")
        #expect(response.headers["location"] == "/elsewhere")
        #expect(server.requests.map(\.line) == ["GET / HTTP/1.1"])
    }

    @Test("answers before the answer are passed over")
    func informational() async throws {
        let server = try RawServer { _ in
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer("done")
        }
        defer { server.stop() }
        let response = try await sending { http in
            _ = try await http.send(HTTPRequest("POST", server.url, body: [1, 2, 3]))
            return try await http.send(HTTPRequest("GET", server.url))
        }
        #expect(response.status == 200)
        #expect(response.text == "done")
        #expect(response.headers["link"] == nil)
        #expect(server.connections == 1)
    }

    @Test(
        "an answer that has no body needs none, whatever its header says",
        arguments: [
            ("GET", "204 No Content", []), ("GET", "304 Not Modified", ["Content-Length: 500"]),
            ("GET", "304 Not Modified", ["Content-Encoding: gzip"]),
            ("HEAD", "200 OK", ["Content-Length: 999999999999", "Content-Encoding: br"]),
            ("GET", "200 OK", ["Content-Encoding: gzip", "Content-Length: 0"]),
        ])
    func bodiless(method: String, status: String, fields: [String]) async throws {
        let server = try RawServer { _ in
            (["HTTP/1.1 \(status)"] + fields + ["", ""]).joined(separator: "\r\n")
        }
        defer { server.stop() }
        try await sending { http in
            for _ in 1...2 {
                let response = try await http.send(HTTPRequest(method, server.url))
                #expect(response.body.isEmpty)
                #expect(status.hasPrefix("\(response.status)"))
            }
        }
        #expect(server.connections == 1)
    }

    @Test("an answer that begins before the request has ended is taken")
    func earlyAnswer() async throws {
        let server = try RawServer { peer, _ in
            _ = peer.read()
            peer.write(answer("too much", status: "413 Content Too Large", fields: ["Connection: close"]))
            peer.waitForClose()
        }
        defer { server.stop() }
        let response = try await sending {
            try await $0.send(HTTPRequest("POST", server.url, body: [UInt8](repeating: 7, count: 30_000_000)))
        }
        #expect(response.status == 413)
        #expect(response.text == "too much")
    }

    @Test(
        "what would break out of the header is never sent",
        arguments: ["a\r\nX-Other: 1", "a\nb", "a\rb", "a\0b", "a\u{7F}"])
    func injection(value: String) async throws {
        let server = try RawServer { _ in answer("") }
        defer { server.stop() }
        let request = HTTPRequest("GET", server.url, headers: HTTPHeaders([("X-Key", value)]))
        #expect(try await failure(of: request) == .badRequest("X-Key"))
        let name = HTTPRequest("GET", server.url, headers: HTTPHeaders([("X-\(value)", "v")]))
        guard case .badRequest(let shown) = try await failure(of: name) else {
            Issue.record("it was sent")
            return
        }
        #expect(!shown.contains("\r") && !shown.contains("\n"))
        guard case .badRequest = try await failure(of: HTTPRequest("GET /x HTTP/1.1\r\nA: b", server.url)) else {
            Issue.record("it was sent")
            return
        }
        #expect(server.connections == 0)
    }

    @Test(
        "what is no address is refused, and nothing secret of it is shown",
        arguments: [
            ("ftp://host/x", "ftp://host/x"), ("/only/a/path", "/only/a/path"), ("http://", "http://"),
            ("http://user:hunter2@host/x?key=hunter2", "http://host/x"), ("http://host:99999/", "http://host:99999/"),
            ("http://host/a b?hunter2", "http://host/a b"), ("https://ho st/#hunter2", "https://ho st/"), ("", ""),
        ])
    func badAddresses(url: String, shown: String) async throws {
        #expect(try await failure(of: HTTPRequest("GET", url)) == .badURL(shown))
    }

    @Test("nothing that prints shows a header's value, a query or a body")
    func redaction() {
        let request = HTTPRequest(
            "POST", "https://api.example.com/a?key=hunter2", headers: HTTPHeaders([("Authorization", "hunter2")]),
            body: Array("hunter2".utf8))
        let response = HTTPResponse(
            status: 200, headers: HTTPHeaders([("Set-Cookie", "hunter2")]), body: Array("hunter2".utf8),
            url: "https://api.example.com/a?key=hunter2")
        var dumped = ""
        dump(request, to: &dumped)
        dump(response, to: &dumped)
        dump(request.headers.fields, to: &dumped)
        let printed =
            "\(request) \(response) \(request.headers) \(String(reflecting: request.headers.fields)) \(dumped)"
        #expect(!printed.contains("hunter2"))
        #expect("\(request)" == "POST https://api.example.com/a")
        #expect("\(response)" == "200, 7 bytes")
        #expect("\(request.headers)" == "Authorization")
    }
}
