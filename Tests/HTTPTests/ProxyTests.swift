import HTTP
import TestServers
import Testing
import Values

@Suite struct ProxyTests {
    private func rules(_ server: RawServer, _ user: String = "", except: String = "") -> ProxyRules {
        ProxyRules(proxy: Secret("http://\(user)127.0.0.1:\(server.port)"), except: except)
    }

    @Test("a request in clear is given to the proxy with its whole address, and the proxy's password only to the proxy")
    func plain() async throws {
        let proxy = try RawServer { answer($0.line) }
        defer { proxy.stop() }
        let response = try await sending({ $0.proxies = rules(proxy, "us%20er:hunter2@") }) {
            try await $0.send(HTTPRequest("POST", "http://api.example.com:8080/a%2Fb?q=1", body: [1, 2]))
        }
        #expect(response.text == "POST http://api.example.com:8080/a%2Fb?q=1 HTTP/1.1")
        #expect(response.url == "http://api.example.com:8080/a%2Fb?q=1")
        let received = try #require(proxy.requests.first)
        #expect(received.values("host") == ["api.example.com:8080"])
        #expect(received.values("proxy-authorization") == ["Basic dXMgZXI6aHVudGVyMg=="])
        #expect(received.body == [1, 2])
    }

    @Test("a request with TLS goes through a tunnel, in which the proxy sees nothing")
    func tunnel() async throws {
        let authority = try TestCertificates.made.get().authority
        let server = try await TLSServer("good")
        let proxy = try RawServer { peer, _ in
            guard peer.readRequest() != nil else { return }
            peer.write("HTTP/1.1 200 Connection established\r\n\r\n")
            peer.joinTo(port: server.port)
        }
        defer { proxy.stop() }
        let request = HTTPRequest(
            "GET", "https://localhost:\(server.port)/", headers: HTTPHeaders([("Authorization", "Bearer t1")]))
        let response = try await sending({
            $0.caFile = authority
            $0.proxies = rules(proxy, "user:hunter2@")
        }) { try await $0.send(request) }
        #expect(response.text == "ok")
        #expect(proxy.requests.map(\.line) == ["CONNECT localhost:\(server.port) HTTP/1.1"])
        #expect(proxy.requests[0].values("proxy-authorization") == ["Basic dXNlcjpodW50ZXIy"])
        #expect(proxy.requests[0].values("authorization") == [])
        // Through a tunnel, too, a certificate that is not trusted is not.
        let found = try await failure(of: request) { $0.proxies = rules(proxy) }
        #expect(found == .tls(host: "localhost", .untrusted(issuer: nil)))
        try await server.stop()
    }

    @Test(
        "a proxy that does not lead further is named, its password is not",
        arguments: [
            ("http", "407 Proxy Authentication Required", ProxyFault.credentials),
            ("https", "407 Proxy Authentication Required", .credentials),
            ("https", "403 Forbidden", .noTunnel(host: "api.example.com")),
            ("https", "502 Bad Gateway", .noTunnel(host: "api.example.com")),
        ])
    func refusals(scheme: String, status: String, fault: ProxyFault) async throws {
        let proxy = try RawServer { _ in answer("", status: status) }
        defer { proxy.stop() }
        let found = try await failure(of: HTTPRequest("POST", scheme + "://api.example.com/", body: [1])) {
            $0.proxies = rules(proxy, "user:hunter2@")
        }
        #expect(found == .proxy(address: "127.0.0.1:\(proxy.port)", fault))
        #expect(found?.mayHaveArrived == false)
        #expect(found?.description.contains("hunter2") == false)
    }

    @Test("a proxy that is not there is told from a server that is not", arguments: ["http", "https"])
    func absent(scheme: String) async throws {
        let proxy = try RawServer { _ in "" }
        proxy.stop()
        let found = try await failure(of: HTTPRequest("GET", scheme + "://api.example.com/")) {
            $0.proxies = rules(proxy)
        }
        #expect(found == .proxy(address: "127.0.0.1:\(proxy.port)", .refused))
        let unknown = try await failure(of: HTTPRequest("GET", scheme + "://api.example.com/")) {
            $0.proxies = ProxyRules(proxy: Secret("http://user:hunter2@nothing.invalid:3128"))
        }
        #expect(unknown == .proxy(address: "nothing.invalid:3128", .hostUnknown))
    }

    @Test("a proxy that closes in place of an answer does not lead further")
    func closes() async throws {
        let proxy = try RawServer { peer, _ in _ = peer.readRequest() }
        defer { proxy.stop() }
        let found = try await failure(of: HTTPRequest("POST", "https://api.example.com/", body: [1])) {
            $0.proxies = rules(proxy)
        }
        #expect(found == .proxy(address: "127.0.0.1:\(proxy.port)", .noTunnel(host: "api.example.com")))
    }

    @Test("hosts that are excepted are asked straight")
    func excepted() async throws {
        let server = try RawServer { answer($0.line) }
        let proxy = try RawServer { _ in answer("proxy") }
        defer {
            server.stop()
            proxy.stop()
        }
        let response = try await sending({ $0.proxies = rules(proxy, except: "example.com, 127.0.0.1") }) {
            try await $0.send(HTTPRequest("GET", server.url + "/x"))
        }
        #expect(response.text == "GET /x HTTP/1.1")
        #expect(proxy.connections == 0)
    }

    @Test(
        "a proxy of a kind that is not known is refused without showing its password",
        arguments: [
            ("https://user:hunter2@proxy.example.com", ProxyFault.scheme("https")),
            ("socks5://user:hunter2@proxy.example.com:1080", .scheme("socks")),
        ])
    func kinds(text: String, fault: ProxyFault) async throws {
        let found = try await failure(of: HTTPRequest("GET", "http://api.example.com/")) {
            $0.proxies = ProxyRules(proxy: Secret(text))
        }
        #expect(found == .proxy(address: "proxy.example.com", fault))
        let none = try await failure(of: HTTPRequest("GET", "http://api.example.com/")) {
            $0.proxies = ProxyRules(proxy: Secret("http://user:hunter2@:x"))
        }
        #expect(none == .proxy(address: "", .notAnAddress))
    }
}
