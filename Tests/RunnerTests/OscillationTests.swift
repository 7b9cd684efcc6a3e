import Model
import Runner
import TestKit
import Testing
import Values

/// On each side something sets a field back to a value of its own: both are held, instead of being carried over and back for ever.
@Suite("A field that is set back in turn")
struct OscillationTests {
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            fields: [name <-> title, note <-> memo]
        """

    private func story() async throws -> Story {
        let story = try Story(
            Self.syncs, left: ["things": #"{"id":1,"name":"Ada","note":"x"}"# + "\n"],
            right: ["things": "id,title,memo\n11,Ada,x\n"])
        #expect(try await story.run() == "things nothing")
        return story
    }

    /// One robot on each side: the left one writes `X`, the right one `x`, each once it finds the other's.
    private func play(_ story: Story, rounds: Int) async throws -> [String] {
        var told: [String] = []
        for round in 0..<rounds {
            if round % 2 == 0 {
                try story.write("left/things.jsonl", #"{"id":1,"name":"Ada","note":"X"}"# + "\n")
            } else {
                try story.write("right/things.csv", "id,title,memo\n11,Ada,x\n")
            }
            told.append(try await story.run())
        }
        return told
    }

    @Test(
        "is held once it came back more than four times within its last eight writes, and the rest of the record goes on"
    )
    func held() async throws {
        let story = try await story()
        let right = "things right +0 ~1 -0"
        let left = "things left +0 ~1 -0"
        #expect(
            try await play(story, rounds: 8) == [
                right, left, right, left, right, left, right, "things nothing, held 1",
            ])
        #expect(try story.held() == ["held 1=11 oscillation"])
        #expect(try story.text("left/things.jsonl") == #"{"id":1,"name":"Ada","note":"X"}"# + "\n")
        #expect(try story.text("right/things.csv") == "id,title,memo\n11,Ada,x\n")
        #expect(try await story.run() == "things nothing, held 1")
        try story.write("left/things.jsonl", #"{"id":1,"name":"Ada Lovelace","note":"X"}"# + "\n")
        #expect(try await story.run() == "things right +0 ~1 -0, held 1")
        #expect(try story.text("right/things.csv") == "id,title,memo\n11,Ada Lovelace,x\n")
    }

    @Test("is found among the writes of others, in runs of which most leave it alone")
    func amongOthers() async throws {
        let story = try await story()
        try story.edit("jobs/crm.yaml", "fields:", "limits: {updates: 100%}\n    fields:")
        let others = { (round: Int) in
            (2...9).map { #"{"id":"n\"\#($0)","name":"n\#($0)","note":"\#(round)"}"# + "\n" }.joined()
        }
        var told: [String] = []
        var left = "X"
        for round in 0..<16 {
            if round % 4 == 0 { left = "X" }
            let first = #"{"id":1,"name":"Ada","note":"\#(left)"}"# + "\n"
            try story.write("left/things.jsonl", first + others(round))
            if round % 4 == 2 {
                let rows = try story.text("right/things.csv").split(separator: "\n").map { row in
                    row.hasPrefix("11,") ? "11,Ada,x" : String(row)
                }
                try story.write("right/things.csv", rows.joined(separator: "\n") + "\n")
            }
            told.append(try await story.run())
            if round % 4 == 2, try story.text("left/things.jsonl").contains(#""note":"x""#) { left = "x" }
        }
        #expect(told.dropFirst(14) == ["things right +0 ~8 -0, held 1", "things right +0 ~8 -0, held 1"])
        #expect(!told.dropLast(2).contains { $0.contains("held") })
        #expect(try story.held() == ["held 1=11 oscillation"])
    }

    @Test("goes on as soon as it is set to something else")
    func settled() async throws {
        let story = try await story()
        _ = try await play(story, rounds: 8)
        try story.write("right/things.csv", "id,title,memo\n11,Ada,settled\n")
        #expect(try await story.run() == "things left +0 ~1 -0")
        #expect(try story.text("left/things.jsonl") == #"{"id":1,"name":"Ada","note":"settled"}"# + "\n")
        #expect(try story.held() == [])
        #expect(try await story.run() == "things untouched")
    }

    @Test("is no such thing where one person changes a mind now and then")
    func mind() async throws {
        let story = try await story()
        for round in 0..<14 {
            let note = ["a", "b", "c"][round % 3]
            try story.write("left/things.jsonl", #"{"id":1,"name":"Ada","note":"\#(note)"}"# + "\n")
            #expect(try await story.run() == "things right +0 ~1 -0", "round \(round)")
        }
    }

    @Test("is no such thing because of what it was before its last eight writes")
    func longAgo() async throws {
        let story = try await story()
        _ = try await play(story, rounds: 7)
        for note in ["a", "b", "c", "d", "e", "d"] {
            try story.write("left/things.jsonl", #"{"id":1,"name":"Ada","note":"\#(note)"}"# + "\n")
            #expect(try await story.run() == "things right +0 ~1 -0", "\(note)")
        }
    }
}
