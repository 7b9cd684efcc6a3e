import FileIO
import Model
import Runner
import TestKit
import Testing

/// Links that a person makes and ends.
struct HandLinkTests {
    private func apart(_ more: String = "") throws -> Story {
        try Story(
            ResolveTests.syncs(more), left: ["things": #"{"id":1,"name":"Ann","note":"a"}"# + "\n"],
            right: ["things": "id,title,memo\n101,Anne,a\n"])
    }

    @Test("two records that no rule pairs are linked, and 'first_values' decides where they differ")
    func link() async throws {
        let story = try apart("first_values: right")
        #expect(try await story.link("1", "right:101") == #"1=101; next update left 1 name="Anne""#)
        #expect(try await story.run() == "things left +0 ~1 -0")
        #expect(try story.text("left/things.jsonl") == #"{"id":1,"name":"Anne","note":"a"}"# + "\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("without a policy the fields that differ are held, and then resolved")
    func linkAndResolve() async throws {
        let story = try apart("creates: none")
        try await story.run()
        #expect(try await story.link("1", "101") == "1=101; hold 1=101 first-values")
        #expect(try await story.run() == "things nothing, held 1")
        try await story.resolve(["1"], taking: .left)
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv") == "id,title,memo\n101,Ann,a\n")
    }

    @Test("records that cannot be linked are refused with the reason, and nothing is written")
    func refused() async throws {
        let story = try await ResolveTests.inStep("creates: none")
        try story.write(
            "left/things.jsonl", try story.text("left/things.jsonl") + #"{"id":7,"name":"x","note":"a"}"# + "\n")
        let before = try story.everything().filter { !$0.key.hasSuffix("/lock") }
        let wrong = [
            ("1", "102", "left 1 is linked with right 101. 'lockstep unlink crm/things left:1' ends that"),
            ("7", "102", "right 102 is linked with left 2. 'lockstep unlink crm/things right:102' ends that"),
            ("7", "109", "crm/things: there is no record '109' on the right"),
            ("8", "109", "crm/things: there is no record '8' on the left"),
            ("right:7", "109", "'right:7' stands where the left record is named: the left one comes first"),
        ]
        for (left, right, reason) in wrong {
            #expect(try await story.refusal { try await $0.link(left, right) } == reason)
        }
        #expect(try story.everything().filter { !$0.key.hasSuffix("/lock") } == before)
        try story.edit("jobs/crm.yaml", "left: things", #"left: {collection: things, filter: "record.name != 'x'"}"#)
        try story.write("right/things.csv", try story.text("right/things.csv") + "109,y,a\n")
        #expect(
            try await story.refusal { try await $0.link("7", "109") }
                == "left 7 is out of scope: the filter of the left leaves it out")
    }

    @Test(
        "after an unlink both records stay, and neither is made again or paired anew",
        arguments: ["left:2", "right:102", "2"])
    func unlink(name: String) async throws {
        let story = try await ResolveTests.inStep()
        let before = try story.both()
        #expect(try await story.unlink(name) == "2=102")
        #expect(try await story.run() == "things nothing")
        #expect(try await story.run() == "things untouched")
        #expect(try story.both() == before)
        // Nor by a run that trusts nothing it remembers.
        try story.edit("jobs/crm.yaml", "      - note <-> memo\n", "      - note <-> memo\n      - note -> title2\n")
        try story.write(
            "right/things.csv", "id,title,memo,title2\n" + (1...4).map { "\($0 + 100),n\($0),a,a\n" }.joined())
        // With another head every right record is another: of those that were set apart, only the left one is as it was.
        #expect(try await story.run().contains("left +1"))
    }

    @Test("a record that was unlinked counts as new once it is edited", arguments: Side.allCases)
    func editedAfterwards(_ side: Side) async throws {
        let story = try await ResolveTests.inStep()
        try await story.unlink("2")
        if side == .left {
            try story.edit("left/things.jsonl", #""name":"n2","note":"a""#, #""name":"n2","note":"b""#)
        } else {
            try story.edit("right/things.csv", "102,n2,a", "102,n2,b")
        }
        #expect(try await story.run() == "things \(side.other) +1 ~0 -0")
        #expect(try await story.run() == "things untouched")
    }

    @Test("what was unlinked is linked again by hand, with the same or another record")
    func linkedAgain() async throws {
        let story = try await ResolveTests.inStep("first_values: left")
        try await story.unlink("left:2", "left:3")
        #expect(try await story.link("2", "103") == #"2=103; next update right 103 title="n2""#)
        #expect(try await story.link("3", "102") == #"3=102; next update right 102 title="n3""#)
        #expect(try await story.run() == "things right +0 ~2 -0")
        #expect(try await story.run() == "things untouched")
        try story.edit("left/things.jsonl", #""name":"n2","note":"a""#, #""name":"n2","note":"b""#)
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.text("right/things.csv").contains("103,n2,b\n"))
    }

    @Test("records that are set apart stay so when the links file is written anew")
    func compacted() async throws {
        let story = try await ResolveTests.inStep()
        try await story.unlink("2")
        for number in 1...66 {
            try story.write(
                "left/things.jsonl",
                ResolveTests.left.replacing(#""name":"n1","note":"a""#, with: #""name":"n1","note":"v\#(number)""#))
            #expect(try await story.run() == "things right +0 ~1 -0")
        }
        #expect(try story.text("state/crm/things/links.jsonl").contains(#"{"apart":1,"l":2,"#))
        #expect(try await story.run() == "things untouched")
        #expect(try story.text("right/things.csv").contains("102,n2,a\n"))
    }

    @Test("a link and an unlink that die at any operation are done, or not at all", arguments: [false, true])
    func death(isUnlink: Bool) async throws {
        func story() async throws -> Story {
            if isUnlink { return try await ResolveTests.inStep() }
            let story = try apart("creates: none\n    first_values: left")
            try await story.run()
            return story
        }
        func settle(_ story: Story) async throws {
            if isUnlink { try await story.unlink("2") } else { try await story.link("1", "101") }
        }
        let counter = Countdown(Int.max)
        var counted = try await story()
        counted.disk = counter.disk
        try await settle(counted)
        for number in 1...counter.asked {
            var story = try await story()
            let before = try story.both()
            story.disk = Countdown(number).disk
            _ = try? await settle(story)
            story.disk = Disk()
            let place = "died at operation \(number) of \(counter.asked)"
            if isUnlink {
                let told = try await story.run()
                #expect(told == "things nothing" || told == "things untouched", "\(place)")
                #expect(try story.both() == before, "\(place)")
                _ = try? await settle(story)
                _ = try await story.run()
                #expect(try story.both() == before, "\(place)")
            } else {
                _ = try? await settle(story)
                #expect(try await story.run() == "things right +0 ~1 -0", "\(place)")
            }
            #expect(try await story.run() == "things untouched", "\(place)")
        }
    }
}
