import Diagnostics
import HTTP
import JobFiles
import Model
import REST
import Synchronization
import TestKit
import Testing
import Values

/// An endpoint over a system in memory.
struct Rig: Sendable {
    let system: FakeSystem
    let endpoint: SystemEndpoint
    let time: Time

    /// - Parameters:
    ///   - definition: what stands below the head of the definition: its collections, and what else it has.
    ///   - auth: how it lets in; it has the settings `url`, `user`, `token`, `password` and `project`.
    init(
        _ definition: String, auth: String = "{bearer: settings.token}", collection: String = "items",
        settings: [String: ResolvedSettings.Content] = [:], tokens: TokenFile = TokenFile(),
        calls: CallCount = CallCount(), files: FileDepot = FileDepot(), digests: FileMemory = FileMemory(),
        time: Time = Time(), _ script: @escaping @Sendable (Asked) async -> Reply
    ) throws {
        let made = try Self.definition(definition, auth: auth)
        let known = ResolvedSettings(Self.settings.merging(settings) { $1 })
        let system = FakeSystem(script)
        let access = SystemAccess(
            made, system.transport, time.clock, settings: known, tokens: tokens, calls: calls, files: files,
            digests: digests)
        self.system = system
        self.time = time
        endpoint = try SystemEndpoint(access, collection: collection, settings: known)
    }

    static let settings: [String: ResolvedSettings.Content] = [
        "url": .text("https://desk.example"), "token": .secret(Secret("s3cr3t-token")), "user": .text("ann"),
        "password": .secret(Secret("pass-w0rd")),
    ]

    /// What nobody may ever see.
    static let secrets = ["s3cr3t-token", "pass-w0rd", "YW5uOnBhc3MtdzByZA=="]

    static func definition(_ text: String, auth: String) throws -> SystemDefinition {
        let head = """
            connector: desk
            description: A desk
            settings:
              url: {type: url, required: true, description: "Where."}
              user: {type: text, description: "Who."}
              token: {type: secret, description: "A token."}
              password: {type: secret, description: "A password."}
              project: {type: text, description: "Only those of this project."}
            auth: \(auth)
            probe: GET /me

            """
        let file = DefinitionFile(
            SourceText(name: "connectors/desk.yaml", bytes: Array((head + text).utf8)),
            in: Surroundings(connectors: []))
        let words = file.diagnostics.filter { $0.severity == .error }.map { "\($0.message)" }
        return try #require(file.definition, "\(words)")
    }

    func ids() async throws -> [String] { try await ReadCollection(endpoint).ids }

    /// The records as they are read, with names in the place of ids.
    func records() async throws -> [Object] {
        let snapshot = try await endpoint.read(.none, .whole)
        return try snapshot.kept.indices.map { try snapshot.decode($0) }
    }

    func changes(since cursor: Cursor, and ids: [RecordID] = []) async throws -> Snapshot {
        try await endpoint.read(.none, .changes(since: cursor, and: ids))
    }

    func outcome(_ request: WriteRequest) async throws -> WriteOutcome { try await endpoint.outcomes([request])[0] }

    /// What a reading fails with.
    func failure() async -> EndpointFailure? {
        do throws(EndpointFailure) {
            _ = try await endpoint.read(.none, .whole)
            return nil
        } catch {
            return error
        }
    }

    /// What a write fails with, where it is the connection that fails.
    func failure(of request: WriteRequest) async -> EndpointFailure? {
        do throws(EndpointFailure) {
            _ = try await endpoint.write(WriteBatch([request])) { _, _ in }
            return nil
        } catch {
            return error
        }
    }
}

/// Time as a test has it: it passes only where somebody waits.
final class Time: Sendable {
    private let now: Mutex<Timestamp>

    init(_ text: String = "2026-03-01T12:00:00Z") { now = Mutex(Timestamp(text) ?? .earliest) }

    var clock: SystemClock {
        SystemClock(
            now: { self.now.withLock { $0 } },
            wait: { duration in
                self.pass(duration)
                return true
            })
    }

    func pass(_ duration: Duration) { now.withLock { $0 = $0.adding(duration) ?? $0 } }
}

extension KnownRecords {
    static let none = KnownRecords(links: LinkTable(), side: .left)
}

extension Snapshot {
    var ids: [String] { kept.indices.map { id($0).key } }
}

/// Text of JSON, of records with an id each.
func items(_ ids: Range<Int>, _ rest: String = "") -> String {
    #"{"items": [\#(ids.map { #"{"id": \#($0), "name": "n\#($0)"}"# }.joined(separator: ", "))]\#(rest)}"#
}
