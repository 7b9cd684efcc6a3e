import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// State that earlier forms of Lockstep wrote, kept in `Older`: a folder for each version of links and run files, once with a last run
/// that died, once with a links file that has taken in the runs before.
@Suite("State of an earlier version")
struct OlderStateTests {
    private static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            deletes: propagate
            fields:
              - name <-> title
              - note <-> memo
        """

    private static let older = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Older"

    /// A story over a copy of what was kept.
    private func story(_ name: String) throws -> Story {
        let story = try Story(Self.syncs, left: [:], right: [:])
        var folders = [""]
        while let folder = folders.popLast() {
            for entry in try Disk().list(Self.older + "/" + name + folder) {
                let path = folder + "/" + entry
                let source = Self.older + "/" + name + path
                if try Disk().identity(source)?.isFolder == true {
                    try Disk().makeFolder(story.path + path)
                    folders.append(path)
                } else {
                    try story.scratch.write(String(path.dropFirst()), try Disk().read(source))
                }
            }
        }
        return story
    }

    private let held = ["conflict 4=104 first-values", "conflict 5=112 conflict"]

    @Test("goes on: a run that died is settled, and what it began is ended once", arguments: [1, 2])
    func journal(version: Int) async throws {
        let story = try story("\(version)-journal")
        #expect(try await story.run() == "things right +1 ~1 -0, held 2")
        // Since version 2 the head remembers the greatest number that was ever given.
        let id = version == 1 ? 114 : 115
        #expect(
            try story.text("right/things.csv")
                == "id,title,memo\n103,n3,a\n104,n4,b\n109,n9,R\n110,n1,L\n112,n5,right\n113,n6,late\n\(id),new,x\n")
        #expect(try story.held() == held)
        #expect(try await story.run() == "things nothing, held 2")
    }

    @Test("goes on where a run that died had written all", arguments: [1, 2])
    func written(version: Int) async throws {
        let story = try story("\(version)-journal")
        try story.write(
            "right/things.csv",
            "id,title,memo\n103,n3,a\n104,n4,b\n109,n9,R\n110,n1,L\n112,n5,right\n113,n6,late\n114,new,x\n")
        #expect(try await story.run() == "things nothing, held 2")
        try story.edit("right/things.csv", "114,new,x", "114,new,y")
        #expect(try await story.run() == "things left +0 ~1 -0, held 2")
        #expect(try story.text("left/things.jsonl").hasSuffix(#"{"id":60,"name":"new","note":"y"}"# + "\n"))
    }

    @Test("is read from its links file, and edits go over as if nothing had happened", arguments: [1, 2])
    func links(version: Int) async throws {
        let story = try story("\(version)-links")
        #expect(try await story.run() == "things nothing, held 2")
        try story.edit("left/things.jsonl", #""name":"n6","note":"v66""#, #""name":"n6","note":"now""#)
        try story.edit("right/things.csv", "110,n1,L", "110,n1,R")
        #expect(try await story.run() == "things left +0 ~1 -0, right +0 ~1 -0, held 2")
        #expect(try await story.run() == "things nothing, held 2")
        #expect(try story.held() == held)
    }

    @Test("of a later version is refused, and left as it is", arguments: ["state.json", "queue.jsonl"])
    func later(name: String) async throws {
        let story = try story("2-links")
        let file = "state/crm/things/" + name
        let text = try story.text(file)
        let version = try #require(text.firstRange(of: /"version": ?[0-9]/))
        try story.write(file, text.replacingCharacters(in: version, with: #""version":99"#))
        let before = try story.text(file)
        let told = try await story.run()
        #expect(told.contains("\(name) has version 99, which this Lockstep does not know"), "\(told)")
        #expect(try story.text(file) == before)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
