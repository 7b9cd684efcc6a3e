import Connectors
import Diagnostics
import FileIO
import JobFiles
import Model
import Runner
import TestKit
import Values

/// Jobs, data and state in a folder of their own, and a world in which it is always the same time.
struct Story {
    let scratch: ScratchFolder
    /// What the disk is asked; may throw in its place.
    var disk = Disk()
    /// How collections are reached.
    var connect = Connector.catalogue

    /// Takes how long a run waits for systems that ask for it; where there is none, runs have no time for that.
    var wait: (@Sendable (Duration) -> Void)?
    /// Why runs are to stop.
    var stop: @Sendable () -> Stop? = { nil }

    /// What the clock says.
    var clock = Self.now

    static let now = "2026-11-21T10:00:00Z"

    /// - Parameters:
    ///   - jobs: the lines of the file `crm.yaml` from `syncs:` on.
    ///   - left, right: files of the two data folders, JSON Lines on the left and CSV on the right.
    init(_ syncs: String, left: [String: String], right: [String: String]) throws {
        scratch = try ScratchFolder()
        for folder in ["jobs", "left", "right"] { try Disk().makeFolder(scratch.path + "/" + folder) }
        try scratch.write("jobs/crm.yaml", "job: crm\nleft: desk\nright: shop\n" + syncs + "\n")
        try scratch.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: jsonl, path: \(scratch.path)/left}
              shop: {type: csv, path: \(scratch.path)/right}

            """)
        for (name, text) in left { try scratch.write("left/\(name).jsonl", text) }
        for (name, text) in right { try scratch.write("right/\(name).csv", text) }
    }

    /// A job whose sides are fake servers; its collections are reached by ``Connector/servers(_:)``.
    ///
    /// - Parameters:
    ///   - syncs: the lines of the file `crm.yaml` from `syncs:` on.
    ///   - servers: by connection, which is `desk` on the left and `shop` on the right, and collection, as `desk/things`.
    init(_ syncs: String, servers: [String: FakeServer]) throws {
        try self.init(empty: [])
        try scratch.write("jobs/crm.yaml", "job: crm\nleft: desk\nright: shop\n" + syncs + "\n")
        try scratch.write("jobs/connections.yaml", "connections:\n  desk: {type: memory}\n  shop: {type: memory}\n")
        connect = .servers(servers)
    }

    /// Folders without content, for a story that brings its own files.
    init(empty folders: [String]) throws {
        scratch = try ScratchFolder()
        for folder in ["jobs"] + folders { try Disk().makeFolder(scratch.path + "/" + folder) }
    }

    var path: String { scratch.path }

    func text(_ name: String) throws -> String { try scratch.text(name) }

    func write(_ name: String, _ text: String) throws { try scratch.write(name, text) }

    /// Puts one text in the place of another, which stands in the file once.
    func edit(_ name: String, _ old: String, _ new: String) throws {
        let parts = try text(name).split(separator: old, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Breach("'\(old)' stands \(parts.count - 1) times in \(name)") }
        try write(name, parts.joined(separator: new))
    }

    var world: World {
        let now = Timestamp(clock) ?? .earliest
        var world = World(
            now: { now }, environment: { _ in nil }, disk: disk,
            holder: { "the test" })
        let wait = wait
        world.timeLeft = { wait == nil ? .zero : nil }
        world.pause = { wait?($0) }
        world.random = { 0.5 }
        world.stop = stop
        world.connect = connect
        return world
    }

    func workspace() throws -> Workspace {
        let workspace = try Workspace.load(jobs: path + "/jobs", state: path + "/state", world: world)
        guard !workspace.checked.hasErrors else {
            throw Breach(HumanRenderer { workspace.sources[$0] }.render(workspace.diagnostics))
        }
        return workspace
    }

    func reports(_ mode: JobRunner.Mode, _ names: [String] = []) async throws -> [SyncReport] {
        try await JobRunner(try workspace(), world: world, evenIfNotDue: true).run(Selection(names), mode)
    }

    /// Runs everything, and tells each sync in short.
    @discardableResult
    func run(accepting digest: String? = nil) async throws -> String {
        try await reports(.run(accepting: digest)).map(\.short).joined(separator: "; ")
    }

    func plan() async throws -> String {
        try await reports(.plan).map(\.short).joined(separator: "; ")
    }

    /// What is held, as `status` shows it.
    func held() throws -> [String] {
        try workspace().status(Selection(), world: world).flatMap { status in
            status.held.map { "\($0.state.rawValue) \($0.ids.left ?? "")=\($0.ids.right ?? "") \($0.cause)" }
        }
    }

    /// Every file below the folder, with what would tell that it was written: bytes, times, inode.
    func everything() throws -> [String: [String]] {
        var all: [String: [String]] = [:]
        var folders = [path]
        while let folder = folders.popLast() {
            for name in try Disk().list(folder) {
                let file = folder + "/" + name
                guard let identity = try Disk().identity(file) else { continue }
                if identity.isFolder {
                    folders.append(file)
                } else {
                    all[file] = ["\(identity)", String(decoding: try Disk().read(file), as: UTF8.self)]
                }
            }
        }
        return all
    }
}

extension SyncReport {
    /// Such as `things right +2 ~1 -0, held 1`, or what else came of it.
    var short: String {
        let name = sync.sync
        switch outcome {
        case .untouched: return "\(name) untouched"
        case .planned:
            // A plan wrote nothing: what it would write is shown.
            let counts = written.left.total + written.right.total == 0 ? plan?.counts ?? written : written
            let parts = Side.allCases.compactMap { side -> String? in
                let count = counts[side]
                return count.total == 0 ? nil : " \(side) +\(count.creates) ~\(count.updates) -\(count.deletes)"
            }
            return name + (parts.isEmpty ? " nothing" : parts.joined(separator: ","))
                + (items.isEmpty ? "" : ", held \(items.count)")
        case .refused(let refusals):
            return "\(name) brake: " + refusals.map { BrakeWords(sync, $0).sentence }.joined(separator: ", ")
        case .failed(let failure): return "\(name) failed: " + FailureWords(failure).sentence
        case .disconnected(let trouble): return "\(name) stopped: " + trouble.sentence
        case .locked(let holder): return "\(name) locked by \(holder)"
        case .waits(let parent): return "\(name) waits for \(parent)"
        case .stopped(let stop, let left): return "\(name) \(stop.words), \(left.map { "left \($0)" } ?? "not run")"
        case .notDue: return "\(name) not due"
        case .tooSoon: return "\(name) too soon"
        case .disabled: return "\(name) disabled"
        case .paused: return "\(name) paused"
        }
    }
}
