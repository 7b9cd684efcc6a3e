import HTTP
import NIOSSL
import TestServers
import Testing

@Suite struct TLSTests {
    private func withServer(
        _ server: TLSServer, _ work: (TLSServer) async throws -> Void
    ) async throws {
        do {
            try await work(server)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    private func fault(_ server: TLSServer, host: String = "localhost") async throws -> TLSFault? {
        let authority = try TestCertificates.made.get().authority
        let request = HTTPRequest("POST", "https://\(host):\(server.port)/", body: [1])
        let found = try await failure(of: request) { $0.caFile = authority }
        guard case .tls(host, let fault) = found else { return nil }
        #expect(found?.mayHaveArrived == false)
        return fault
    }

    @Test("an authority of one's own is trusted, for names and for addresses", arguments: ["localhost", "127.0.0.1"])
    func ownAuthority(host: String) async throws {
        let authority = try TestCertificates.made.get().authority
        try await withServer(TLSServer("good")) { server in
            let response = try await sending({ $0.caFile = authority }) { http in
                _ = try await http.send(HTTPRequest("GET", "https://\(host):\(server.port)/1"))
                return try await http.send(HTTPRequest("GET", "https://\(host):\(server.port)/2"))
            }
            #expect(response.text == "ok")
            #expect(server.connections == 1)
            #expect(server.requests == 2)
        }
    }

    @Test("a certificate of an authority that is not known is not trusted, and its issuer is named")
    func untrusted() async throws {
        try await withServer(TLSServer("good")) { server in
            let found = try await failure(of: HTTPRequest("GET", "https://localhost:\(server.port)/"))
            #expect(found == .tls(host: "localhost", .untrusted(issuer: "Authority of the tests")))
            #expect(server.requests == 0)
        }
    }

    @Test(
        "a certificate that is not good is refused, and the reason given",
        arguments: [
            ("selfsigned", TLSFault.selfSigned), ("expired", .expired(since: "2021-03-15")),
            ("early", .notYetValid(until: "2098-07-16")),
            ("other", .wrongHost(names: ["other.example.com", "two.example.com"])),
        ])
    func refused(name: String, expected: TLSFault) async throws {
        try await withServer(TLSServer(name)) { server in
            let found = [try await fault(server), try await fault(server, host: "127.0.0.1")]
            #expect(found == [expected, expected])
            #expect(server.requests == 0)
        }
    }

    @Test("a server that knows older versions only has nothing in common with us")
    func oldVersion() async throws {
        let server = try await TLSServer("good") { configuration in
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = .tlsv11
        }
        try await withServer(server) { server in
            let found = try await fault(server)
            #expect(found == .nothingInCommon)
        }
    }

    @Test(
        "a server without TLS is said to have none", arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-x\r\n"])
    func noTLS(text: String) async throws {
        let server = try RawServer { peer, _ in
            _ = peer.read()
            peer.write(text)
            peer.waitForClose()
        }
        defer { server.stop() }
        let found = try await failure(of: HTTPRequest("GET", "https://localhost:\(server.port)/"))
        #expect(found == .tls(host: "localhost", .notTLS))
    }

    @Test("a server that closes in the handshake is said to", arguments: [false, true])
    func closesInHandshake(byReset: Bool) async throws {
        let server = try RawServer { peer, _ in
            _ = peer.read()
            if byReset { peer.reset() }
        }
        defer { server.stop() }
        let found = try await failure(of: HTTPRequest("POST", "https://localhost:\(server.port)/", body: [1]))
        #expect(found == .tls(host: "localhost", .closed))
    }

    @Test("a body without a length that TLS does not end is cut")
    func uncleanEnd() async throws {
        let authority = try TestCertificates.made.get().authority
        let answer = "HTTP/1.1 200 OK\r\n\r\n{\"records\": []}"
        try await withServer(TLSServer("good", answer: answer, end: .closes)) { server in
            let response = try await sending({ $0.caFile = authority }) {
                try await $0.send(HTTPRequest("GET", "https://localhost:\(server.port)/"))
            }
            #expect(response.text == "{\"records\": []}")
        }
        try await withServer(TLSServer("good", answer: answer, end: .cutsOff)) { server in
            let request = HTTPRequest("GET", "https://localhost:\(server.port)/")
            let found = try await failure(of: request) { $0.caFile = authority }
            #expect(found == .lost(host: "localhost", sent: true))
        }
    }

    @Test("a file of authorities that is none is named", arguments: ["/nowhere/ca.pem", "/etc/hostname"])
    func wrongFile(path: String) async throws {
        let found = try await failure(of: HTTPRequest("GET", "https://localhost:1/")) { $0.caFile = path }
        #expect(found == .caFile(path: path))
    }

    @Test("HTTP/2 is spoken where it is offered, with all requests on one connection")
    func http2() async throws {
        let authority = try TestCertificates.made.get().authority
        let server = try await TLSServer(http2: "good")
        try await withServer(server) { server in
            let origin = "https://localhost:\(server.port)"
            let texts = try await sending({ $0.caFile = authority }) { http in
                try await withThrowingTaskGroup(of: String.self) { group in
                    for number in 1...30 {
                        let request = HTTPRequest(
                            "PUT", "\(origin)/a%2Fb/\(number)?q=1", headers: HTTPHeaders([("X-Key", "k")]),
                            body: [1, 2])
                        group.addTask { try await http.send(request).text }
                    }
                    return try await group.reduce(into: Set<String>()) { $0.insert($1) }
                }
            }
            #expect(
                texts
                    == Set(
                        (1...30).map {
                            "PUT /a%2Fb/\($0)?q=1 localhost:\(server.port) accept,accept-encoding,content-length,user-agent,x-key"
                        }))
            #expect(server.connections == 1)
            #expect(server.requests == 30)
        }
    }

    @Test("HTTP/2 is not spoken where it is not wanted")
    func http1Only() async throws {
        let authority = try TestCertificates.made.get().authority
        let server = try await TLSServer("good") { $0.applicationProtocols = ["h2", "http/1.1"] }
        try await withServer(server) { server in
            let response = try await sending({
                $0.caFile = authority
                $0.http1Only = true
            }) { try await $0.send(HTTPRequest("GET", "https://localhost:\(server.port)/")) }
            #expect(response.text == "ok")
        }
    }
}
