import Foundation
import TestServers
import Testing

@testable import lockstep

/// Files between imitations of systems that no test can reach.
@Suite("Attachments of Jira and ServiceNow")
struct VendorAttachmentTests {
    private static func job(_ left: (String, String), _ right: (String, String), _ fields: String) -> String {
        """
        job: files
        left: left
        right: right
        syncs:
          issues:
            left: \(left.0)
            right: \(right.0)
            creates: none
            match: \(left.1) <-> \(right.1)
            fields:
              - \(left.1) <-> \(right.1)
          attachments:
            left: attachments
            right: attachments
            fields:
        \(fields.split(separator: "\n").map { "      - \($0)" }.joined(separator: "\n"))

        """
    }

    @Test(
        "Redmine and an imitation of Jira Data Center, both ways",
        .enabled(
            if: ServerKind.redmine.isThere && ServerKind.jira820.isThere,
            "redmine or jira820 is not installed: Tests/Servers/install"))
    func dataCenter() async throws {
        let scratch = try await ScratchCollection.make(of: .redmine)
        let jira = try await RunningServer.start(.jira820)
        let redmine = RedmineFiles(scratch: scratch)
        let folder = try SystemFolder(
            scratch.server.connection(
                "left", "redmine", "api_key: \"${SECRET}\", concurrent: 1, project: \(scratch.name)")
                + jira.connection("right", "jira-datacenter", "user: admin, password: x, project: SYNC"),
            secret: "0123456789abcdef0123456789abcdef01234567")
        try folder.write(
            "jobs/files.yaml",
            Self.job(
                ("issues", "subject"), ("issues", "summary"),
                "issue_id <-> issue_id: {link: issues}\nfilename <-> filename\ncontent <-> content"))
        let issue = try await redmine.desk.made("One")
        let made = try await jira.ask(
            "POST", "/issue",
            body: #"{"fields": {"project": {"key": "SYNC"}, "issuetype": {"name": "Task"}, "summary": "One"}}"#)
        let key = try #require(made.text("key"))
        let long = Data((0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) })
        try await redmine.attach(long, "lang, ü.bin", to: issue)
        try await redmine.attach(Data(), "empty", to: issue)
        let first = await folder.run("run", "files")
        #expect(first.output.contains("files/attachments: 2 created on the right"), "\(first.output)")
        let there = try await jira.ask("GET", "/issue/\(key)?fields=attachment")
        let files = (there.value("fields", "attachment") as? [[String: Any]]) ?? []
        #expect(files.compactMap { $0["filename"] as? String }.sorted() == ["empty", "lang, ü.bin"])
        #expect(files.compactMap { $0["size"] as? Int }.sorted() == [0, 2_000_000])

        // One of Jira's comes over, and nothing comes back.
        let boundary = "b"
        _ = try await jira.ask(
            "POST", "/issue/\(key)/attachments",
            headers: [("Content-Type", "multipart/form-data; boundary=\(boundary)")],
            body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"theirs.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\ntheirs\r\n--b--\r\n")
        let second = await folder.run("run", "files", "--now", "--force")
        #expect(second.output.contains("files/attachments: 1 created on the left"), "\(second.output)")
        let held = try await redmine.files(of: issue)
        #expect(held == ["lang, ü.bin": long, "empty": Data(), "theirs.txt": Data("theirs".utf8)])
        let third = await folder.run("run", "files", "--now", "--force")
        #expect(third.output == "", "\(third.output)")
        try await jira.stop()
    }

    @Test(
        "Jira Cloud and ServiceNow, as their documentation tells, both ways",
        .enabled(if: VendorSystem.areThere, "the mocks are not installed, or LOCKSTEP_VENDORS has no descriptions"))
    func vendors() async throws {
        let jira = try await VendorMock.start(.jiraCloud)
        let servicenow = try await VendorMock.start(.servicenow)
        let folder = try SystemFolder(
            "  left: {type: jira, url: \"\(jira.baseURL)\", user: a@example.com, api_token: \"${SECRET}\", project: SYNC}\n"
                + "  right: {type: servicenow, url: \"\(servicenow.baseURL)\", user: u, password: \"${SECRET}\"}\n",
            secret: "key")
        try folder.write(
            "jobs/files.yaml",
            Self.job(
                ("issues", "summary"), ("incident", "short_description"),
                "issue_id <-> incident: {link: issues}\nfilename <-> file_name\ncontent <-> content\nmimeType <-> content_type"
            ))
        let made = try await Curl.ask(
            "POST", jira.baseURL + "/rest/api/3/issue", headers: jira.system.headers,
            body: #"{"fields": {"project": {"key": "SYNC"}, "issuetype": {"name": "Task"}, "summary": "One"}}"#)
        let issue = try #require(made.text("id"))
        let incident = try #require(
            try await Curl.ask(
                "POST", servicenow.baseURL + "/api/now/table/incident", headers: servicenow.system.headers,
                body: #"{"short_description": "One"}"#
            ).text("result", "sys_id"))
        let files = "\(servicenow.baseURL)/api/now/attachment"
        _ = try await Curl.ask(
            "POST", "\(files)/file?table_name=incident&table_sys_id=\(incident)&file_name=a%20%22b%22%20%C3%BC.txt",
            headers: servicenow.system.headers + [("Content-Type", "text/plain")], body: "from ServiceNow")
        _ = try await Curl.ask(
            "POST", "\(jira.baseURL)/rest/api/3/issue/\(issue)/attachments",
            headers: jira.system.headers + [
                ("Content-Type", "multipart/form-data; boundary=b"), ("X-Atlassian-Token", "no-check"),
            ],
            body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"c.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nfrom Jira\r\n--b--\r\n")

        let first = await folder.run("run", "files")
        #expect(
            first.output.contains("files/attachments: 1 created on the left; 1 created on the right"),
            "\(first.output)")
        let there = try await Curl.ask("GET", files, headers: servicenow.system.headers).objects("result")
        #expect(there.compactMap { $0["file_name"] as? String }.sorted() == ["a \"b\" ü.txt", "c.txt"])
        let here = try await Curl.ask(
            "GET", "\(jira.baseURL)/rest/api/3/issue/\(issue)?fields=attachment", headers: jira.system.headers)
        let names = ((here.value("fields", "attachment") as? [[String: Any]]) ?? []).map { "\($0["filename"] ?? "")" }
        #expect(names.sorted() == ["a \"b\" ü.txt", "c.txt"])
        for (url, id) in there.compactMap({ $0["sys_id"] as? String }).map({ ("\(files)/\($0)/file", $0) }) {
            let body = try await Curl.ask("GET", url, headers: servicenow.system.headers).body
            #expect(["from ServiceNow", "from Jira"].contains(body), "\(id)")
        }

        // Nothing comes back. What ServiceNow tells the digests of is not fetched, and what was seen is not fetched again.
        let asked = try await servicenow.asked()
        _ = await folder.run("run", "files", "--now", "--force")
        let last = await folder.run("run", "files", "--now", "--force")
        #expect(last.output == "", "\(last.output)")
        #expect(try await servicenow.asked() > asked)
        #expect(try jira.violations() == [])
        #expect(try servicenow.violations() == [])
        try await jira.stop()
        try await servicenow.stop()
    }
}
