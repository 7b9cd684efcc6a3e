import Diagnostics
import FileIO
import JobFiles
import Model
import TestKit
import Testing
import Values

@testable import Runner

/// A copy of the jobs of this repository, or of a small one, whose records are edited and recorded as tests.
struct RecordedStory {
    let folder: ScratchFolder

    /// The repository's own jobs.
    init() throws {
        folder = try ScratchFolder(inMemory: true)
        let root = String(#filePath.dropLast("/Tests/RunnerTests/Recording/RecordedStory.swift".count))
        for part in ["jobs", "jobs/data/helpdesk", "jobs/data/portal"] {
            try Disk().makeFolder(folder.path + "/" + part)
            for name in try Disk().list(root + "/" + part) {
                guard try Disk().identity("\(root)/\(part)/\(name)")?.isFolder == false else { continue }
                try folder.write("\(part)/\(name)", try Disk().read("\(root)/\(part)/\(name)"))
            }
        }
        try edit("jobs/connections.yaml", "path: jobs/", "path: \(folder.path)/jobs/")
    }

    /// A job with one sync, `crm/people`, from people.jsonl to contacts.jsonl.
    ///
    /// - Parameter lines: the keys of the sync below its collections.
    init(_ lines: String, people: String, contacts: String = "") throws {
        folder = try ScratchFolder(inMemory: true)
        for part in ["jobs", "left", "right"] { try Disk().makeFolder(folder.path + "/" + part) }
        try folder.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: jsonl, path: "\(folder.path)/left"}
              shop: {type: jsonl, path: "\(folder.path)/right"}
            """)
        let keys = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
        try folder.write(
            "jobs/crm.yaml",
            """
            job: crm
            left: desk
            right: shop
            syncs:
              people:
                left: people
                right: {collection: contacts, new_id: "C-{n}"}
            \(keys)
            """)
        try folder.write("left/people.jsonl", people)
        try folder.write("right/contacts.jsonl", contacts)
    }

    var world: World {
        World(
            now: { Timestamp("2026-11-21T10:00:00Z") ?? .earliest }, environment: { _ in nil },
            holder: { "process 1" })
    }

    func workspace() throws -> Workspace {
        try Workspace.load(jobs: folder.path + "/jobs", state: folder.path + "/.lockstep", world: world)
    }

    func edit(_ file: String, _ old: String, _ new: String) throws {
        let text = try folder.text(file)
        try #require(text.contains(old), "\(file) has no '\(old)'")
        try folder.write(file, text.replacing(old, with: new))
    }

    func run() async throws {
        let runner = JobRunner(try workspace(), world: world, evenIfNotDue: true)
        for report in try await runner.run(Selection([]), .run(accepting: nil)) {
            if case .failed(let failure) = report.outcome { Issue.record("\(report.sync): \(failure)") }
        }
    }

    func record(
        _ id: String, of sync: String = "crm/people", name: String? = nil, masked: Bool = false, printed: Bool = false
    ) async throws -> RecordedTest {
        let name = (name, try #require(SyncName(sync)))
        let named = NamedSync(name.1, try workspace(), world: world)
        return try await RecordTest(
            RecordName(id), of: named, name: name.0, isMasked: masked, isPrinted: printed)()
    }

    /// The tests of all files, and what is not as one of them expects.
    func play() async throws -> (count: Int, failures: [String]) {
        let workspace = try workspace()
        let wrong = workspace.checked.diagnostics.filter { $0.severity == .error }.map(\.message)
        let results = await TestRun(workspace, world: world)([])
        return (
            results.count,
            wrong + results.flatMap { result in result.failures.map { "\(result.test.name): \($0.message)" } }
        )
    }
}
