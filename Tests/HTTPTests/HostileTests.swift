import HTTP
import TestKit
import TestServers
import Testing
import Values

@Suite struct HostileTests {
    @Test("a second answer to one request is no answer to the next")
    func unsolicited() async throws {
        let server = try RawServer { answer($0.line) + ($0.line.contains("/1?") ? answer("forged") : "") }
        defer { server.stop() }
        try await sending { http in
            for round in 0..<20 {
                let first = try await http.send(HTTPRequest("GET", server.url + "/1?\(round)"))
                #expect(first.text.hasPrefix("GET /1?"))
                for number in 2...3 {
                    let next = try await http.send(HTTPRequest("GET", server.url + "/\(number)"))
                    #expect(next.text == "GET /\(number) HTTP/1.1")
                }
            }
        }
    }

    private let seed: UInt64 = 20_261_122

    /// An answer, with some of its bytes changed, left out, or said twice.
    private func spoilt(_ random: inout SplitMix64) -> [UInt8] {
        let texts = [
            answer("{\"a\": 1}", fields: ["X-A: 1"]),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n\u{1F}\u{8B}",
            "HTTP/1.0 304 Not Modified\r\nContent-Length: 7\r\n\r\n", "HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        ]
        var bytes = Array(texts[Int.random(in: 0..<texts.count, using: &random)].utf8)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: bytes[place...], at: place)
            default: bytes = Array(bytes[...place])
            }
        }
        return bytes
    }

    @Test("whatever a server or a proxy says, there is an answer or a failure with a name", arguments: 0..<3)
    func random(kind: Int) async throws {
        var random = SplitMix64(seed: seed &+ UInt64(kind))
        let texts = (0..<150).map { _ in spoilt(&random) }
        let pieces = (0..<150).map { _ in Int.random(in: 1...40, using: &random) }
        let server = try RawServer { peer, number in
            guard number <= texts.count, peer.readRequest() != nil else { return }
            var rest = texts[number - 1][...]
            while !rest.isEmpty, peer.write(Array(rest.prefix(pieces[number - 1]))) {
                rest = rest.dropFirst(pieces[number - 1])
            }
        }
        defer { server.stop() }
        let proxy = ProxyRules(proxy: Secret("http://user:hunter2@127.0.0.1:\(server.port)"))
        let outcomes = try await sending({
            $0.read = .seconds(5)
            $0.connect = .seconds(5)
            if kind > 0 { $0.proxies = proxy }
        }) { http in
            var outcomes: [String] = []
            for _ in texts {
                let url = kind == 0 ? server.url : "http\(kind == 2 ? "s" : "")://api.example.com/"
                do throws(HTTPFailure) {
                    outcomes.append("\(try await http.send(HTTPRequest("POST", url, body: [1])).status)")
                } catch {
                    outcomes.append("\(error)")
                }
            }
            return outcomes
        }
        #expect(outcomes.count == texts.count)
        #expect(!outcomes.contains { $0.contains("hunter2") })
        // Seeds that change nothing would show nothing.
        #expect(Set(outcomes).count >= (kind == 2 ? 2 : 5), "seed \(seed), kind \(kind): \(Set(outcomes))")
    }
}
