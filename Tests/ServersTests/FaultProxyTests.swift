import TestServers
import Testing

@Suite(
    "What stands before a server",
    .enabled(
        if: [ServerKind.kinto, .faults, .caddy].allSatisfy(\.isThere),
        "kinto, faults or caddy is not installed: Tests/Servers/install"))
struct FaultProxyTests {
    private static func list(_ base: String, _ collection: ScratchCollection, caFile: String? = nil) async throws
        -> CurlAnswer
    {
        try await Curl.ask(
            "GET", base + collection.path, headers: collection.server.credentials.headers, caFile: caFile)
    }

    private static func make(_ base: String, _ collection: ScratchCollection) async throws -> CurlAnswer {
        try await Curl.ask(
            "POST", base + collection.path, headers: collection.server.credentials.headers,
            body: #"{"data": {"title": "One"}}"#)
    }

    @Test("a rule refuses the first requests, and the next ones pass")
    func refuses() async throws {
        let collection = try await ScratchCollection.make(of: .kinto)
        let proxy = try await collection.server.faults([
            FaultRule(method: "GET", first: 1, status: 429, headers: ["Retry-After": "3"], body: "slow down")
        ])
        let refused = try await Self.list(proxy.baseURL, collection)
        #expect(refused.status == 429)
        #expect(refused.headers["retry-after"] == "3")
        #expect(try await Self.list(proxy.baseURL, collection).status == 200)
        #expect(try proxy.struck().count == 1)
        try await proxy.stop()
        await #expect(throws: ServerFailure.self) { try await Self.list(proxy.baseURL, collection) }
    }

    @Test("what is lost was done, what is dropped was not, and what is cut is no JSON")
    func loses() async throws {
        let collection = try await ScratchCollection.make(of: .kinto)
        let proxy = try await collection.server.faults([FaultRule(method: "POST", lose: true)])
        await #expect(throws: ServerFailure.self) { try await Self.make(proxy.baseURL, collection) }
        let direct = collection.server.baseURL
        #expect((try await Self.list(direct, collection).json as? [String: [Any]])?["data"]?.count == 1)
        try proxy.set([FaultRule(method: "POST", drop: true), FaultRule(method: "GET", cut: 5)])
        await #expect(throws: ServerFailure.self) { try await Self.make(proxy.baseURL, collection) }
        #expect((try await Self.list(direct, collection).json as? [String: [Any]])?["data"]?.count == 1)
        #expect(try await Self.list(proxy.baseURL, collection).body.utf8.count == 5)
        try await proxy.stop()
    }

    @Test("a rule asks for a key where a server does not")
    func asksForKey() async throws {
        let server = try await RunningServer.shared(.kinto)
        let proxy = try await server.faults([FaultRule(without: ["Authorization": "Bearer right"], status: 401)])
        let wrong = try await Curl.ask("GET", proxy.baseURL + "/", headers: [("Authorization", "Bearer wrong")])
        #expect(wrong.status == 401)
        let right = try await Curl.ask("GET", proxy.baseURL + "/", headers: [("Authorization", "Bearer right")])
        #expect(right.status == 200)
        try await proxy.stop()
    }

    @Test("TLS is trusted with the authority's certificate, and not without")
    func tls() async throws {
        let collection = try await ScratchCollection.make(of: .kinto)
        let (front, base, caFile) = try await collection.server.tls()
        #expect(try await Self.list(base, collection, caFile: caFile).status == 200)
        await #expect(throws: ServerFailure.self) { try await Self.list(base, collection) }
        try await front.stop()
    }
}
