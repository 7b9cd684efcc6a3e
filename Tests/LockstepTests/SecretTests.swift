import FileIO
import Foundation
import TestKit
import TestServers
import Testing

/// Commands of the program as it is, against a server that says every secret back: nothing that is written anywhere has one.
@Suite("No secret is written")
struct SecretTests {
    /// A way to be let in, as a definition has it, and what is secret of it.
    struct Way: Sendable, CustomTestStringConvertible {
        var name: String
        var auth: String
        /// The settings that it uses beside the address.
        var settings: [String]

        var testDescription: String { name }
        var isOAuth: Bool { auth.contains("oauth") }
    }

    static let ways = [
        Way(
            name: "basic", auth: "{basic: {user: settings.user, password: settings.password}}",
            settings: ["user", "password"]),
        Way(name: "bearer", auth: "{bearer: settings.token}", settings: ["token"]),
        Way(name: "header", auth: "{header: X-Key, value: settings.token}", settings: ["token"]),
        Way(
            name: "headers", auth: "{headers: {X-A: settings.token, X-B: settings.password}}",
            settings: ["token", "password"]),
        Way(name: "query", auth: "{query: {key: settings.token}}", settings: ["token"]),
        Way(
            name: "client credentials",
            auth:
                "{oauth: {token_url: \"settings.url + '/token'\", client_id: settings.user, client_secret: settings.password}}",
            settings: ["user", "password"]),
        Way(
            name: "refresh token",
            auth:
                "{oauth: {token_url: \"settings.url + '/token'\", client_id: settings.user, client_secret: settings.password, refresh_token: settings.token}}",
            settings: ["user", "password", "token"]),
        Way(
            name: "login",
            auth:
                "{login: {request: POST /token, body: \"{'user': settings.user, 'password': settings.password}\", token: body.access_token}}",
            settings: ["user", "password"]),
    ]

    /// What the server does where it does not do as it should.
    enum Malice: String, CaseIterable {
        case unauthorised = "401 Unauthorized"
        case forbidden = "403 Forbidden"
        case refused = "422 Unprocessable Content"
        case busy = "429 Too Many Requests"
        case broken = "500 Internal Server Error"
        /// It sends on to another host, and to itself, with the secrets in the address.
        case elsewhere = "302 Found"
        case circle = "307 Temporary Redirect"
        /// It answers with what is no list.
        case noList = "200 OK"
        /// What it answers is no HTTP.
        case garbage = "HTTP?"
        /// The next page is elsewhere.
        case nextPage = "200 Fine"
        case noToken = "400 Bad Request"
    }

    @Test("in outputs, state, plans, reports and messages, whatever the server says back", arguments: ways)
    func nowhere(_ way: Way) throws {
        let desk = try SecretDesk(way)
        desk.server.behave(nil)
        desk.command("check")
        #expect(desk.command("run", "copy").status == 0, "\(desk.said)")
        for words in desk.looks { desk.command(words) }
        for malice in Malice.allCases {
            desk.server.behave(malice)
            try desk.edit(malice.rawValue)
            for words in [
                ["connections", "check"], ["discover", "copy"],
                ["plan", "--out", desk.path + "/plan-\(malice).json"], ["run", "copy"],
            ] { desk.command(words) }
            try desk.forgetTrouble(malice.rawValue)
        }
        for words in desk.looks { desk.command(words) }
        // The one that works, and with it what was written to the server.
        desk.server.behave(nil)
        #expect(desk.command("run", "copy").status == 0, "\(desk.said)")
        // A wrong key is told by its server in full.
        desk.password = "another/ü pass+word=="
        desk.token = "another/ü t0k3n+=="
        desk.server.behave(.unauthorised)
        for words in [["connections", "check"], ["run", "copy"], ["plan"], ["why", "copy/items"]] {
            desk.command(words)
        }
        try desk.expectNoSecrets()
    }

    @Test("the search finds a secret in each of its spellings")
    func finds() throws {
        let secret = "a/ü b+c=="
        for text in ["x\(secret)y", "YS/DvCBiK2M9PQ==", "a%2F%C3%BC%20b%2Bc%3D%3D", "a%2f%c3%bc+b%2bc%3d%3d"] {
            #expect(SecretDesk.spellings(secret).contains { text.contains($0) }, "\(text)")
        }
    }
}

/// A folder with a job that writes to a hostile desk, and the program.
private final class SecretDesk {
    let server: HostileDesk
    var password = "pä$$/w0rd+ s3cr3t=="
    var token = "t0k3n/+ü s3cr3t=?&"
    private let way: SecretTests.Way
    private let scratch: ScratchFolder
    private(set) var said = ""
    /// All that have ever been given, and never may be seen.
    private var secrets: Set<String> = []

    var path: String { scratch.path }

