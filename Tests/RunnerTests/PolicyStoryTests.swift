import Diagnostics
import FileIO
import Model
import Runner
import TestKit
import Testing

/// Whole runs of what job files say about records that are deleted, or leave the scope.
struct PolicyStoryTests {
    private static func thing(_ id: Int, _ name: String, queue: String = "ours") -> String {
        #"{"id":\#(id),"name":"\#(name)","queue":"\#(queue)"}"# + "\n"
    }

    private func story(_ policies: String, count: Int = 3, filter: String = "queue == 'ours'") async throws -> Story {
        let story = try Story(
            """
            syncs:
              things:
                left: {collection: things, filter: "\(filter)"}
                right: things
                fields:
                  - name <-> title

            """ + policies.split(separator: "\n").map { "    \($0)\n" }.joined(),
            left: ["things": (1...count).map { Self.thing($0, "n\($0)") }.joined()],
            right: ["things": "id,title,state,memo\n"])
        #expect(try await story.run() == "things right +\(count) ~0 -0")
        return story
    }

    private static let archive =
        "deletes: archive\nout_of_scope: archive\narchive: {left: {off: true}, right: {state: done}}"

    @Test("what is archived is archived once; then both collections cost one look, until one changes")
    func archived() async throws {
        let story = try await story(Self.archive)
        try story.write("left/things.jsonl", Self.thing(2, "n2", queue: "theirs") + Self.thing(3, "n3"))
        #expect(try await story.plan() == "things right +0 ~2 -0")
        #expect(try await story.run() == "things right +0 ~2 -0")
        #expect(try story.text("right/things.csv") == "id,title,state,memo\n1,n1,done,\n2,n2,done,\n3,n3,,\n")
        #expect(try await story.run() == "things untouched")
        try story.edit("right/things.csv", "1,n1,done", "1,edited,")
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
        // Both come back: what people did to their partners meanwhile is merged.
        try story.write("left/things.jsonl", Self.thing(1, "n1") + Self.thing(2, "back") + Self.thing(3, "n3"))
        #expect(try await story.run() == "things left +0 ~1 -0, right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == "id,title,state,memo\n1,edited,,\n2,back,done,\n3,n3,,\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("a column of 'archive' that is not there is a mistake of the job file")
    func unknownColumn() async throws {
        let story = try await story(Self.archive)
        try story.edit("jobs/crm.yaml", "right: {state: done}", "right: {stat: done}")
        let reports = try await story.reports(.run(accepting: nil))
        guard case .failed(.fields(.right, let mistakes))? = reports.first?.outcome else {
            Issue.record("\(reports.map(\.short))")
            return
        }
        #expect(mistakes.map(\.message) == ["no column 'stat' in things"])
        #expect(mistakes.map(\.hint) == ["did you mean 'state'?"])
    }

    @Test("a record that was deleted and edited is made again with its number, and stays linked")
    func restored() async throws {
        let story = try await story("deletes: propagate\ndelete_vs_edit: restore", filter: "true")
        try story.edit("left/things.jsonl", Self.thing(3, "n3"), "")
        try story.edit("right/things.csv", "3,n3", "3,edited")
        #expect(try await story.run() == "things left +1 ~0 -0")
        #expect(try story.text("left/things.jsonl").hasSuffix(#"{"id":3,"name":"edited"}"# + "\n"))
        #expect(try await story.run() == "things untouched")
        try story.edit("right/things.csv", "3,edited", "3,again")
        #expect(try await story.run() == "things left +0 ~1 -0")
        #expect(try await story.run() == "things untouched")
    }

    @Test("records that were unlinked stay apart, also when the state is put together")
    func unlinked() async throws {
        let story = try await story("out_of_scope: unlink\nmatch: name <-> title")
        try story.edit("left/things.jsonl", Self.thing(1, "n1"), Self.thing(1, "n1", queue: "theirs"))
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
        for number in 0..<64 {
            try story.write("right/things.csv", "id,title,state,memo\n1,n1,,\n2,v\(number),,\n3,n3,,\n")
            #expect(try await story.run() == "things left +0 ~1 -0")
        }
        #expect(Disk().exists(story.path + "/state/crm/things/links.jsonl"))
        #expect(try story.text("state/crm/things/links.jsonl").contains(#"{"apart":1,"#))
        // The filter takes the record in again: as they stand, the two are neither paired nor made.
        try story.edit("jobs/crm.yaml", "queue == 'ours'", "true")
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
        // One that changes is new.
        try story.edit("right/things.csv", "1,n1,,", "1,n1,,x")
        #expect(try await story.run() == "things left +1 ~0 -0")
    }

    @Test("after a change of the job file the plan says what it does, and the tighter of old and new limits hold")
    func changedJobFile() async throws {
        let policies = "out_of_scope: delete\ndeletes: propagate\nlimits: {deletes: 2}"
        let story = try await story(policies, count: 8)
        try story.edit("left/things.jsonl", Self.thing(5, "n5"), Self.thing(5, "n5", queue: "theirs"))
        try story.edit("jobs/crm.yaml", "queue == 'ours'", "queue == 'ours' && name != 'n4' && name != 'n3'")
        try story.edit("jobs/crm.yaml", "deletes: 2", "deletes: 10")
        try story.edit("jobs/crm.yaml", "- name <-> title", "- name <-> title\n      - queue -> memo")
        for _ in 0..<2 {
            let report = try #require(try await story.reports(.run(accepting: nil)).first)
            guard case .refused(let refusals) = report.outcome else {
                Issue.record("\(report.short)")
                return
            }
            #expect(
                refusals.map { BrakeWords(report.sync, $0).sentence } == ["3 deletes on the right, and the limit is 2"])
            #expect(refusals.map { BrakeWords(report.sync, $0).key } == [nil])
            let plan = try #require(report.plan)
            #expect(plan.departures.byJobFile == Sides(left: 2, right: 0))
            #expect(plan.departures.ofChanged == Sides(left: 1, right: 0))
            #expect(plan.firstValues == 5)
            #expect(plan.isJobFileChanged)
        }
        let digest = try #require(try await story.reports(.plan).first?.plan?.digest)
        #expect(try await story.run(accepting: digest) == "things right +0 ~5 -3")
        // From then on the new limits hold alone.
        for number in 6...8 {
            try story.edit(
                "left/things.jsonl", Self.thing(number, "n\(number)"), Self.thing(number, "n\(number)", queue: "theirs")
            )
        }
        #expect(try await story.run() == "things right +0 ~0 -3")
    }
}
