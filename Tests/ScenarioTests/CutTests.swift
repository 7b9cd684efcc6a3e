import FileIO
import Runner
import TestKit
import Testing

/// The files of the state are cut at every byte. What is only ever appended to is read up to its last whole line, and the next run ends
/// where it would have ended; what is only ever replaced cannot be cut by a process that dies, and is refused with its place.
@Suite(.serialized)
struct CutTests {
    private static let text = """
        ### every kind of write
        job:
          match: name <-> title
          deletes: propagate
          limits: {updates: 100%, deletes: 100%}
          fields: [name <-> title, note <-> memo]
        desk/things.csv:
          id,name,note
          1,a,x
          2,b,x
          3,c,x
          4,d,x
          5,e,x
        shop/things.csv:
          id,title,memo
          1,a,x
          2,b,x
          3,c,y
          4,d,x
          5,e,x
        run: nothing, held 1
          conflict 3=3 first-values
        edit desk/things.csv:
          - 1,a,x
          + 1,a,z
          - 2,b,x
          + 8,n,x
        edit shop/things.csv:
          - 4,d,x
          + 4,d,z
          - 5,e,x
          + 9,m,x
        run: desk +1 ~1 -1, shop +1 ~1 -1, held 1
          conflict 3=3 first-values
        """

    private static let journal = "state/crm/things/runs/00000002-20261121T100000.jsonl"

    /// The scenario up to its last run, and that run.
    private func story() async throws -> (stage: Stage, last: Scenario.Step) {
        let scenario = try #require(try Scenario.read(Self.text, family: "cuts").first)
        var stage = try Stage(scenario)
        let last = try #require(scenario.steps.last)
        for step in scenario.steps.dropLast() {
            try stage.take(step)
            if step.isRun { try await stage.runAsPlanned(step, try stage.workspace()) }
        }
        return (stage, last)
    }

    @Test("a journal that is cut at any byte is read up to there, and the next run ends in the same place")
    func journal() async throws {
        let (stage, last) = try await story()
        let workspace = try Self.loaded(stage)
        let before = try FileTree(stage.path)
        try await stage.runAsPlanned(last, workspace)
        let (after, end) = (try FileTree(stage.path), try stage.end(workspace))
        let bytes = try #require(after.files[Self.journal]?.bytes)
        let lines = bytes.split(separator: 0x0A).map { $0.count + 1 }
        let outcomes = try #require(after.text(Self.journal)?.split(separator: "\n").firstIndex { $0.contains("done") })
        let intents = lines.prefix(outcomes).reduce(0, +)
        var cuts = 0
        for size in 0..<bytes.count {
            // It died before it could say how the run ended: with both sides written or, while there is no outcome, with none.
            for hasWritten in size <= intents ? [true, false] : [true] {
                var tree = hasWritten ? after : before
                tree.folders = after.folders
                for name in ["state.json", "queue.jsonl", "runs.jsonl"] {
                    tree.files[Self.state(name)] = before.files[Self.state(name)]
                }
                tree.files[Self.journal] = FileTree.File(bytes: Array(bytes.prefix(size)))
                try tree.restore(stage.path)
                let told = stage.told(try await stage.run(last, workspace, Disk()))
                #expect(try stage.end(workspace) == end, "cut at \(size), written: \(hasWritten), \(told)")
                cuts += 1
            }
        }
        figure("files of the state cut at a byte", cuts)
    }

    @Test(
        "a file that is cut at any byte is made good by the next run, or refused with its place, and then nothing is changed",
        arguments: ["state.json", "queue.jsonl", "runs.jsonl", "links.jsonl"])
    func others(name: String) async throws {
        var (stage, last) = try await story()
        if name == "links.jsonl" { try await compact(&stage) }
        let workspace = try Self.loaded(stage)
        let before = try FileTree(stage.path)
        try await stage.runAsPlanned(last, workspace)
        let end = try stage.end(workspace)
        let bytes = try #require(before.files[Self.state(name)]?.bytes)
        var refusals = 0
        for size in 0..<bytes.count {
            var tree = before
            tree.files[Self.state(name)] = FileTree.File(bytes: Array(bytes.prefix(size)))
            try tree.restore(stage.path)
            let told = stage.told(try await stage.run(last, workspace, Disk()))
            if told[0].hasPrefix("failed: ") {
                refusals += 1
                #expect(told[0].hasPrefix("failed: \(Self.state(name)):"), "cut at \(size)")
                #expect(told[0].contains("Put back a copy of the folder, or remove it to pair both sides anew"))
                try expectUnchanged(tree, stage, "cut at \(size)")
            } else {
                #expect(try stage.end(workspace) == end, "cut at \(size): \(told)")
            }
        }
        let isReplaced = ["state.json", "links.jsonl"].contains(name)
        #expect(isReplaced ? refusals >= bytes.count - 2 : refusals == 0)
        figure("files of the state cut at a byte", bytes.count)
    }

    /// All but what tells that a run failed.
    private func expectUnchanged(_ tree: FileTree, _ stage: Stage, _ place: String) throws {
        var (before, after) = (tree, try FileTree(stage.path))
        for name in ["state.json", "runs.jsonl"]
        where after.files[Self.state(name)] != nil && tree.files[Self.state(name)]?.bytes.last == 0x0A {
            before.files[Self.state(name)] = nil
            after.files[Self.state(name)] = nil
        }
        #expect(before == after, "\(place)")
    }

    /// Runs until the run files are put together in one of links, and makes the edits of the story anew.
    private func compact(_ stage: inout Stage) async throws {
        let files = ["desk/things.csv", "shop/things.csv"]
        let edited = try files.map { try stage.scratch.text($0) }
        let run = Scenario.Step(words: ["run"], rest: "*", body: [], line: 0)
        for number in 0..<66 {
            try stage.scratch.write(files[0], "id,name,note\n1,a,x\n2,b,x\n3,c,x\n4,d,x\n5,e,\(number)\n")
            try stage.scratch.write(
                files[1], "id,title,memo\n1,a,x\n2,b,x\n3,c,y\n4,d,x\n5,e,\(number == 0 ? "x" : String(number - 1))\n")
            _ = try await stage.run(run, try stage.workspace(), Disk())
        }
        try #require(Disk().exists(stage.path + "/" + Self.state("links.jsonl")))
        for (file, text) in zip(files, edited) { try stage.scratch.write(file, text.replacing("e,x", with: "e,65")) }
    }

    private static func loaded(_ stage: Stage) throws -> Workspace {
        var stage = stage
        return try stage.workspace()
    }

    private static func state(_ name: String) -> String { "state/crm/things/" + name }
}
