import FileIO
import Glibc
import Runner
import Synchronization
import TestKit
import Testing
import Values

@testable import lockstep

/// A folder, a clock that stands still, an environment and servers: what a command meets in a test.
final class TestWorld: Sendable {
    let folder: ScratchFolder
    private let clock: Mutex<Timestamp>
    private let environment = Mutex<[String: String]>([:])
    /// What stands behind connections that are no files.
    let systems = Systems()
    let web = WebShop()
    /// The locks that somebody else holds.
    private let locks = Mutex<[String: FileLock]>([:])

    init() throws {
        folder = try ScratchFolder()
        clock = Mutex(try #require(Timestamp("2026-11-21T10:00:00Z")))
    }

    var world: World {
        var world = World(
            now: { self.clock.withLock { $0 } }, environment: { name in self.environment.withLock { $0[name] } },
            holder: { "process 4711 since noon" }, timeZones: folder.path + "/zones")
        world.user = { "ada" }
        world.program = { "/usr/bin/lockstep" }
        world.workingFolder = { "/srv/sync" }
        if !systems.isEmpty { world.connect = systems.connector }
        if web.isOpen { world.transport = { [web] _ in web.transport } }
        // Whoever waits for a server waits by this clock.
        if !systems.isEmpty || web.isOpen { world.pause = { self.advance($0) } }
        return world
    }

    func advance(_ duration: Duration) {
        clock.withLock { $0 = $0.adding(duration) ?? $0 }
    }

    func set(_ name: String, _ value: String?) {
        environment.withLock { $0[name] = value }
    }

    /// Writes a file of the folder; `@/` in it stands for the folder.
    func write(_ name: String, _ text: String) throws {
        try Disk().makeFolder(FileIO.folder(of: folder.path + "/" + name))
        try folder.write(name, text.replacing("@/", with: folder.path + "/"))
    }

    /// A file of the folder; nil where there is none.
    func read(_ name: String) throws -> String? {
        try Disk().readIfPresent(folder.path + "/" + name).map { shown(String(decoding: $0, as: UTF8.self)) }
    }

    /// Changes the mode of a file as `chmod` does: `444`, or `u+rw`.
    func changeMode(of path: String, _ mode: String) throws {
        let now = try #require(try Disk().identity(path)).permissions
        let added: [String: UInt32] = ["u+rw": 0o600, "u+rwx": 0o700]
        let wanted = try #require(added[mode].map { now | $0 } ?? UInt32(mode, radix: 8), "no such mode: \(mode)")
        #expect(chmod(path, mode_t(wanted)) == 0)
    }

    func remove(_ name: String) throws { try Disk().remove(folder.path + "/" + name) }

    /// Another process begins to work on a sync, as long as it says.
    func lock(_ sync: String, holder: String) throws {
        let path = folder.path + "/.lockstep/" + sync
        try Disk().makeFolder(path)
        guard case .taken(let lock) = try Disk().lock(path + "/lock", holder: holder) else { return }
        locks.withLock { $0[sync] = lock }
    }

    func unlock(_ sync: String) { locks.withLock { $0[sync] = nil } }

    /// A text with the folder's own path left out.
    func shown(_ text: String) -> String { text.replacing(folder.path + "/", with: "") }

    /// Runs a command in the folder.
    func run(_ arguments: [String], on console: Console) async -> CommandEnd {
        var arguments = arguments.map { $0.replacing("@/", with: folder.path + "/") }
        if let command = arguments.first, Self.commands.contains(command) {
            arguments += ["--jobs", folder.path + "/jobs", "--state", folder.path + "/.lockstep"]
        }
        return await Lockstep.run(arguments, world: world, console: console)
    }

    private static let commands: Set<String> = [
        "check", "plan", "apply", "run", "status", "undo", "resolve", "link", "unlink", "verify", "resync", "retry",
        "why",
        "pause", "resume", "items", "log", "schedule", "test", "connections", "discover",
        "connector", "ingest",
    ]
}
