import Diagnostics
import JobFiles
import Model
import StateStore
import Testing
import Values

@testable import Runner

@Suite("What changed in a job file") struct JobChangeTests {
    private static let before = """
        syncs:
          things:
            left: {collection: things, filter: id > 1}
            right: things
            match: id <-> id
            deletes: archive
            out_of_scope: archive
            archive: {left: {note: done}, right: {note: done}}
            fields: [id <-> id, name <-> name, note <-> note]
        """

    private func standing(_ syncs: String) throws -> SyncStanding {
        let story = try Story(syncs, left: ["things": ""], right: ["things": "id,name,note\n"])
        let workspace = try story.workspace()
        let job = try #require(workspace.checked.jobs.first)
        let sync = try #require(job.syncs.first)
        var standing = TellingTests.sync()
        standing.definition = sync.definition(workspace.decisiveParts(job))
        standing.definitionParts = sync.definitionFingerprints(workspace.decisiveParts(job))
        return standing
    }

    private func sentence(_ edits: (String, String)...) throws -> String? {
        let after = edits.reduce(Self.before) { $0.replacing($1.0, with: $1.1) }
        let before = try #require(JobChange.parts(of: try standing(Self.before)))
        return JobChange(from: before, to: try standing(after))?.sentence
    }

    private static let head = "a run carried out a job file that changed: "

    @Test("it names the parts that changed, that are new and that are gone")
    func parts() throws {
        #expect(try sentence(("id > 1", "id > 2")) == Self.head + "changed: the filter on the left")
        #expect(try sentence(("deletes: archive", "deletes: propagate")) == Self.head + "changed: 'deletes'")
        #expect(try sentence(("right: {note: done}", "right: {note: old}")) == Self.head + "changed: 'archive'")
        #expect(
            try sentence(("match: id <-> id", "match: name <-> name")) == Self.head + "changed: 'match'")
        #expect(
            try sentence(("name <-> name", "name -> name"), ("id > 1", "id > 2"))
                == Self.head + "changed: the filter on the left; new: 'name -> name'; gone: 'name <-> name'")
        #expect(try sentence((", note <-> note", "")) == Self.head + "gone: 'note <-> note'")
    }

    @Test("a comment, another order of the keys or a file that stands as it was is no change")
    func none() throws {
        #expect(try sentence() == nil)
        #expect(
            try sentence(
                ("    right: things\n    match: id <-> id", "    match: id <-> id # as always\n    right: things"))
                == nil)
    }

    private static let system = """
        connector: mine
        description: A system of our own
        settings:
          url: {type: url, required: true, description: "Where."}
        probe: GET /
        collections:
          things:
            fields:
              id: {type: text, read_only: true}
              name: {type: text, read: title}
            list: {request: GET /things, records: body}

        """

    private func standing(ofSystem text: String) throws -> SyncStanding {
        let files = [
            "jobs/connections.yaml":
                "connections:\n  a: {type: mine, url: 'https://mine.example'}\n  b: {type: csv, path: b}\n",
            "jobs/j.yaml":
                "job: j\nleft: a\nright: b\nsyncs:\n  things: {left: things, right: things, match: id <-> id, fields: [name -> name]}\n",
            "jobs/connectors/mine.yaml": text,
        ]
        let workspace = Workspace(
            jobs: "jobs", holding: files.map { SourceText(name: $0.key, bytes: Array($0.value.utf8)) }, world: .live)
        let job = try #require(workspace.checked.jobs.first, "\(workspace.diagnostics)")
        let sync = try #require(job.syncs.first)
        var standing = TellingTests.sync()
        standing.definition = sync.definition(workspace.decisiveParts(job))
        standing.definitionParts = sync.definitionFingerprints(workspace.decisiveParts(job))
        return standing
    }

    @Test("a connector that reads a field from elsewhere makes another definition of the sync")
    func connector() throws {
        let before = try standing(ofSystem: Self.system)
        let after = try standing(ofSystem: Self.system.replacing("read: title", with: "read: caption"))
        #expect(before.definition != after.definition)
        let change = JobChange(from: JobChange.parts(of: before), to: after)
        #expect(change?.sentence == Self.head + "changed: the connector of the left")
    }

    @Test("another order of the fields is told as that")
    func order() throws {
        #expect(
            try sentence(("name <-> name, note <-> note", "note <-> note, name <-> name"))
                == "a run carried out a job file that says the same in another order")
    }

    @Test("where the parts are not known it says no more than that it changed")
    func unknown() throws {
        var after = try standing(Self.before)
        after.definitionParts = [:]
        #expect(
            JobChange(from: ["": "x", "'match'": "y"], to: after)?.sentence
                == "a run carried out a job file that says something else of its records than before")
        #expect(JobChange(from: nil, to: after)?.sentence == nil)
    }

    @Test("many parts are counted")
    func many() {
        var after = TellingTests.sync()
        after.definition = "b"
        after.definitionParts = Dictionary(uniqueKeysWithValues: (10...20).map { ("'f\($0)'", "x") })
        #expect(
            JobChange(from: ["": "a", "'f10'": "x"], to: after)?.sentence
                == Self.head + "new: 'f11', 'f12', 'f13', 'f14', 'f15', 'f16', 'f17', 'f18' and 2 more")
    }
}
