import FileIO
import Glibc
import Model
import TestKit
import Testing
import Values

/// Runs that fail when they write: what they leave in the state, and how the next run goes on.
struct FailedRunTests {
    static let syncs = """
        syncs:
          things:
            left: things
            right: things
            deletes: propagate
            limits: {deletes: 100%}
            fields:
              - name <-> title
              - note <-> memo
        """

    private static func line(_ id: Int, _ name: String, _ note: String) -> String {
        #"{"id":\#(id),"name":"\#(name)","note":"\#(note)"}"# + "\n"
    }

    /// Three records in step; then one is changed on the left, one removed, and one added.
    private func story(note: String = "new") async throws -> Story {
        let left = (1...3).map { Self.line($0, "n\($0)", "a") }
        let story = try Story(Self.syncs, left: ["things": left.joined()], right: ["things": "id,title,memo\n"])
        #expect(try await story.run() == "things right +3 ~0 -0")
        let edited = [Self.line(1, "n1", "L"), left[2], Self.line(4, "n4", note)]
        try story.write("left/things.jsonl", edited.joined())
        return story
    }

    private func refusing(_ story: Story, _ kind: DiskOperation.Kind, of end: String = "/right/things.csv") -> Story {
        var story = story
        story.disk = Disk { operation throws(FileFailure) in
            guard operation.kind == kind, operation.path.hasSuffix(end) else { return }
            throw FileFailure(kind, "things.csv", EIO)
        }
        return story
    }

