import Foundation
import TestServers
import Testing

@Suite(
    "Mocks of vendors' systems",
    .enabled(if: VendorSystem.areThere, "the mocks are not installed, or LOCKSTEP_VENDORS has no descriptions"))
struct VendorMockTests {
    /// A path of each system that answers 200 to a GET without parameters.
    private static let paths: [VendorSystem: String] = [
        .jiraCloud: "/rest/api/3/myself", .servicenow: "/api/now/table/incident", .github: "/repos/acme/api/issues",
        .gitlab: "/projects/1/issues", .zendesk: "/api/v2/tickets", .halopsa: "/Tickets",
        .connectwise: "/service/tickets",
        .autotask: "/V1.0/Tickets/entityInformation/fields", .hubspot: "/crm/v3/objects/tickets", .syncro: "/tickets",
        .msgraph: "/users", .salesforce: "/services/data/v60.0/limits", .airtable: "/v0/app1/Tasks",
        .notion: "/v1/users/me",
        .asana: "/tasks?project=1", .trello: "/boards/b/cards",
    ]

    @Test("each pages, finds changes, makes, changes, comments on and deletes, as the vendor's documentation tells")
    func exercise() async throws {
        let script = #filePath.replacing("ServersTests/VendorMockTests.swift", with: "Servers/vendormock.sh")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: script)
        process.arguments = ["exercise"]
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && said == "17 systems\n", "\(said)")
    }

    @Test("a key is asked for, and what the description refuses is written down", arguments: paths.map { ($0, $1) })
    func refuses(_ system: VendorSystem, _ path: String) async throws {
        let mock = try await VendorMock.start(system)
        let answer = try await Curl.ask("GET", mock.baseURL + path, headers: system.headers)
        #expect(answer.status == 200, "\(answer.body)")
        #expect(try mock.violations() == [])
        #expect(try await Curl.ask("GET", mock.baseURL + path).status == 401)
        let strange = path + (path.contains("?") ? "&" : "?") + "strange=1"
        #expect(try await Curl.ask("GET", mock.baseURL + strange, headers: system.headers).status == 400)
        #expect(try mock.violations().count == 1)
        try await mock.stop()
    }

    @Test("a limit, an ended key and a pause for maintenance befall as many requests as is told")
    func faults() async throws {
        let mock = try await VendorMock.start(.gitlab)
        func status() async throws -> Int {
            try await Curl.ask("GET", mock.baseURL + "/projects/1/issues", headers: mock.system.headers).status
        }
        try await mock.fail(.rateLimit, times: 2)
        #expect(try await [status(), status(), status()] == [429, 429, 200])
        try await mock.fail(.maintenance)
        #expect(try await [status(), status()] == [503, 200])
        try await mock.fail(.expireToken)
        #expect(try await status() == 401)
        try await mock.fail(.restoreKey)
        #expect(try await status() == 200)
        #expect(try await mock.asked() == 7)
        try await mock.stop()
    }

    @Test("a token is refreshed once with each refresh token")
    func tokens() async throws {
        let mock = try await VendorMock.start(.salesforce)
        func refresh(_ token: String) async throws -> CurlAnswer {
            try await Curl.ask(
                "POST", mock.baseURL + "/services/oauth2/token",
                headers: [("Content-Type", "application/x-www-form-urlencoded")],
                body: "grant_type=refresh_token&refresh_token=\(token)")
        }
        let first = try await refresh("refresh")
        #expect(first.text("access_token") == "key1")
        #expect(try await refresh("refresh").status == 400)
        #expect(try await refresh(first.text("refresh_token") ?? "").text("access_token") == "key2")
        try await mock.fail(.revokeToken)
        #expect(try await refresh("refresh2").status == 400)
        try await mock.stop()
    }
}
