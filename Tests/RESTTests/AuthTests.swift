import HTTP
import Model
import REST
import Synchronization
import TestKit
import Testing
import Values

@Suite("Being let in")
struct AuthTests {
    static let definition = """
        message: body.error
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
            list: {request: GET /items, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            create: {request: POST /items, body: record, record: body}
        """

    static let client =
        "{oauth: {token_url: \"settings.url + '/token'\", client_id: settings.user, client_secret: settings.password, scope: \"'all'\"}}"
    static let rotating =
        "{oauth: {token_url: \"settings.url + '/token'\", client_id: settings.user, refresh_token: settings.token}}"

    @Test("user and password, a token, a header and a parameter each go where they belong")
    func carried() async throws {
        let ways: [(String, (Asked) -> String?, String)] = [
            (
                "{basic: {user: settings.user, password: settings.password}}", { $0.headers["Authorization"] },
                "Basic YW5uOnBhc3MtdzByZA=="
            ),
            ("{bearer: settings.token}", { $0.headers["Authorization"] }, "Bearer s3cr3t-token"),
            ("{header: X-Key, value: settings.token}", { $0.headers["X-Key"] }, "s3cr3t-token"),
            ("{headers: {X-A: settings.user, X-B: settings.token}}", { $0.headers["X-B"] }, "s3cr3t-token"),
            ("{query: {key: settings.token}}", { $0["key"] }, "s3cr3t-token"),
            (
                "[{when: \"settings.project == 'x'\", bearer: \"'no'\"}, {bearer: settings.token}]",
                { $0.headers["Authorization"] }, "Bearer s3cr3t-token"
            ),
        ]
        for (auth, found, wanted) in ways {
            let rig = try Rig(Self.definition, auth: auth) { _ in .ok(items(1..<2)) }
            #expect(try await rig.ids() == ["1"])
            #expect(found(rig.system.asked[0]) == wanted, "\(auth)")
        }
    }

    /// A server with tokens: `t1`, `t2` and so on, the newest of which counts; refresh tokens `r1`, `r2` that rotate.
    final class Tokens: Sendable {
        struct State: Sendable {
            var given = 0
            var good: Set<String> = []
            var refresh = "s3cr3t-token"
            var isRevoked = false
            var lifetime = 3600
            /// The next answer of the token's address gets lost after it was made.
            var losesNext = false
        }

        let state = Mutex(State())

        @Sendable
        func answer(_ asked: Asked) async -> Reply {
            if asked.path == "/token" { await Task.yield() }
            return state.withLock { state in
                guard asked.path == "/token" else {
                    let token = asked.headers["Authorization"]?.split(separator: " ").last.map(String.init) ?? ""
                    return state.good.contains(token)
                        ? .ok(items(1..<2)) : .status(401, #"{"error": "bad token \#(token)"}"#)
                }
                if state.isRevoked { return Self.invalid(asked) }
                if let refresh = asked.form("refresh_token"), refresh != state.refresh { return Self.invalid(asked) }
                state.given += 1
                state.good = ["tok-\(state.given)"]
                var text = #"{"access_token": "tok-\#(state.given)", "expires_in": \#(state.lifetime)"#
                if asked.form("grant_type") == "refresh_token" {
                    state.refresh = "refresh-\(state.given)"
                    text += #", "refresh_token": "\#(state.refresh)""#
                }
                if state.losesNext {
                    state.losesNext = false
                    return .lostAfter
                }
                return .ok(text + "}")
            }
        }

        private static func invalid(_ asked: Asked) -> Reply {
            .status(
                400,
                #"{"error": "invalid_grant", "error_description": "no such \#(asked.form("refresh_token") ?? "grant")"}"#
            )
        }
    }

    @Test("client credentials are asked for once, by a form, and used until they run out")
    func clientCredentials() async throws {
        let tokens = Tokens()
        let rig = try Rig(Self.definition, auth: Self.client, tokens.answer)
        _ = try await rig.ids()
        _ = try await rig.ids()
        #expect(rig.system.lines == ["POST /token", "GET /items", "GET /items"])
        let asked = rig.system.asked[0]
        #expect(
            ["grant_type", "client_id", "client_secret", "scope"].map { asked.form($0) }
                == ["client_credentials", "ann", "pass-w0rd", "all"])
        #expect(asked.headers["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(asked.headers["Authorization"] == nil)
        rig.time.pass(.seconds(3590))
        _ = try await rig.ids()
        #expect(rig.system.lines.filter { $0 == "POST /token" }.count == 2, "it is renewed before it runs out")
    }

