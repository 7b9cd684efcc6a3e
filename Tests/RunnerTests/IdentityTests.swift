import Model
import Runner
import TestKit
import Testing

/// Whole runs over records whose ids changed, are new, or were used before.
struct IdentityTests {
    private static func left(_ ids: some Sequence<Int>, _ more: String = "") -> String {
        ids.map { #"{"id":\#($0),"name":"n\#($0 % 1000)"\#(more)}"# + "\n" }.joined()
    }

    private func story(_ options: String, count: Int = 30) throws -> Story {
        try Story(
            """
            syncs:
              things:
                left: things
                right: things
                fields: [name <-> title]
                \(options)
            """,
            left: ["things": Self.left(1...count)],
            right: ["things": "id,title\n" + (1...count).map { "\($0),n\($0)\n" }.joined()])
    }

    @Test(
        "records whose ids all changed keep their links where a match finds them", arguments: ["ignore", "propagate"])
    func renumbered(deletes: String) async throws {
        let story = try story("match: name <-> title\n    deletes: \(deletes)")
        #expect(try await story.run() == "things nothing")
        let right = try story.text("right/things.csv")
        let renumbered = Self.left(1001...1030)
        try story.write("left/things.jsonl", renumbered)
        #expect(try await story.reports(.plan)[0].plan?.settled.linkedAnew == 30)
        #expect(try await story.run() == "things nothing")
        #expect(try story.text("right/things.csv") == right)
        #expect(try story.text("left/things.jsonl") == renumbered)
        #expect(try await story.run() == "things untouched")
        try story.edit("right/things.csv", "7,n7\n", "7,seven\n")
        #expect(try await story.run() == "things left +0 ~1 -0")
        #expect(try story.text("left/things.jsonl").contains(#"{"id":1007,"name":"seven"}"#))
    }

    @Test("a record with a new id and an edit is updated, and its link is known to syncs that name it")
    func renumberedParent() async throws {
        let story = try Story(
            """
            syncs:
              companies: {left: companies, right: companies, match: name <-> name, fields: [name <-> name, city <-> city]}
              tickets:
                left: tickets
                right: tickets
                match: subject <-> subject
                fields: [subject <-> subject, {company <-> customer: {link: companies}}]
            """,
            left: [
                "companies": #"{"id":7,"name":"Acme","city":"Bonn"}"# + "\n",
                "tickets": #"{"id":1,"subject":"Help","company":7}"# + "\n",
            ],
            right: ["companies": "id,name,city\n70,Acme,Bonn\n", "tickets": "id,subject,customer\n1,Help,70\n"])
        #expect(try await story.run() == "companies nothing; tickets nothing")
        try story.write("left/companies.jsonl", #"{"id":8,"name":"Acme","city":"Rome"}"# + "\n")
        try story.write("left/tickets.jsonl", #"{"id":1,"subject":"Help","company":8}"# + "\n")
        #expect(try await story.run() == "companies right +0 ~1 -0; tickets nothing")
        #expect(try story.text("right/companies.csv") == "id,name,city\n70,Acme,Rome\n")
        #expect(try story.text("right/tickets.csv") == "id,subject,customer\n1,Help,70\n")
        #expect(try await story.run() == "companies untouched; tickets untouched")
    }

    @Test("without a match that finds them a brake stops the run, and accepting it lifts the brake")
    func renumberedUnmatched() async throws {
        let story = try story("creates: both")
        try story.write("right/things.csv", "id,title\n")
        try await story.run()
        let before = try story.text("right/things.csv")
        try story.write("left/things.jsonl", Self.left(1001...1030))
        let told =
            "things brake: 30 links lost their record on the left, and 30 records that are new there would be made on the right: ids changed?"
        #expect(try await story.run() == told)
        #expect(try story.text("right/things.csv") == before)
        let digest = try await story.reports(.plan)[0].plan?.digest
        #expect(try await story.run(accepting: digest) == "things right +30 ~0 -0")
    }

    @Test("what names a record for a connection is looked at anew when it changes")
    func otherIDField() async throws {
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                fields: [name <-> title]
            """,
            left: ["things": (1...5).map { #"{"id":\#($0),"key":"k\#($0)","name":"n\#($0)"}"# + "\n" }.joined()],
            right: ["things": "id,title\n"])
        #expect(try await story.run() == "things right +5 ~0 -0")
        #expect(try await story.run() == "things untouched")
        try story.edit("jobs/connections.yaml", "type: jsonl,", "type: jsonl, id: key,")
        #expect(try await story.run().hasPrefix("things brake: 5 links lost their record on the left"))
    }

    @Test("the number of a record that was deleted is not used again")
    func noNumberTwice() async throws {
        let story = try story("match: name <-> title\n    deletes: propagate", count: 3)
        try await story.run()
        try story.edit("right/things.csv", "3,n3\n", "")
        #expect(try await story.run() == "things left +0 ~0 -1")
        try story.write("right/things.csv", try story.text("right/things.csv") + "9,new\n")
        #expect(try await story.run() == "things left +1 ~0 -0")
        #expect(try story.text("left/things.jsonl").hasSuffix(#"{"id":4,"name":"new"}"# + "\n"))
    }

    @Test("new ids look like those that are there")
    func likeTheOthers() async throws {
        let story = try Story(
            "syncs: {things: {left: things, right: things, match: name <-> title, fields: [name <-> title]}}",
            left: ["things": #"{"id":"0001","name":"a"}"# + "\n" + #"{"id":"0009","name":"b"}"# + "\n"],
            right: ["things": "id,title\n01,a\n02,c\n"])
        #expect(try await story.run() == "things left +1 ~0 -0, right +1 ~0 -0")
        #expect(try story.text("left/things.jsonl").hasSuffix(#"{"id":"0010","name":"c"}"# + "\n"))
        #expect(try story.text("right/things.csv") == "id,title\n01,a\n02,c\n03,b\n")
    }

    private func hosts(_ arrow: String, left: String) throws -> Story {
        try Story(
            """
            syncs:
              things:
                left: things
                right: things
                match: name <-> title
                fields: [name <-> title, \(arrow)]
            """,
            left: ["things": left], right: ["things": "id,title,room\n1,a,r1\n2,b,r2\n3,c,\n"])
    }

    private static let located =
        #"{"id":1,"name":"a","location":"r1"}"# + "\n" + #"{"id":2,"name":"b","location":"r2"}"# + "\n"
        + #"{"id":3,"name":"c"}"# + "\n"

    @Test("a field that no record has any more is no erasure: a brake stops the run, and accepting it lifts the brake")
    func lostField() async throws {
        let story = try hosts("location -> room", left: Self.located)
        #expect(try await story.run() == "things nothing")
        let before = try story.text("right/things.csv")
        try story.write("left/things.jsonl", Self.located.split(separator: "location").joined(separator: "place"))
        let told = "things brake: no record on the left has the field 'location' any more, and 2 had a value in it"
        #expect(try await story.plan() == told)
        #expect(try await story.run() == told)
        #expect(try story.text("right/things.csv") == before)
        let digest = try await story.reports(.plan)[0].plan?.digest
        #expect(try await story.run(accepting: digest) == "things right +0 ~2 -0")
    }

    @Test("a field that some records lost is cleared, as long as another has it")
    func partlyLostField() async throws {
        let located = Self.located + #"{"id":4,"name":"d","location":"r4"}"# + "\n"
        let story = try hosts("location -> room", left: located)
        try await story.run()
        let edited = located.split(separator: #","location":"r1""#).joined()
            .split(separator: #","location":"r2""#).joined()
        try story.write("left/things.jsonl", edited)
        #expect(try await story.run() == "things right +0 ~2 -0")
    }

    @Test("a field that no record has is a mistake of the job file", arguments: ["->", "<->"])
    func unknownField(arrow: String) async throws {
        let story = try hosts("locaton \(arrow) room", left: Self.located)
        #expect(try await story.run() == "things failed: left: no record has a field 'locaton' in things")
        #expect(try await story.run(accepting: "0") == "things failed: left: no record has a field 'locaton' in things")
    }

    @Test("a field named 'value' is looked for like any other")
    func value() async throws {
        let story = try hosts("value -> room", left: Self.located)
        #expect(try await story.run() == "things failed: left: no record has a field 'value' in things")
        let columns = try hosts("location <- value", left: Self.located)
        #expect(try await columns.run() == "things failed: right: no column 'value' in things")
    }

    @Test("a record written below a parent that was refused waits, and is set right when the parent is made")
    func refusedParent() async throws {
        let story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                fields: [name <-> title, {parent <-> parent: {link: things}}]
            """,
            left: ["things": #"{"id":11,"name":"x\u0000"}"# + "\n" + #"{"id":12,"name":"kid","parent":11}"# + "\n"],
            right: ["things": "id,title,parent\n"])
        #expect(try await story.run() == "things right +1 ~0 -0, held 2")
        #expect(try story.held() == ["failed 11= refused", "waiting 12=2 parent-not-linked"])
        // It is tried again when its time has come, whatever id it would get now.
        #expect(try await story.run() == "things nothing, held 2")
        #expect(try story.text("right/things.csv") == "id,title,parent\n2,kid,1\n")
        try story.edit("left/things.jsonl", #"x\u0000"#, "top")
        // The one that waits goes by links that are there, and not by one that this run may fail to make.
        #expect(try await story.run() == "things right +1 ~0 -0, held 1")
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == "id,title,parent\n2,kid,4\n4,top,\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("a record that would get a new number in each run is tried as often as any other, then parked")
    func refusedUnderEachNumber() async throws {
        var story = try Story(
            """
            syncs:
              things:
                left: things
                right: things
                retry: {attempts: 2, backoff: 5m}
                fields: [name <-> title]
            """,
            left: ["things": #"{"id":11,"name":"x\u0000"}"# + "\n"], right: ["things": "id,title\n"])
        #expect(try await story.run() == "things right +1 ~0 -0, held 1")
        #expect(try story.held() == ["failed 11= refused"])
        story.clock = "2026-11-21T10:01:00Z"
        #expect(try await story.run() == "things nothing, held 1")
        story.clock = "2026-11-21T10:06:00Z"
        #expect(try await story.run() == "things right +1 ~0 -0, held 1")
        #expect(try story.held() == ["parked 11= refused"])
        story.clock = "2026-11-22T10:00:00Z"
        #expect(try await story.run() == "things nothing, held 1")
    }
}