    /// The sizes of all files of the sync's state, by name.
    private func sizes(_ story: Story) throws -> [String: Int] {
        let folder = story.path + "/state/crm/things"
        let runs = try Disk().list(folder + "/runs").map { "runs/" + $0 }
        let names = try Disk().list(folder).filter { $0 != "runs" } + runs
        return Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try Disk().read(folder + "/" + $0).count) })
    }

    @Test(
        "a connection that is down for 300 runs leaves no more than one that is down for two, and is told once",
        arguments: [DiskOperation.Kind.open, .write, .sync])
    func downForLong(kind: DiskOperation.Kind) async throws {
        let story = try await story()
        let broken = refusing(story, kind)
        let sentence = "right: cannot \(kind.rawValue) things.csv: input/output error"
        var early: [String: Int] = [:]
        for number in 1...300 {
            #expect(try await broken.run() == "things failed: " + sentence)
            if number == 2 { early = try sizes(story) }
        }
        let late = try sizes(story)
        #expect(late.keys.sorted() == early.keys.sorted())
        // The number of runs, which has two digits more, stands in it.
        #expect(late.merging(early) { $0 - $1 }.filter { $0.value != 0 } == ["state.json": 2])
        let failures = try story.text("state/crm/things/runs.jsonl").split(separator: "\n").filter {
            $0.contains(#""outcome":"failed""#)
        }
        #expect(failures.count == 1)
        #expect(failures[0].hasSuffix(#""outcome":"failed","problem":"\#(sentence)"}"#))
        #expect(try await story.run() == "things right +1 ~1 -1")
        #expect(try story.text("right/things.csv") == "id,title,memo\n1,n1,L\n3,n3,a\n4,n4,new\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("a problem that is another is told anew, and so is one that comes back after a run that went well")
    func otherProblem() async throws {
        let story = try await story()
        try await refusing(story, .write).run()
        try await refusing(story, .sync).run()
        try await story.run()
        try story.edit("left/things.jsonl", #""note":"L""#, #""note":"M""#)
        try await refusing(story, .sync).run()
        let lines = try story.text("state/crm/things/runs.jsonl").split(separator: "\n").dropFirst(2)
        let outcomes = try lines.map { line in
            guard case .object(let run) = try JSON.parse(Array(line.utf8)) else { throw Breach(String(line)) }
            return (run["outcome"]?.text ?? "") + ": " + (run["problem"]?.text ?? "")
        }
        #expect(
            outcomes == [
                "failed: right: cannot write things.csv: input/output error",
                "failed: right: cannot sync things.csv: input/output error", "in step: ",
                "failed: right: cannot sync things.csv: input/output error",
            ])
    }

    @Test("writes of the one side stand though the other side failed, and the log says why")
    func oneSide() async throws {
        let story = try await story()
        try story.edit("right/things.csv", "3,n3,a", "3,n3,R")
        #expect(try await refusing(story, .write).run().hasPrefix("things failed: right: "))
        #expect(try story.text("left/things.jsonl").contains(#""name":"n3","note":"R""#))
        let runs = try Disk().list(story.path + "/state/crm/things/runs")
        #expect(runs.count == 2)
        let log = try story.text("state/crm/things/runs/" + (runs.last ?? ""))
        #expect(log.contains(#","n":3,"why":"right: cannot write things.csv: input/output error","c":""#))
        #expect(try await story.run() == "things right +1 ~1 -1")
        #expect(try await story.run() == "things untouched")
        #expect(try story.text("right/things.csv") == "id,title,memo\n1,n1,L\n3,n3,R\n4,n4,new\n")
    }

    @Test("where it is not known whether the new content is in place, the next run finds out, and makes nothing twice")
    func uncertain() async throws {
        let story = try await story()
        let told = try await refusing(story, .syncFolder).run()
        #expect(
            told
                == "things failed: right: cannot sync the folder of things.csv: input/output error. "
                + "Whether what was to be written is there is found out by the next run")
        let content = "id,title,memo\n1,n1,L\n3,n3,a\n4,n4,new\n"
        #expect(try story.text("right/things.csv") == content)
        let next = try await story.run()
        #expect(next == "things nothing")
        #expect(try story.text("right/things.csv") == content)
        #expect(try story.held() == [])
        #expect(try await story.run() == "things untouched")
        // All three are linked: an edit goes to the one record, and nothing is paired or made.
        try story.edit("left/things.jsonl", #""note":"new""#, #""note":"newer""#)
        #expect(try await story.run() == "things right +0 ~1 -0")
    }

    @Test("what is in doubt is not forgotten where the files of the state are due to be put together")
    func doubtsBeforeCompaction() async throws {
        let note = String(repeating: "long ", count: 250_000)
        let story = try await story(note: note)
        #expect(try await refusing(story, .syncFolder).run().hasPrefix("things failed: right: "))
        #expect(try sizes(story)["links.jsonl"] == nil)
        // Nor by a run between that fails too, before it can tell.
        #expect(try await refusing(story, .open, of: "/left/things.jsonl").run().hasPrefix("things failed: left: "))
        try await story.run()
        #expect(try story.text("right/things.csv") == "id,title,memo\n1,n1,L\n3,n3,a\n4,n4,\(note)\n")
        #expect(try sizes(story)["links.jsonl"] != nil)
        #expect(try await story.run() == "things untouched")
    }

    @Test("a write of a record that is in doubt, and fails again, leaves the doubt as it is")
    func doubtAfterFailure() async throws {
        let story = try await story()
        try await refusing(story, .syncFolder).run()
        // The right has the note L by now, which the state does not know yet; somebody goes on from there.
        try story.edit("left/things.jsonl", #""note":"L""#, #""note":"L2""#)
        #expect(try await refusing(story, .write).run().hasPrefix("things failed: right: cannot write"))
        #expect(try await story.run() == "things right +0 ~1 -0")
        #expect(try story.held() == [])
        #expect(try story.text("right/things.csv") == "id,title,memo\n1,n1,L2\n3,n3,a\n4,n4,new\n")
        #expect(try await story.run() == "things untouched")
    }

    @Test("records that a first run passed over stay so when the state is put together")
    func passedOver() async throws {
        let syncs = Self.syncs + "\n    first_run: link\n    match: name <-> title"
        let story = try Story(
            syncs, left: ["things": Self.line(1, "n1", "a") + Self.line(2, "old", "a")],
            right: ["things": "id,title,memo\n11,n1,a\n12,older,b\n"])
        #expect(try await story.run() == "things nothing")
        for number in 1...66 {
            let old = number == 1 ? "a" : "v\(number - 1)"
            try story.edit("left/things.jsonl", #""name":"n1","note":"\#(old)""#, #""name":"n1","note":"v\#(number)""#)
            #expect(try await story.run() == "things right +0 ~1 -0")
        }
        let links = try story.text("state/crm/things/links.jsonl").split(separator: "\n")
        #expect(links.map { String($0.prefix(9)) } == [#"{"version"#, #"{"link":1"#, #"{"pass":1"#, #"{"pass":1"#])
        #expect(try story.text("right/things.csv") == "id,title,memo\n11,n1,v66\n12,older,b\n")
        #expect(try await story.run() == "things untouched")
        // Once it is another record than the one that was passed over, it is made.
        try story.edit("left/things.jsonl", #""name":"old","note":"a""#, #""name":"old","note":"b""#)
        #expect(try await story.run() == "things right +1 ~0 -0")
    }
}