    @Test("a token that is refused is renewed once, and the request is made again")
    func renewed() async throws {
        let tokens = Tokens()
        let rig = try Rig(Self.definition, auth: Self.client, tokens.answer)
        _ = try await rig.ids()
        tokens.state.withLock { $0.good = [] }
        #expect(try await rig.ids() == ["1"])
        #expect(rig.system.lines == ["POST /token", "GET /items", "GET /items", "POST /token", "GET /items"])
    }

    @Test("a token that is refused twice breaks the connection")
    func refusedTwice() async throws {
        let rig = try Rig(Self.definition, auth: Self.client) { asked in
            asked.path == "/token" ? .ok(#"{"access_token": "tok-1"}"#) : .status(401, #"{"error": "no"}"#)
        }
        #expect(await rig.failure() == .unauthorised(message: "no (status 401)", fault: .tokenRevoked))
        #expect(rig.system.lines == ["POST /token", "GET /items", "POST /token", "GET /items"])
    }

    @Test("two who need a token at once ask for one")
    func together() async throws {
        let tokens = Tokens()
        let rig = try Rig(Self.definition, auth: Self.client, tokens.answer)
        try await withThrowingTaskGroup(of: [String].self) { tasks in
            for _ in 0..<8 { tasks.addTask { try await rig.ids() } }
            for try await ids in tasks { #expect(ids == ["1"]) }
        }
        #expect(rig.system.lines.filter { $0 == "POST /token" }.count == 1)
    }

    /// What a file of tokens does, in memory.
    final class Kept: Sendable {
        struct State: Sendable {
            var token: Secret?
            var first: Secret?
            var saved: [String] = []
            var fails = false
        }

        let state = Mutex(State())

        var file: TokenFile {
            TokenFile(
                load: { first in self.state.withLock { $0.first == first ? $0.token : nil } },
                save: { (token, first) throws(TokenNotKept) in
                    let fails = self.state.withLock { state in
                        if state.fails { return true }
                        (state.token, state.first) = (token, first)
                        state.saved.append(token.reveal())
                        return false
                    }
                    if fails { throw TokenNotKept("no space left") }
                })
        }
    }

    @Test("a refresh token that rotates is kept before what came with it is used, and the next run asks with it")
    func rotated() async throws {
        let tokens = Tokens()
        let kept = Kept()
        let savedBefore = Mutex<[String]>([])
        let rig = try Rig(Self.definition, auth: Self.rotating, tokens: kept.file) { asked in
            if asked.path == "/items" { savedBefore.withLock { $0 = kept.state.withLock { $0.saved } } }
            return await tokens.answer(asked)
        }
        _ = try await rig.ids()
        #expect(savedBefore.withLock { $0 } == ["refresh-1"])
        #expect(rig.system.asked[0].form("refresh_token") == "s3cr3t-token")
        let next = try Rig(Self.definition, auth: Self.rotating, tokens: kept.file, tokens.answer)
        _ = try await next.ids()
        #expect(next.system.asked[0].form("refresh_token") == "refresh-1")
        #expect(kept.state.withLock { $0.saved } == ["refresh-1", "refresh-2"])
    }

    @Test("a new refresh token in the settings counts over the one that was kept")
    func newSetting() async throws {
        let tokens = Tokens()
        let kept = Kept()
        _ = try await Rig(Self.definition, auth: Self.rotating, tokens: kept.file, tokens.answer).ids()
        tokens.state.withLock { $0.refresh = "another-token" }
        let rig = try Rig(
            Self.definition, auth: Self.rotating, settings: ["token": .secret(Secret("another-token"))],
            tokens: kept.file, tokens.answer)
        #expect(try await rig.ids() == ["1"])
        #expect(rig.system.asked[0].form("refresh_token") == "another-token")
    }

    @Test("a refresh token that is revoked breaks the connection, and is no password that is wrong")
    func revoked() async throws {
        let tokens = Tokens()
        tokens.state.withLock { $0.isRevoked = true }
        let rig = try Rig(Self.definition, auth: Self.rotating, tokens.answer)
        #expect(
            await rig.failure() == .unauthorised(message: "no token is given: no such …", fault: .tokenRevoked))
        #expect(rig.system.lines == ["POST /token"])
    }

    @Test("where the answer with a new refresh token is lost, the old one is tried once more, and then it is revoked")
    func lostRotation() async throws {
        let tokens = Tokens()
        let kept = Kept()
        tokens.state.withLock { $0.losesNext = true }
        let rig = try Rig(Self.definition, auth: Self.rotating, tokens: kept.file, tokens.answer)
        guard case .unreachable = await rig.failure() else {
            Issue.record("it was not the connection that failed")
            return
        }
        guard case .unauthorised(_, .tokenRevoked) = await rig.failure() else {
            Issue.record("the old token was accepted")
            return
        }
        #expect(rig.system.asked.map { $0.form("refresh_token") } == ["s3cr3t-token", "s3cr3t-token"])
    }

    @Test("a refresh token that cannot be kept stops everything before it is used")
    func notKept() async throws {
        let tokens = Tokens()
        let kept = Kept()
        kept.state.withLock { $0.fails = true }
        let rig = try Rig(Self.definition, auth: Self.rotating, tokens: kept.file, tokens.answer)
        #expect(
            await rig.failure()
                == .malformed(place: "", message: "the new refresh token cannot be kept: no space left"))
        #expect(rig.system.lines == ["POST /token"])
    }

