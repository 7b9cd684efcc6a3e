import FileIO
import Glibc
import Model
import TestKit
import Testing
import Values

/// The real program, killed while it runs.
@Suite(.serialized)
struct KilledTests {
    static let records = 2000

    /// How many kills; `LOCKSTEP_KILLS` says another number.
    static let kills = getenv("LOCKSTEP_KILLS").flatMap { Int(String(cString: $0)) } ?? 200

    static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            deletes: propagate
            limits: {updates: 100%, deletes: 50%}
            fields:
              - name <-> title
              - note <-> memo
        """

    /// Both sides are in step, and then edited: updates, creates and deletes on both.
    func edited(_ program: Lockstep) throws -> Story {
        let left = (0..<Self.records).map { #"{"id":\#($0),"name":"n\#($0)","note":"text of \#($0)"}"# + "\n" }
        let story = try Story(
            Self.syncs, left: ["things": left.joined()], right: ["things": "id,title,memo\n"])
        try #require(try program.run(arguments(story)) == 0)
        let changed = left.enumerated().compactMap { number, line -> String? in
            if number % 20 == 1 { return nil }
            return number % 7 == 0 && number % 20 != 4
                ? #"{"id":\#(number),"name":"n\#(number)","note":"left \#(number)"}"# + "\n" : line
        }
        let news = (0..<150).map { #"{"id":\#(Self.records + $0),"name":"L\#($0)","note":"new"}"# + "\n" }
        try story.write("left/things.jsonl", (changed + news).joined())
        let rows = try story.text("right/things.csv").split(separator: "\n").map(String.init)
        let kept = rows.enumerated().compactMap { number, row -> String? in
            if number > 0, number % 20 == 5 { return nil }
            // A row that the left neither edits nor deletes: that would be a conflict.
            return number > 0 && number % 7 == 3 && number % 20 != 2 ? row + " right" : row
        }
        let others = (0..<150).map { "\(Self.records + 1000 + $0),R\($0),new" }
        try story.write("right/things.csv", (kept + others).joined(separator: "\n") + "\n")
        return story
    }

    func arguments(_ story: Story) -> [String] {
        ["run", "--jobs", story.path + "/jobs", "--state", story.path + "/state"]
    }

    /// The same files, state and all, in another place.
    func copy(_ story: Story) throws -> Story {
        let copy = try Story(Self.syncs, left: [:], right: [:])
        let state = "state/crm/things"
        try Disk().makeFolder(copy.path + "/" + state + "/runs")
        let runs = try Disk().list(story.path + "/" + state + "/runs").map { state + "/runs/" + $0 }
        for name in ["left/things.jsonl", "right/things.csv", state + "/state.json", state + "/runs.jsonl"] + runs {
            try copy.scratch.write(name, try story.scratch.read(name))
        }
        return copy
    }

    func data(_ story: Story) throws -> [String] {
        [try story.text("left/things.jsonl"), try story.text("right/things.csv")]
    }

    @Test("a run killed at any moment, and run again, ends in the same place")
    func killed() throws {
        let program = try Lockstep()
        let template = try edited(program)
        let before = try data(template)
        var lengths: [Duration] = []
        var ends: Set<[String]> = []
        for _ in 0..<5 {
            let undisturbed = try copy(template)
            let start = ContinuousClock.now
            try #require(try program.run(arguments(undisturbed)) == 0)
            lengths.append(ContinuousClock.now - start)
            ends.insert(try data(undisturbed))
        }
        // The shortest is the one that other programs disturbed least.
        let length = try #require(lengths.min())
        let end = try #require(ends.count == 1 ? ends.first : nil)
        #expect(before[0] != end[0] && before[1] != end[1])
        try expectUnique(end)
        var alive = 0
        var midway = 0
        for number in 0..<Self.kills {
            let story = try copy(template)
            let process = try program.start(arguments(story))
            let moment = length * number / max(1, Self.kills - 1)
            usleep(UInt32(moment / .microseconds(1)))
            process.kill()
            if try process.wait() == .killed(by: SIGKILL) { alive += 1 }
            let left = try data(story)
            if left != before, left != end { midway += 1 }
            #expect(try program.run(arguments(story)) == 0, "killed after \(moment)")
            #expect(try data(story) == end, "killed after \(moment)")
            let inodes = try inodes(story)
            #expect(try program.run(arguments(story)) == 0)
            #expect(try data(story) == end)
            #expect(try inodes == self.inodes(story), "killed after \(moment): the last run wrote")
        }
        print(
            "killed \(Self.kills) runs of \(length): \(alive) while alive, \(midway) between the writes of both sides")
        #expect(alive > Self.kills / 2)
    }

    private func inodes(_ story: Story) throws -> [FileIdentity?] {
        [
            try Disk().identity(story.path + "/left/things.jsonl"),
            try Disk().identity(story.path + "/right/things.csv"),
        ]
    }

    func expectUnique(_ data: [String]) throws {
        let left = data[0].split(separator: "\n").map { $0.split(separator: ",")[0] }
        let right = data[1].split(separator: "\n").map { $0.split(separator: ",")[0] }
        #expect(Set(left).count == left.count)
        #expect(Set(right).count == right.count)
        #expect(left.count == right.count - 1)
        let names = data[0].split(separator: "\n").map { $0.split(separator: ",")[1] }
        #expect(Set(names).count == names.count)
    }
}
