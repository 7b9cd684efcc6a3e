import Foundation

/// A rule of the proxy that breaks requests, as `Tests/Servers/faults.py` tells them; the first that fits a request strikes.
package struct FaultRule: Codable, Sendable {
    package var path: String?
    package var method: String?
    package var without: [String: String]?
    package var first: Int?
    package var every: Int?
    package var status: Int?
    package var headers: [String: String]?
    package var body: String?
    package var delay: Double?
    package var drop: Bool?
    package var lose: Bool?
    package var late: Double?
    package var cut: Int?

    package init(
        path: String? = nil, method: String? = nil, without: [String: String]? = nil, first: Int? = nil,
        every: Int? = nil, status: Int? = nil, headers: [String: String]? = nil, body: String? = nil,
        delay: Double? = nil, drop: Bool? = nil, lose: Bool? = nil, late: Double? = nil,
        cut: Int? = nil
    ) {
        self.path = path
        self.method = method
        self.without = without
        self.first = first
        self.every = every
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
        self.drop = drop
        self.lose = lose
        self.late = late
        self.cut = cut
    }
}

/// What stands before a server and breaks some of the requests to it.
package final class FaultProxy: Sendable {
    private let proxy: RunningServer
    private let server: RunningServer

    init(_ proxy: RunningServer, before server: RunningServer) {
        self.proxy = proxy
        self.server = server
    }

    package var baseURL: String { "http://127.0.0.1:\(proxy.port)\(server.kind.path)" }
    package var port: Int { proxy.port }
    /// The kind of the server that it stands before.
    package var kind: ServerKind { server.kind }

    /// Puts other rules in the place of those that were; counting begins anew.
    package func set(_ rules: [FaultRule]) throws {
        try JSONEncoder().encode(rules).write(to: URL(filePath: proxy.folder + "/faults.json"), options: .atomic)
    }

    /// Each request that a rule struck, as `METHOD PATH`.
    package func struck() throws -> [String] {
        struct Line: Decodable { let method, path: String }
        let log = (try? String(contentsOfFile: proxy.folder + "/faults.log", encoding: .utf8)) ?? ""
        return try log.split(separator: "\n").map {
            let line = try JSONDecoder().decode(Line.self, from: Data($0.utf8))
            return "\(line.method) \(line.path)"
        }
    }

    package func stop() async throws { try await proxy.stop() }
}

extension RunningServer {
    package func faults(_ rules: [FaultRule] = []) async throws -> FaultProxy {
        let proxy = FaultProxy(try await .start(.faults, settings: ["BACK": String(port)]), before: self)
        try proxy.set(rules)
        return proxy
    }

    /// TLS before it, by an authority of its own.
    /// - Returns: the front, where the paths begin, and the file with the authority's certificate.
    package func tls() async throws -> (front: RunningServer, baseURL: String, caFile: String) {
        let front = try await RunningServer.start(.caddy, settings: ["BACK": String(port)])
        return (front, front.baseURL + kind.path, front.folder + "/ca.crt")
    }
}
