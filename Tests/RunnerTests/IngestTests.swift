import Diagnostics
import FileIO
import JobFiles
import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

/// A jobs folder with a shipped system on the left, and what comes to it.
private struct EventDesk {
    let folder: ScratchFolder
    let workspace: Workspace
    var world: World

    /// - Parameters:
    ///   - settings: those of the connection beside its type.
    ///   - variables: those of the environment.
    init(
        _ connector: String, _ settings: String, collection: String = "issues", field: String = "id",
        variables: [String: String] = [:],
        connectors: [String: String] = [:]
    ) throws {
        folder = try ScratchFolder()
        for (name, text) in connectors {
            try Disk().makeFolder(folder.path + "/jobs/connectors")
            try folder.write("jobs/connectors/\(name).yaml", text)
        }
        try Disk().makeFolder(folder.path + "/jobs")
        try folder.write(
            "jobs/connections.yaml",
            "connections:\n  desk: {type: \(connector), \(settings)}\n  shop: {type: csv, path: '\(folder.path)'}\n")
        try folder.write(
            "jobs/crm.yaml",
            """
            job: crm
            left: desk
            right: shop
            syncs:
              things: {left: \(collection), right: things, direction: left-to-right, match: \(field) <-> \(field), fields: [\(field) -> \(field)]}
            """)
        world = World(
            now: { Timestamp("2026-11-21T10:00:00Z") ?? .earliest }, environment: { variables[$0] },
            holder: { "a test" })
        world.random = { 0.5 }
        workspace = try Workspace.load(jobs: folder.path + "/jobs", state: folder.path + "/state", world: world)
        let errors = workspace.checked.diagnostics.filter { $0.severity == .error }.map(\.message)
        guard errors.isEmpty else { throw Breach("\(errors)") }
    }

    /// What becomes of an event, in short: `2 new`, `2 known`, `nothing`, or the sentence that says why it is refused.
    func take(_ body: String, _ headers: [String: String], on side: Side = .left) throws -> String {
        do {
            let ingest = try Ingest(SyncName(job: "crm", sync: "things"), side, of: workspace, world: world)
            let report = try ingest(Array(body.utf8), headers: headers.map { (name: $0.key, value: $0.value) })
            return report.count == 0 ? "nothing" : "\(report.count) \(report.isNew ? "new" : "known")"
        } catch {
            return error.sentence
        }
    }

    func inbox() throws -> Inbox {
        try StateFolder(folder.path + "/state", disk: Disk()).sync(SyncName(job: "crm", sync: "things")).inbox()
    }

    var ids: [String] { ((try? inbox())?.ids.left ?? []).map(\.key) }
}

@Suite("Taking events in")
struct IngestTests {
    private static let github = "owner: acme, repository: desk, token: '${TOKEN}', webhook_secret: '${HOOK}'"
    /// GitHub's own example of a signature.
    private static let githubSecret = "It's a Secret to Everybody"
    private static let example = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    private func receiver(secret: String? = githubSecret) throws -> EventDesk {
        try EventDesk("github", Self.github, field: "number", variables: secret.map { ["HOOK": $0] } ?? [:])
    }

    private static let foreign =
        "the event is not the system's own, or was changed on its way: the hash in X-Hub-Signature-256 is not that of what came"

    @Test("GitHub's example of a signature is right, and that of any other body or secret is wrong")
    func githubExample() throws {
        let receiver = try receiver()
        #expect(try receiver.take("Hello, World!", ["x-hub-signature-256": Self.example]) == "the event is no JSON")
        #expect(try receiver.take("Hello, World?", ["X-Hub-Signature-256": Self.example]) == Self.foreign)
        let other = try self.receiver(secret: "It's a secret to everybody")
        #expect(try other.take("Hello, World!", ["X-Hub-Signature-256": Self.example]) == Self.foreign)
        #expect(receiver.ids == [])
    }

