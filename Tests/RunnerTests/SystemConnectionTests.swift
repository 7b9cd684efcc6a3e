import Diagnostics
import FileIO
import HTTP
import JobFiles
import Model
import Runner
import StateStore
import Synchronization
import TestKit
import Testing
import Values

/// A jobs folder with a system that a definition describes, whose network is a script.
private struct Scene: Sendable {
    let folder: ScratchFolder
    let asked = Shared<[HTTPRequest]>([])
    let now = Shared<Timestamp>(Timestamp("2026-03-01T12:00:00Z") ?? .earliest)

    init(settings: String = "", auth: String = "{bearer: settings.token}") throws {
        folder = try ScratchFolder()
        let disk = Disk()
        for name in ["jobs/connectors", "shop"] { try disk.makeFolder(folder.path + "/" + name) }
        try write("shop/items.csv", "id,name\n")
        try write(
            "jobs/connectors/desk.yaml",
            """
            connector: desk
            description: A desk
            settings:
              url: {type: url, required: true, description: "Where."}
              token: {type: secret, required: true, description: "A token."}
            auth: \(auth)
            probe: GET /me
            message: body.error
            collections:
              items:
                fields:
                  id: {type: int, read_only: true}
                  name: {type: text}
                list: {request: GET /items, page: {offset: skip}, records: body.items}
                get: {request: "GET /items/{id}", record: body}
            """)
        try write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: desk, url: "https://desk.example", token: "${TOKEN}"\(settings)}
              shop: {type: csv, path: '\(folder.path)/shop'}
            """)
        try write(
            "jobs/copy.yaml",
            """
            job: copy
            left: desk
            right: shop
            syncs:
              items: {left: items, right: items, direction: left-to-right, match: name <-> name, fields: [name -> name]}
            """)
    }

    func write(_ name: String, _ text: String) throws {
        try Disk().replace(folder.path + "/" + name, with: Array(text.utf8))
    }

    var state: String { folder.path + "/state" }
    var tokens: TokenFolder { TokenFolder(StateFolder(state, disk: Disk()), connection: "desk") }

    func world(_ script: @escaping @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse) -> World {
        let (asked, now) = (asked, now)
        var world = World(
            now: { now.value }, environment: { $0 == "TOKEN" ? "s3cr3t-token" : nil }, pause: { _ in },
            holder: { "a test" })
        world.transport = { _ in
            HTTPTransport { (request) async throws(HTTPFailure) in
                asked.change { $0.append(request) }
                return try await script(request)
            }
        }
        return world
    }

    func workspace(_ world: World) throws -> Workspace {
        let workspace = try Workspace.load(jobs: folder.path + "/jobs", state: state, world: world)
        let errors = workspace.checked.diagnostics.filter { $0.severity == .error }.map(\.message)
        guard errors.isEmpty else { throw Breach("\(errors)") }
        return workspace
    }

    func check(
        _ script: @escaping @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse
    ) async throws -> ConnectionCheck.Result {
        let world = world(script)
        let results = await ConnectionCheck.all(["desk"], try workspace(world), world: world)
        return try #require(results.first)
    }

    func run(
        _ script: @escaping @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse
    ) async throws -> SyncReport {
        let world = world(script)
        let runner = JobRunner(try workspace(world), world: world, evenIfNotDue: true)
        return try #require(try await runner.run(Selection(), .run(accepting: nil)).first)
    }

    /// Everything that lies in the state folder.
    func everything() throws -> [String: String] {
        try FileTree(state).files.mapValues { String(decoding: $0.bytes, as: UTF8.self) }
    }
}

/// A value that closures share.
private final class Shared<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    var value: Value { mutex.withLock { $0 } }
    func change(_ body: @Sendable (inout Value) -> Void) { mutex.withLock { body(&$0) } }
}

extension SyncReport.Outcome {
    /// Whether the sync went to its end.
    fileprivate var isSuccess: Bool {
        switch self {
        case .planned, .untouched: true
        default: false
        }
    }
}

private func answer(_ status: Int, _ text: String = "{}") -> HTTPResponse {
    HTTPResponse(status: status, body: Array(text.utf8))
}

@Suite("The check of a connection to a system over HTTP")
struct SystemCheckTests {
    private static let failures: [(HTTPFailure, ConnectionCheck.Part, String)] = [
        (.hostUnknown(host: "desk.example"), .name, "host-unknown"),
        (.refused(host: "desk.example", port: 443), .network, "connection-refused"),
        (.noConnection(host: "desk.example", after: .seconds(10)), .network, "no-answer"),
        (.tls(host: "desk.example", .selfSigned), .tls, "tls-failed"),
        (.tls(host: "desk.example", .expired(since: "2026-01-01")), .tls, "tls-failed"),
    ]

    @Test("says which part of the way fails: name, network, TLS", arguments: failures)
    func way(failure: HTTPFailure, part: ConnectionCheck.Part, cause: String) async throws {
        let result = try await Scene().check { _ throws(HTTPFailure) in throw failure }
        #expect(result.failed == part)
        #expect(result.cause == cause)
        #expect(result.text.contains(failure.description), "\(result.text)")
        #expect(result.remedy?.contains("'desk'") == true)
        #expect(result.isBroken)
    }

    @Test("says whether it is the credentials or what they permit, with the system's words and no secret")
    func credentials() async throws {
        for (status, part, cause) in [
            (401, ConnectionCheck.Part.credentials, "wrong-password"), (403, .permission, "nothing-permitted"),
        ] {
            let scene = try Scene()
            let result = try await scene.check { _ in
                answer(status, #"{"error": "key s3cr3t-token may not 'items:read'"}"#)
            }
            #expect(result.failed == part)
            #expect(result.cause == cause)
            #expect(result.text.contains("key … may not 'items:read' (status \(status))"), "\(result.text)")
            #expect(!"\(result)".contains("s3cr3t-token"))
        }
    }

    @Test("says that it works, after one request, and that a system is busy, which is not broken")
    func works() async throws {
        let scene = try Scene()
        let result = try await scene.check { _ in answer(200) }
        #expect(result.failed == nil)
        #expect(result.text == "it answers")
        #expect(scene.asked.value.map(\.url) == ["https://desk.example/me"])
        #expect(!Disk().exists(scene.state))
        let busy = try await Scene().check { _ in answer(503) }
        #expect(busy.failed == .busy)
        #expect(!busy.isBroken)
    }
}

@Suite("What connections keep between runs")
struct KeptTokenTests {
    private static let oauth =
        "{oauth: {token_url: \"settings.url + '/token'\", client_id: \"'x'\", refresh_token: settings.token}}"

    private static func server(_ refresh: Shared<String>)
        -> @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse
    {
        { (request) async throws(HTTPFailure) in
            guard request.url.hasSuffix("/token") else { return answer(200, #"{"items": []}"#) }
            let sent = String(decoding: request.body ?? [], as: UTF8.self)
            guard sent.hasSuffix("refresh_token=" + refresh.value) else {
                return answer(400, #"{"error": "invalid_grant"}"#)
            }
            refresh.change { $0 += "-next" }
            return answer(200, #"{"access_token": "access-1", "refresh_token": "\#(refresh.value)"}"#)
        }
    }

    @Test("a refresh token that rotates outlives the run, in a file that nobody else may read")
    func rotation() async throws {
        let scene = try Scene(auth: Self.oauth)
        let refresh = Shared("s3cr3t-token")
        for _ in 0..<3 { #expect(try await scene.run(Self.server(refresh)).outcome.isSuccess) }
        #expect(refresh.value == "s3cr3t-token-next-next-next")
        #expect(try scene.tokens.refreshToken(insteadOf: Secret("s3cr3t-token"))?.reveal() == refresh.value)
        #expect(try scene.tokens.refreshToken(insteadOf: Secret("another")) == nil)
        let file = scene.state + "/tokens/desk.json"
        #expect(try permissions(file) == 0o600)
        #expect(try permissions(scene.state + "/tokens") == 0o700)
        for (name, text) in try scene.everything() where name != "tokens/desk.json" {
            #expect(!text.contains("s3cr3t-token") && !text.contains("access-1"), "\(name)")
        }
    }

    @Test("a process that dies between the answer and the file leaves an old token, which is tried once, and a remedy")
    func killed() async throws {
        let scene = try Scene(auth: Self.oauth)
        let refresh = Shared("s3cr3t-token")
        _ = try await scene.run(Self.server(refresh))
        let before = try Disk().read(scene.state + "/tokens/desk.json")
        _ = try await scene.run(Self.server(refresh))
        // As it would be, had the second run been killed before it wrote.
        try Disk().replace(scene.state + "/tokens/desk.json", with: before)
        let count = scene.asked.value.count
        let world = scene.world(Self.server(refresh))
        let result = try #require(await ConnectionCheck.all(["desk"], try scene.workspace(world), world: world).first)
        #expect(result.cause == "token-revoked")
        #expect(result.remedy?.contains("a new token") == true)
        #expect(scene.asked.value.count == count + 1)
        // A new one in the settings counts at once.
        #expect(try scene.tokens.refreshToken(insteadOf: Secret("a new one")) == nil)
    }

    @Test("two runs at once ask one after the other, and no rotation is lost")
    func twoAtOnce() async throws {
        let scene = try Scene(auth: Self.oauth)
        let refresh = Shared("s3cr3t-token")
        let world = scene.world(Self.server(refresh))
        try await withThrowingTaskGroup(of: ConnectionCheck.Result?.self) { tasks in
            for _ in 0..<4 {
                let workspace = try scene.workspace(world)
                tasks.addTask { await ConnectionCheck.all(["desk"], workspace, world: world).first }
            }
            for try await result in tasks { #expect(result?.failed == nil) }
        }
        #expect(refresh.value == "s3cr3t-token-next-next-next-next")
        #expect(try scene.tokens.refreshToken(insteadOf: Secret("s3cr3t-token"))?.reveal() == refresh.value)
    }

    @Test("a file of tokens that a newer Lockstep wrote is left alone")
    func newer() throws {
        let scene = try Scene()
        try scene.tokens.save(Secret("one"), insteadOf: Secret("first"))
        let file = scene.state + "/tokens/desk.json"
        let text = String(decoding: try Disk().read(file), as: UTF8.self).replacing(
            "\"version\": 1", with: "\"version\": 2")
        try Disk().replace(file, with: Array(text.utf8))
        #expect(throws: StateFailure.newer(path: file, version: 2)) {
            try scene.tokens.save(Secret("two"), insteadOf: Secret("first"))
        }
        #expect(String(decoding: try Disk().read(file), as: UTF8.self) == text)
    }

    @Test("the requests of a day are counted over all runs, and at the budget a run says when it goes on")
    func budget() async throws {
        let scene = try Scene(settings: ", daily_budget: 5")
        let script: @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse = {
            (request) throws(HTTPFailure) in
            answer(200, request.url.hasSuffix("skip=0") ? #"{"items": [{"id": 1, "name": "a"}]}"# : #"{"items": []}"#)
        }
        #expect(try await scene.run(script).outcome.isSuccess)
        #expect(try await scene.run(script).outcome.isSuccess)
        #expect(try scene.tokens.calls()?.calls == 4)
        let report = try await scene.run(script)
        #expect(!report.outcome.isSuccess)
        #expect("\(report.outcome)".contains("goes on at 2026-03-02T00:00:00Z"), "\(report.outcome)")
        #expect(scene.asked.value.count == 5)
        scene.now.change { $0 = $0.adding(.seconds(13 * 3600)) ?? $0 }
        #expect(try await scene.run(script).outcome.isSuccess)
        // A connection that was in trouble is asked whether it works, and then for its two pages.
        #expect(try scene.tokens.calls()?.calls == 3)
    }

    @Test("what several count at once is all there")
    func manyCounters() async throws {
        let scene = try Scene()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<8 { tasks.addTask { for _ in 0..<20 { _ = try scene.tokens.add(3, on: 7) } } }
            try await tasks.waitForAll()
        }
        #expect(try scene.tokens.calls()?.calls == 480)
        #expect(try scene.tokens.add(1, on: 8) == 1)
    }

    private func permissions(_ path: String) throws -> UInt32 {
        try #require(try Disk().identity(path)).permissions & 0o777
    }
}
