import FileIO
import TestKit
import Testing

@testable import Runner

/// Tests that are recorded of records whose ids, or those of records that they name, have several parts.
struct PartedIDTests {
    private static let companies =
        #"{"region":"EU","number":7,"name":"Acme"}"# + "\n" + #"{"region":"US","number":7,"name":"Bolt"}"# + "\n"

    /// People of companies that are known by region and number, on one side or on both.
    private static func story(rightID: String = "new_id: 'O-{n}'", orgs: String = "") throws -> RecordedStory {
        let story = try RecordedStory("fields: [name <-> title]", people: "")
        try story.folder.write(
            "jobs/crm.yaml",
            """
            job: crm
            left: desk
            right: shop
            syncs:
              companies:
                left: {collection: companies, id: [region, number]}
                right: {collection: orgs, \(rightID)}
                match: name <-> title
                creates: right
                fields: [name <-> title]
              people:
                left: people
                right: {collection: contacts, new_id: 'C-{n}'}
                fields:
                  - name <-> title
                  - company <-> org: {link: companies}
            """)
        try story.folder.write("left/companies.jsonl", companies)
        try story.folder.write("right/orgs.jsonl", orgs)
        try story.folder.write(
            "left/people.jsonl",
            #"{"id":1,"name":"Ada","company":["EU",7]}"# + "\n" + #"{"id":2,"name":"Max","company":null}"# + "\n")
        return story
    }

    @Test("a link whose left id has several parts stands in a list, and the test passes", arguments: [false, true])
    func leftParts(masked: Bool) async throws {
        let story = try Self.story()
        try await story.run()
        let recorded = try await story.record("left:1", masked: masked)
        #expect(recorded.refusal == nil)
        #expect(recorded.notes == [])
        #expect(
            recorded.text.contains("    links: {companies: [{left: [EU, \"7\"], right: O-1}]}\n"), "\(recorded.text)")
        #expect(try await story.play().failures == [])
    }

    @Test("what is made of a record that names such a company follows from the link")
    func made() async throws {
        let story = try Self.story()
        try await story.run()
        let people = try story.folder.text("left/people.jsonl")
        try story.folder.write("left/people.jsonl", people + #"{"id":3,"name":"Eve","company":["US",7]}"# + "\n")
        let recorded = try await story.record("left:3")
        #expect(recorded.name == "people 3 is made on the right")
        #expect(recorded.text.contains(#"links: {companies: [{left: [US, "7"], right: O-2}]}"#), "\(recorded.text)")
        #expect(recorded.text.contains("org: O-2"))
        #expect(try await story.play().failures == [])
        // Without the link the record would wait for its company.
        try story.edit("jobs/crm.test.yaml", #"left: [US, "7"]"#, "left: [US, 8]")
        #expect(try await story.play().failures != [])
    }

    @Test("so does one whose right id has several parts")
    func rightParts() async throws {
        let orgs = #"{"country":"DE","code":"x-1","title":"Acme"}"# + "\n"
        let story = try Self.story(rightID: "id: [country, code]", orgs: orgs)
        try story.edit("jobs/crm.yaml", "    creates: right\n", "    creates: none\n")
        try await story.run()
        let recorded = try await story.record("left:1")
        #expect(
            recorded.text.contains(#"links: {companies: [{left: [EU, "7"], right: [DE, x-1]}]}"#), "\(recorded.text)")
        #expect(try await story.play().failures == [])
    }

    @Test("a record that names none has no links")
    func noLink() async throws {
        let story = try Self.story()
        try await story.run()
        #expect(try await !story.record("left:2").text.contains("links"))
        #expect(try await story.play().failures == [])
    }
}