    @Test("a signature that is missing, cut, longer or of another kind is wrong, and told without the right one")
    func wrongSignatures() throws {
        let receiver = try receiver()
        let missing =
            "the event has no header X-Hub-Signature-256 that begins with 'sha256='. Give the headers that came with it: --header 'X-Hub-Signature-256: …'"
        #expect(try receiver.take("Hello, World!", [:]) == missing)
        #expect(try receiver.take("Hello, World!", ["X-Hub-Signature-256": "sha1=757107"]) == missing)
        for proof in [
            "sha256=", String(Self.example.dropLast()), Self.example + "0", "sha256=zz", Self.example + "\n=é",
        ] {
            #expect(try receiver.take("Hello, World!", ["X-Hub-Signature-256": proof]) == Self.foreign)
        }
        #expect(
            try receiver.take(
                "Hello, World!", ["X-Hub-Signature-256": "sha256=" + Self.example.dropFirst(7).uppercased()])
                == "the event is no JSON")
    }

    @Test("an event of the repository has its issue kept, once for each delivery; others are about nothing")
    func githubIssue() throws {
        let receiver = try receiver(secret: "s")
        func headers(_ code: String) -> [String: String] {
            ["X-Hub-Signature-256": "sha256=" + code, "X-GitHub-Delivery": "72d3162e"]
        }
        let body = #"{"action":"edited","issue":{"number":7},"repository":{"full_name":"Acme/desk"}}"#
        let code = "73799475b8c6ae10fd6034603ed2bcb096e8714b00dba88869ab6ee7f0d6166c"
        #expect(try receiver.take(body, headers(code)) == "1 new")
        #expect(try receiver.take(body, headers(code)) == "1 known")
        #expect(receiver.ids == ["7"])
        let other = #"{"action":"edited","issue":{"number":8},"repository":{"full_name":"acme/other"}}"#
        #expect(
            try receiver.take(other, headers("c10bf7a59ad0c7f8151355603535754856486a0bb4088fddc34c0906e32c4f7c"))
                == "nothing")
        #expect(
            try receiver.take(
                #"{"zen":"Keep it simple.","hook_id":1}"#,
                headers("1da32da4f21ce9fa465aca23f53959f0b4f5169800db71d002c43ad3a13ae80d")) == "nothing")
        #expect(receiver.ids == ["7"])
    }

    @Test("the receiver needs no secret but that of the webhook; without that nothing is taken")
    func secrets() throws {
        let receiver = try receiver(secret: nil)
        #expect(try receiver.take("{}", [:]) == "the environment variable HOOK is not set")
        let none = try EventDesk("github", "owner: acme, repository: desk, token: '${TOKEN}'", field: "number")
        #expect(
            try none.take("{}", [:])
                == "the connection 'desk' has no secret to check events with: settings.webhook_secret has no value")
        let unset = try EventDesk(
            "github", "owner: '${OWNER}', repository: desk, token: t, webhook_secret: s", field: "number")
        #expect(try unset.take("{}", [:]) == "the environment variable OWNER is not set")
    }

    @Test(
        "a token that is shown as it is", arguments: [("t0ken", true), ("t0ke", false), ("t0ken2", false), ("", false)])
    func gitlab(token: String, isTaken: Bool) throws {
        let receiver = try EventDesk("gitlab", "project: group/desk, token: t, webhook_secret: t0ken", field: "iid")
        let body =
            #"{"object_kind":"issue","project":{"id":3,"path_with_namespace":"group/desk"},"object_attributes":{"iid":5}}"#
        let told = try receiver.take(body, ["X-Gitlab-Token": token])
        #expect(
            told == (isTaken ? "1 new" : "the event is not the system's own: X-Gitlab-Token does not have the secret"))
        #expect(receiver.ids == (isTaken ? ["5"] : []))
    }

    @Test("an id of two parts") func gitlabNote() throws {
        let receiver = try EventDesk("gitlab", "project: '3', token: t, webhook_secret: t0ken", collection: "notes")
        let body =
            #"{"object_kind":"note","project":{"id":3,"path_with_namespace":"group/desk"},"issue":{"iid":5},"#
            + #""object_attributes":{"id":9,"noteable_type":"Issue"}}"#
        #expect(try receiver.take(body, ["X-Gitlab-Token": "t0ken"]) == "1 new")
        #expect(receiver.ids == [#"["5","9"]"#])
    }

    @Test("a hash of method, address, body and time; what is too old is refused")
    func hubspot() throws {
        var receiver = try EventDesk(
            "hubspot", "token: t, webhook_secret: app, webhook_url: 'https://hooks.example/hubspot'",
            collection: "contacts")
        let body =
            #"[{"eventId":1,"subscriptionType":"contact.propertyChange","objectId":11},{"subscriptionType":"contact.deletion","objectId":12},{"subscriptionType":"company.creation","objectId":13},{"subscriptionType":"contact.propertyChange","objectId":11}]"#
        let headers = [
            "X-HubSpot-Signature-v3": "cKfI28p2Mz1uARbGGBodoIUm2wttiN+7vM7ARUoHqFA=",
            "X-HubSpot-Request-Timestamp": "1795255190000",
        ]
        #expect(try receiver.take(body, headers) == "2 new")
        #expect(receiver.ids == ["11", "12"])
        receiver.world.now = { Timestamp("2026-11-21T10:05:00Z") ?? .earliest }
        #expect(
            try receiver.take(body, headers)
                == "the event was sent at 2026-11-21T09:59:50Z, and it is 2026-11-21T10:05:00Z: more than 300 s lie between them"
        )
        let other = headers.merging(["X-HubSpot-Request-Timestamp": "1795255500000"]) { $1 }
        #expect(try receiver.take(body, other).hasPrefix("the event is not the system's own"))
        #expect(
            try receiver.take(body, ["X-HubSpot-Signature-v3": "cKfI28p2Mz1uARbGGBodoIUm2wttiN+7vM7ARUoHqFA="])
                .contains("a header is missing"))
    }

    @Test("SHA-1 and Base64, of the body and the address")
    func trello() throws {
        let receiver = try EventDesk(
            "trello", "board: b1, key: k, token: t, webhook_secret: s3, webhook_url: 'https://hooks.example/trello'",
            collection: "cards")
        let body = #"{"model":{"id":"b1"},"action":{"id":"a1","type":"updateCard","data":{"card":{"id":"c1"}}}}"#
        #expect(try receiver.take(body, ["X-Trello-Webhook": "Iqbsyp7fIbDDta6u1WzEOCmY7DE="]) == "1 new")
        #expect(try receiver.take(body, ["X-Trello-Webhook": "Iqbsyp7fIbDDta6u1WzEOCmY7DE="]) == "1 known")
        #expect(receiver.ids == ["c1"])
    }

    @Test("systems that say nothing of events, and files, take none")
    func noEvents() throws {
        let receiver = try receiver()
        #expect(
            try receiver.take("{}", [:], on: .right)
                == "the connector 'csv' does not say what an event is about that concerns 'things': it has no 'webhook' there"
        )
        let users = try EventDesk("github", Self.github, collection: "users", field: "login", variables: ["HOOK": "s"])
        #expect(try users.take("{}", [:]).hasPrefix("the connector 'github' does not say what an event is about"))
        #expect(throws: IngestFailure.self) {
            try Ingest(SyncName(job: "crm", sync: "other"), .left, of: receiver.workspace, world: receiver.world)
        }
    }

    @Test("an event of more than 10 MiB is refused, and one of a megabyte is none too many")
    func large() throws {
        let receiver = try EventDesk("gitlab", "project: '3', token: t, webhook_secret: t0ken", field: "iid")
        let filler = String(repeating: "x", count: 1 << 20)
        let body = #"{"object_kind":"issue","project":{"id":3},"object_attributes":{"iid":5},"x":"\#(filler)"}"#
        #expect(try receiver.take(body, ["X-Gitlab-Token": "t0ken"]) == "1 new")
        #expect(
            try receiver.take(String(repeating: " ", count: Ingest.mostBytes + 1), ["X-Gitlab-Token": "t0ken"])
                == "the event has more than 10 MiB")
        let file = try #require(try Disk().list(receiver.folder.path + "/state/crm/things/inbox").first)
        let kept = try receiver.folder.text("state/crm/things/inbox/" + file)
        #expect(!kept.contains("xxx"))
        #expect(!kept.contains("t0ken"))
    }

    @Test("an event is taken while a run is at work")
    func meanwhile() throws {
        let receiver = try EventDesk("gitlab", "project: '3', token: t, webhook_secret: t0ken", field: "iid")
        let folder = StateFolder(receiver.folder.path + "/state", disk: Disk()).sync(
            SyncName(job: "crm", sync: "things"))
        let claim = try folder.claim(holder: "a run")
        let body = #"{"object_kind":"issue","project":{"id":3},"object_attributes":{"iid":5}}"#
        #expect(try receiver.take(body, ["X-Gitlab-Token": "t0ken"]) == "1 new")
        withExtendedLifetime(claim) {}
    }

    @Test("a state that cannot be written to is told of")
    func fullDisk() throws {
        var receiver = try EventDesk("gitlab", "project: '3', token: t, webhook_secret: t0ken", field: "iid")
        receiver.world.disk = Disk { operation throws(FileFailure) in
            if operation.kind == .makeFolder { throw FileFailure(operation.kind, operation.path, 28) }
        }
        let body = #"{"object_kind":"issue","project":{"id":3},"object_attributes":{"iid":5}}"#
        #expect(try receiver.take(body, ["X-Gitlab-Token": "t0ken"]).contains("no space left"))
        #expect(try receiver.inbox().isEmpty)
    }
}
