import FileIO
import Runner
import Synchronization
import TestKit
import TestServers

@testable import lockstep

/// A folder with job files, in which commands talk to servers.
final class SystemFolder: Sendable {
    let folder: ScratchFolder
    private let secret: String

    /// - Parameter secret: what `${SECRET}` stands for.
    init(_ connections: String, secret: String = "adminpw") throws {
        folder = try ScratchFolder(inMemory: true)
        self.secret = secret
        try write("jobs/connections.yaml", "connections:\n" + connections)
    }

    /// Writes a file; `@/` in it stands for the folder.
    func write(_ name: String, _ text: String) throws {
        try Disk().makeFolder(FileIO.folder(of: folder.path + "/" + name))
        try folder.write(name, text.replacing("@/", with: folder.path + "/"))
    }

    func run(_ arguments: String...) async -> (end: CommandEnd, output: String) { await run(arguments) }

    func run(_ arguments: [String]) async -> (end: CommandEnd, output: String) {
        let said = Mutex("")
        let console = Console(isTerminal: .init(output: false, errors: false)) { _, bytes in
            said.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
            return 0
        }
        var world = World.live
        world.environment = { [secret] in $0 == "SECRET" ? secret : nil }
        let places = ["--jobs", folder.path + "/jobs", "--state", folder.path + "/.lockstep"]
        let end = await Lockstep.run(arguments + places, world: world, console: console)
        return (end, said.withLock { $0 })
    }
}

extension RunningServer {
    /// Where the system itself is, as a connection has it.
    var url: String { kind.url(port) }

    /// A line of `connections.yaml`.
    func connection(_ name: String, _ type: String, _ settings: String) -> String {
        "  \(name): {type: \(type), url: \"\(url)\", \(settings)}\n"
    }
}

extension FaultProxy {
    var url: String { kind.url(port) }
}

extension ServerKind {
    fileprivate func url(_ port: Int) -> String { "http://127.0.0.1:\(port)" + (self == .roundup ? "/t" : "") }
}