    @Test("what stands in the way of a token does not make a write doubtful")
    func writeWithoutToken() async throws {
        let rig = try Rig(Self.definition, auth: Self.client) { _ in .lostAfter }
        guard case .unreachable = await rig.failure(of: .create("", ["name": .text("x")])) else {
            Issue.record("the write is in doubt")
            return
        }
        let busy = try Rig(Self.definition, auth: Self.client) { _ in .status(503) }
        guard case .later = try await busy.outcome(.create("", ["name": .text("x")])) else {
            Issue.record("it is not asked later")
            return
        }
    }

    @Test("no secret stands in any failure, outcome or snapshot, though the system says it back")
    func secrets() async throws {
        let echo = #"s3cr3t-token pass-w0rd YW5uOnBhc3MtdzByZA== tok-9 refresh-9"#
        let auths = [
            "{basic: {user: settings.user, password: settings.password}}", "{bearer: settings.token}",
            "{query: {key: settings.token, other: settings.password}}", Self.client, Self.rotating,
        ]
        for auth in auths {
            for status in [400, 401, 403, 404, 409, 429, 500, 503] {
                let rig = try Rig(Self.definition, auth: auth) { asked in
                    if asked.path == "/token" {
                        return .ok(#"{"access_token": "tok-9", "refresh_token": "refresh-9"}"#)
                    }
                    let sent = asked.headers.fields.map(\.value).joined(separator: " ") + asked.target
                    return .status(status, JSON.text(.object(["error": .text(echo + " " + sent)])))
                }
                var shown = "\(String(describing: await rig.failure()))"
                shown += "\(String(describing: await rig.failure(of: .create("", ["name": .text("x")]))))"
                if let outcome = try? await rig.outcome(.create("", ["name": .text("x")])) { shown += "\(outcome)" }
                shown += "\(rig.endpoint)"
                var used = auth.contains("basic") ? ["YW5uOnBhc3MtdzByZA=="] : []
                if auth.contains("oauth") { used.append("tok-9") }
                if auth == Self.rotating { used.append("refresh-9") }
                for secret in ["s3cr3t-token", "pass-w0rd"] + used {
                    #expect(!shown.contains(secret), "\(auth) \(status): \(shown)")
                }
            }
        }
    }

    @Test("no secret stands in what is read")
    func secretsInSnapshots() async throws {
        let rig = try Rig(Self.definition, auth: "{query: {key: settings.token}}") { _ in .ok(items(1..<4)) }
        let snapshot = try await rig.endpoint.read(.none, .whole)
        var shown = ""
        dump(snapshot, to: &shown)
        dump(rig.endpoint, to: &shown)
        for record in try await rig.records() { shown += JSON.text(.object(record)) }
        for secret in Rig.secrets { #expect(!shown.contains(secret)) }
    }
}
