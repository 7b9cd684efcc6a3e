import FileIO
import JobFiles
import Model
import StateStore
import TestKit
import Testing
import Values

@testable import Runner

/// Two fake servers with a job between them, and who is told of it.
struct ToldRun {
    var story: Story
    let servers: [String: FakeServer]
    /// More than the usual: on a machine at work no server here is slow on purpose.
    var tellingTime = Duration.seconds(200)
    /// Variables of the environment.
    var variables: [String: String] = [:]

    private static func syncs(_ further: String, _ note: String) -> String {
        """
        syncs:
          first:
            left: first
            right: first
            match: id <-> id
            retry: {attempts: 1000, backoff: 1s}
            \(further)
            fields:
              - id <-> id
              - \(note)
          second:
            left: second
            right: second
            match: id <-> id
            fields: [id <-> id, note <-> note]
        """
    }

    /// - Parameters:
    ///   - notify: the entries of `notify`.
    ///   - further: lines of the sync `first`.
    ///   - note: the arrow of its note.
    init(
        _ notify: String, records: Int = 2, further: String = "deletes: ignore", note: String = "note <-> note"
    ) throws {
        var servers: [String: FakeServer] = [:]
        for name in ["desk/first", "desk/second", "shop/first", "shop/second"] { servers[name] = FakeServer() }
        self.servers = servers
        story = try Story(ToldRun.syncs(further, note), servers: servers)
        try self.notify(notify)
        for number in 1...records {
            servers["desk/first"]?.put(["id": .int(Int64(number)), "note": .text("a")])
        }
        servers["desk/second"]?.put(["id": .int(1), "note": .text("a")])
    }

    subscript(_ name: String) -> FakeServer { servers[name] ?? FakeServer() }

    func notify(_ entries: String) throws {
        try story.write(
            "jobs/connections.yaml",
            "connections:\n  desk: {type: memory}\n  shop: {type: memory}\nnotify:\n" + entries + "\n")
    }

    func world(at seconds: Int64) -> World {
        var world = story.world
        let now = (Timestamp(Story.now) ?? .earliest).seconds + seconds
        world.now = { Timestamp(seconds: now) ?? .earliest }
        let variables = variables
        world.environment = { variables[$0] }
        world.host = { "ops1" }
        world.tellingTime = tellingTime
        return world
    }

    func workspace(_ world: World) throws -> Workspace {
        let workspace = try Workspace.load(jobs: story.path + "/jobs", state: story.path + "/state", world: world)
        #expect(!workspace.checked.hasErrors, "\(workspace.diagnostics)")
        return workspace
    }

    /// Runs everything and tells of it, as the command does.
    ///
    /// - Returns: what could not be told.
    @discardableResult
    func run(
        at seconds: Int64, accepting digest: String? = nil, deliver: (@Sendable (Parcel) async -> ParcelEnd)? = nil
    ) async throws -> [String] {
        var world = world(at: seconds)
        if let deliver { world.deliver = deliver }
        let workspace = try workspace(world)
        let notifying = Notifying(workspace, world)
        await notifying.begin(["crm"])
        let runner = JobRunner(workspace, world: world, evenIfNotDue: true)
        let reports = try await runner.run(Selection([]), .run(accepting: digest))
        let isWell = reports.allSatisfy { !$0.isBroken && $0.heldRecords.isEmpty }
        return await notifying.end(["crm"]) { _ in isWell ? 0 : 1 }
    }

    func book() throws -> NotifierBook { try StateFolder(story.path + "/state", disk: Disk()).notifications() }
}
