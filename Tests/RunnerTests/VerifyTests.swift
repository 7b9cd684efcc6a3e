import FileIO
import Model
import Runner
import TestKit
import Testing

/// Both sides compared as they stand, and records that are looked at anew.
struct VerifyTests {
    @Test("where all is in step nothing is told, and nothing is written")
    func inStep() async throws {
        let story = try await ResolveTests.inStep()
        let before = try story.everything()
        #expect(try await story.verify() == ["4 compared"])
        #expect(try story.everything() == before)
    }

    @Test("a sync that never ran is compared without leaving a state")
    func neverRan() async throws {
        let story = try Story(
            ResolveTests.syncs(), left: ["things": ResolveTests.left], right: ["things": "id,title,memo\n"])
        let before = try story.everything()
        #expect(try await story.verify() == ["0 compared"] + (1...4).map { "left \($0) has no link" })
        #expect(try story.everything() == before)
    }

    @Test("differences are told with what both hold and held, links without a record, and records without a link")
    func differences() async throws {
        let story = try await ResolveTests.inStep()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        try story.edit("right/things.csv", "102,n2,a", "102,N2,R")
        try story.edit("left/things.jsonl", #"{"id":3,"name":"n3","note":"a"}"# + "\n", "")
        try story.write(
            "right/things.csv", try story.text("right/things.csv").replacing("104,n4,a\n", with: "105,n5,a\n"))
        let before = try story.everything()
        let told = [
            "2 compared", #"1=101 note <-> memo: "L" "a" base "a"|"a""#,
            #"2=102 name <-> title: "n2" "N2" base "n2"|"n2""#,
            #"2=102 note <-> memo: "a" "R" base "a"|"a""#, "3=103 gone left", "4=104 gone right",
            "right 105 has no link",
        ]
        #expect(try await story.verify() == told)
        #expect(try story.everything() == before)
    }

    @Test("what a run takes for unchanged is compared all the same")
    func behindTheBack() async throws {
        let story = try await ResolveTests.inStep()
        try await story.run()
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        try await story.run()
        // A link file that says that both agreed on what they never held.
        try await story.undo()
        #expect(try await story.run() == "things nothing")
        #expect(try await story.verify() == ["4 compared", #"1=101 note <-> memo: "L" "a" base "L"|"a""#])
    }

    @Test("fields are compared by what the mapping gives: tables, one way, filters and links set apart")
    func mapping() async throws {
        let story = try Story(
            """
            syncs:
              things:
                left: {collection: things, filter: "record.state != 'off'"}
                right: things
                match: name <-> title
                creates: right
                fields:
                  - name <-> title
                  - state <-> phase: {values: {new: 1, open: 1, done: 2}, to_left: {1: open}}
                  - "record.name.upperAscii() -> label"
            """,
            left: [
                "things": #"{"id":1,"name":"a","state":"new"}"# + "\n" + #"{"id":2,"name":"b","state":"done"}"# + "\n"
                    + #"{"id":3,"name":"c","state":"done"}"# + "\n"
            ],
            right: ["things": "id,title,phase,label\n101,a,1,A\n102,b,2,B\n103,c,2,C\n109,z,1,Z\n"])
        try await story.run()
        #expect(try await story.verify() == ["3 compared"])
        try story.edit("right/things.csv", "102,b,2,B", "102,b,1,bee")
        try story.edit("left/things.jsonl", #""name":"c","state":"done""#, #""name":"c","state":"off""#)
        #expect(
            try await story.verify() == [
                "2 compared", #"2=102 state <-> phase: "done" "1" base "done"|"2""#,
                #"2=102 record.name.upperAscii() -> label: "B" "bee" base "B"|"B""#,
            ])
    }

    @Test(
        "a resync has the next run look at records that seem unchanged, and that writes nothing",
        arguments: [[], ["left:1", "102"]])
    func resync(names: [String]) async throws {
        let story = try await ResolveTests.inStep()
        let before = try story.both()
        #expect(try await story.resync(names) == (names.isEmpty ? "1=101; 2=102; 3=103; 4=104" : "1=101; 2=102"))
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
        #expect(try story.both() == before)
    }

    @Test("a hard resync forgets what both agreed on: 'first_values' decides", arguments: Side.allCases)
    func hard(_ side: Side) async throws {
        let story = try await ResolveTests.inStep("first_values: \(side)")
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"L""#)
        let next = side == .left ? #"update right 101 memo="L""# : #"update left 1 note="a""#
        #expect(try await story.resync(["1"], hard: true) == "1=101; next \(next)")
        #expect(try await story.run() == "things \(side.other) +0 ~1 -0")
        #expect(try await story.run() == "things untouched")
    }

    @Test("a resync keeps in mind that a record is out of scope")
    func frozen() async throws {
        let story = try await ResolveTests.inStep()
        try story.edit("jobs/crm.yaml", "left: things", #"left: {collection: things, filter: "record.note != 'off'"}"#)
        try story.edit("left/things.jsonl", #""name":"n1","note":"a""#, #""name":"n1","note":"off""#)
        try await story.run()
        try await story.resync(hard: false)
        try story.edit("left/things.jsonl", #"{"id":1,"name":"n1","note":"off"}"# + "\n", "")
        #expect(try await story.run() == "things nothing")
        #expect(try story.text("right/things.csv").contains("101,n1,a\n"))
    }

    @Test("a resync that dies at any operation changes nothing that a run would write")
    func death() async throws {
        let counter = Countdown(Int.max)
        var counted = try await ResolveTests.inStep("first_values: left")
        counted.disk = counter.disk
        try await counted.resync(hard: true)
        for number in 1...counter.asked {
            var story = try await ResolveTests.inStep("first_values: left")
            let before = try story.both()
            story.disk = Countdown(number).disk
            _ = try? await story.resync(hard: true)
            story.disk = Disk()
            _ = try await story.run()
            let place = "died at operation \(number) of \(counter.asked)"
            #expect(try await story.run() == "things untouched", "\(place)")
            #expect(try story.both() == before, "died at operation \(number)")
        }
    }

    @Test("while a run is at work, or writes are in doubt, nothing is settled")
    func locked() async throws {
        let story = try await ResolveTests.inStep()
        let folder = story.path + "/state/crm/things"
        let held = try Disk().lock(folder + "/lock", holder: "somebody")
        for told in [
            try await story.refusal { try await $0.resync() }, try await story.refusal { try await $0.unlink("1") },
            try await story.refusal { try await $0.verify().joined() },
            try await story.refusal { try await $0.undo("1") }, try await story.refusal { try await $0.planUndo("1") },
        ] {
            #expect(told == "another run holds the lock: somebody")
        }
        withExtendedLifetime(held) {}
    }
}