    init(_ way: SecretTests.Way) throws {
        self.way = way
        scratch = try ScratchFolder(inMemory: true)
        server = try HostileDesk()
        for name in ["jobs/connectors", "shop"] { try Disk().makeFolder(path + "/" + name) }
        try edit("first")
        try scratch.write("jobs/connectors/desk.yaml", Self.definition.replacing("AUTH", with: way.auth))
        let settings = way.settings.map { $0 == "user" ? "user: ann" : "\($0): \"${\($0.uppercased())}\"" }
        try scratch.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: desk, url: "\(server.url)", timeout: 5, \(settings.joined(separator: ", "))}
              shop: {type: csv, path: \(path)/shop}
            notify:
              - to: {command: [sh, -c, "cat >> \(path)/told.txt; cat $LOCKSTEP_JSON >> \(path)/told.json"]}
                on: [run_failed, record_failed, held, connection_broken, brake, recovered]

            """)
        try scratch.write(
            "jobs/copy.yaml",
            """
            job: copy
            left: shop
            right: desk
            syncs:
              items:
                left: items
                right: items
                match: name <-> name
                retry: {attempts: 50, backoff: 1s}
                limits: {updates: 100%}
                fields: [name <-> name, note <-> note]

            """)
    }

    private static let definition = """
        connector: desk
        description: A desk
        settings:
          url: {type: url, required: true, description: "Where."}
          user: {type: text, description: "Who."}
          password: {type: secret, description: "A password."}
          token: {type: secret, description: "A token."}
        auth: AUTH
        probe: GET /me
        message: body.error
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
              note: {type: text}
            list: {request: GET /items, page: {url: body.next}, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            create: {request: POST /items, body: record, record: body}
            update: {request: "PATCH /items/{id}", body: changes, record: body}

        """

    /// Changes a record and makes one.
    func edit(_ note: String) throws {
        try scratch.write("shop/items.csv", "id,name,note\n1,Ada,\(note)\n2,Bea \(note),new\n")
    }

    /// Keeps what is written of the connection's trouble, and has it forgotten: each run shall begin as if the server were as it should.
    func forgetTrouble(_ name: String) throws {
        guard let bytes = try Disk().readIfPresent(path + "/.lockstep/connections.json") else { return }
        try scratch.write("trouble-\(name.replacing(" ", with: "-")).json", bytes)
        try Disk().remove(path + "/.lockstep/connections.json")
    }

    /// Commands that tell of what there is.
    let looks = [
        ["status"], ["status", "--format", "json"], ["log", "copy/items"], ["log", "copy/items", "--format", "json"],
        ["items", "copy/items"], ["verify", "copy/items"], ["connections"], ["connections", "--format", "json"],
        ["why", "copy/items", "--live"], ["why", "copy/items", "left:1", "--format", "json"],
        ["explain", "connection-broken"],
        ["plan", "--format", "json"], ["run", "copy", "--verbose"], ["connections", "check", "--format", "json"],
        ["connector", "test", "desk", "items", "--yes"],
    ]

    @discardableResult
    func command(_ words: String...) -> Program.Answer { command(words) }

    @discardableResult
    func command(_ words: [String]) -> Program.Answer {
        for secret in [password, token] where way.settings.contains(secret == token ? "token" : "password") {
            secrets.insert(secret)
        }
        let places = words.first == "explain" ? [] : ["--jobs", path + "/jobs", "--state", path + "/.lockstep"]
        let variables = ["PASSWORD=\(password)", "TOKEN=\(token)"]
        let answer =
            (try? Program.run(["env"] + variables + [Program.lockstep.path] + words + places))
            ?? Program.Answer(status: -1, output: "it does not start")
        said += "$ \(words.joined(separator: " "))\n\(answer.output)(\(answer.status))\n"
        return answer
    }

    /// How a secret may be written.
    static func spellings(_ secret: String) -> [String] {
        let percent = secret.addingPercentEncoding(withAllowedCharacters: .unreserved) ?? secret
        let small = secret.utf8.map { byte -> String in
            CharacterSet.unreserved.contains(Unicode.Scalar(byte))
                ? String(Unicode.Scalar(byte)) : String(format: "%%%02x", byte)
        }.joined()
        return [
            secret, Data(secret.utf8).base64EncodedString(), percent, small,
            percent.replacingOccurrences(of: "%20", with: "+"), small.replacingOccurrences(of: "%20", with: "+"),
        ]
    }

    func expectNoSecrets() throws {
        var all = secrets.union(server.secrets)
        for password in secrets { all.insert("ann:" + password) }
        var written = ["what was said": said]
        for (name, file) in try FileTree(path).files { written[name] = String(decoding: file.bytes, as: UTF8.self) }
        #expect(written.keys.contains("told.txt") && written.keys.contains("told.json"), "\(said)")
        #expect(written.keys.contains { $0.hasPrefix("plan-") }, "\(said)")
        #expect(written.keys.contains { $0.hasSuffix("/runs.jsonl") }, "\(said)")
        for (name, text) in written where name != ".lockstep/tokens/desk.json" {
            for secret in all {
                for spelling in Self.spellings(secret) where text.contains(spelling) {
                    let place = text.components(separatedBy: "\n").first { $0.contains(spelling) } ?? ""
                    Issue.record("\(way.name): '\(spelling)' stands in \(name): \(place.prefix(600))")
                }
            }
        }
        // The server was really given them, and said them back.
        #expect(
            all.contains { secret in
                server.heard.contains { text in Self.spellings(secret).contains { text.contains($0) } }
            })
    }
}

extension CharacterSet {
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
