import Foundation

/// A system that no test can reach: its name in `Tests/Servers/mocks/systems`.
package enum VendorSystem: String, CaseIterable, Sendable {
    case jiraCloud = "jira-cloud"
    case servicenow, github, gitlab, zendesk, halopsa, connectwise, autotask, hubspot, syncro, msgraph, salesforce,
        airtable, notion
    case asana, trello, linear

    /// Whether the mocks are installed, and the vendors' descriptions lie where they are looked for, which CI has no copy of.
    package static var areThere: Bool { folder != nil && ServerKind.vendormock.isThere }

    /// `LOCKSTEP_VENDORS`, or what lies beside the checkout.
    static let folder: String? = {
        let beside = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/vendors")
        let folder = ProcessInfo.processInfo.environment["LOCKSTEP_VENDORS"] ?? beside.standardizedFileURL.path
        return FileManager.default.fileExists(atPath: folder + "/mock.py") ? folder : nil
    }()

    /// What stands between the mock's port and the paths that the vendor's documentation tells.
    package var path: String {
        switch self {
        case .gitlab: "/api/v4"
        case .halopsa: "/api"
        case .connectwise: "/v4_6_release/apis/3.0"
        case .autotask: "/ATServicesRest"
        case .syncro: "/api/v1"
        case .msgraph: "/v1.0"
        case .asana: "/api/1.0"
        case .trello: "/1"
        default: ""
        }
    }

    /// What goes with each request of one who has the key, which is `key` everywhere.
    package var headers: [(name: String, value: String)] {
        switch self {
        case .autotask: [("ApiIntegrationCode", "code"), ("UserName", "user"), ("Secret", "key")]
        case .connectwise: Credentials.basic(user: "company+public", password: "key").headers + [("clientId", "client")]
        case .jiraCloud: Credentials.basic(user: "a@example.com", password: "key").headers
        case .zendesk: Credentials.basic(user: "a@example.com/token", password: "key").headers
        case .notion: Credentials.bearer("key").headers + [("Notion-Version", "2025-09-03")]
        case .trello: [("Authorization", #"OAuth oauth_consumer_key="app", oauth_token="key""#)]
        case .syncro, .linear: [("Authorization", "key")]
        default: Credentials.bearer("key").headers
        }
    }
}

/// A mock of a vendor's system, whose requests are held against the vendor's description.
package final class VendorMock: Sendable {
    package let system: VendorSystem
    package let server: RunningServer

    package static func start(_ system: VendorSystem) async throws -> VendorMock {
        guard let folder = VendorSystem.folder else { throw ServerFailure("the vendors' descriptions are not there") }
        let settings = ["SYSTEM": system.rawValue, "LOCKSTEP_VENDORS": folder]
        return VendorMock(system, try await .start(.vendormock, settings: settings))
    }

    private init(_ system: VendorSystem, _ server: RunningServer) {
        self.system = system
        self.server = server
    }

    package var baseURL: String { server.baseURL + system.path }

    /// Each request that the description refuses, with its reasons. A test of a definition expects none.
    package func violations() throws -> [String] {
        try String(contentsOfFile: server.folder + "/violations", encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    /// What befalls the next requests.
    package enum Fault: String, Sendable {
        case rateLimit = "rate limit"
        case maintenance
        case denyWrite = "deny write"
        /// Keys and access tokens end; refresh tokens hold.
        case expireToken = "expire token"
        case revokeToken = "revoke token"
        case restoreKey = "restore key"
        /// Page and change tokens end.
        case expireCursor = "expire cursor"
        case none
    }

    /// - Parameter times: how many requests it befalls; nil: all.
    package func fail(_ fault: Fault, times: Int? = 1) async throws {
        let body = #"{"fail": "\#(fault.rawValue)", "times": \#(times.map(String.init) ?? "null")}"#
        let answer = try await Curl.ask("POST", server.baseURL + "/__control", body: body)
        guard answer.status == 200 else { throw ServerFailure(answer.body) }
    }

    /// How many requests came.
    package func asked() async throws -> Int {
        Int(try await Curl.ask("GET", server.baseURL + "/__control").text("asked") ?? "") ?? -1
    }

    package func stop() async throws { try await server.stop() }
}
