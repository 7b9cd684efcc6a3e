import Foundation
import Synchronization

/// A server on 127.0.0.1 with a data folder of its own. It ends with ``stop()``, with the last reference, or with the process of the
/// tests, however that ends: its script waits for the end of its input.
package final class RunningServer: Sendable {
    package let kind: ServerKind
    package let port: Int
    package let folder: String
    package let credentials: Credentials
    private let held: Mutex<(process: Process, input: Pipe)?>

    /// Where the paths begin that the server's documentation tells; no slash at its end.
    package var baseURL: String {
        switch kind {
        case .caddy: "https://localhost:\(port)"
        case .postgres: "postgresql://127.0.0.1:\(port)"
        default: "http://127.0.0.1:\(port)\(kind.path)"
        }
    }

    private init(_ kind: ServerKind, port: Int, folder: String, process: Process, input: Pipe) throws {
        self.kind = kind
        self.port = port
        self.folder = folder
        held = Mutex((process, input))
        credentials =
            switch kind {
            case .redmine: .header(name: "X-Redmine-API-Key", value: "0123456789abcdef0123456789abcdef01234567")
            case .roundup, .kinto, .djhelpdesk: .basic(user: "admin", password: "adminpw")
            case .postgres: .basic(user: "postgres", password: "postgres")
            case .myworld:
                .bearer(
                    try String(contentsOfFile: folder + "/token", encoding: .utf8).trimmingCharacters(in: .newlines))
            case .jira820, .faults, .caddy: .none
            case .vendormock: .bearer("key")
            }
    }

    deinit { _ = letGo() }

    /// - Parameter settings: environment of its script, which tells what there is.
    package static func start(_ kind: ServerKind, settings: [String: String] = [:]) async throws -> RunningServer {
        try await Command.aside {
            var said = ""
            // A port that was free may be taken by somebody else in between.
            for _ in 0..<3 {
                do { return try launch(kind, settings) } catch let failure as ServerFailure {
                    said = failure.description
                }
            }
            throw ServerFailure("\(kind.rawValue) does not start: \(said)")
        }
    }

    private static func launch(_ kind: ServerKind, _ settings: [String: String]) throws -> RunningServer {
        let (port, folder) = (try freePort(), try scratchFolder())
        let process = Process()
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(filePath: kind.script)
        process.arguments = ["hold", String(port), folder]
        process.environment = ProcessInfo.processInfo.environment.merging(settings) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        for pipe in [input, output, errors] { pipe.closeOnExec() }
        try process.run()
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard said == "ready\n" else {
            throw ServerFailure(String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
        }
        return try RunningServer(kind, port: port, folder: folder, process: process, input: input)
    }

    /// The one that all tests of this process share: started by the first that asks.
    package static func shared(_ kind: ServerKind, settings: [String: String] = [:]) async throws -> RunningServer {
        try await Shared.servers.server(kind, settings).value
    }

    /// Ends it, and waits until it is gone. Does nothing the second time.
    package func stop() async throws {
        guard let (process, _) = letGo() else { return }
        try await Command.aside { process.waitUntilExit() }
    }

    private func letGo() -> (Process, Pipe)? {
        let holding = held.withLock { held -> (process: Process, input: Pipe)? in
            defer { held = nil }
            return held
        }
        try? holding?.input.fileHandleForWriting.close()
        return holding.map { ($0.process, $0.input) }
    }

    /// Asks it by curl.
    /// - Parameter path: what follows ``baseURL``.
    package func ask(
        _ method: String, _ path: String, as credentials: Credentials? = nil,
        headers: [(name: String, value: String)] = [], body: String? = nil
    ) async throws -> CurlAnswer {
        let origin = "http://127.0.0.1:\(port)"
        let wanted =
            kind == .roundup ? [("X-Requested-With", "rest"), ("Origin", origin), ("Referer", origin + "/t/")] : []
        return try await Curl.ask(
            method, baseURL + path, headers: (credentials ?? self.credentials).headers + wanted + headers, body: body)
    }
}

private actor Shared {
    static let servers = Shared()
    private var started: [ServerKind: Task<RunningServer, any Error>] = [:]

    func server(_ kind: ServerKind, _ settings: [String: String]) -> Task<RunningServer, any Error> {
        if let known = started[kind] { return known }
        let task = Task { try await RunningServer.start(kind, settings: settings) }
        started[kind] = task
        return task
    }
}

/// A port that nobody has: below those that the system gives to connections.
private func freePort() throws -> Int {
    for _ in 0..<100 {
        let port = UInt16.random(in: 10_000..<30_000)
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if bound == 0 { return Int(port) }
    }
    throw ServerFailure("no port is free")
}

/// Others may look into it: a server that gives up the superuser has its data there.
private func scratchFolder() throws -> String {
    let root = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(root)/lockstep-server-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw ServerFailure("no folder can be made in \(root)") }
    chmod(made, 0o755)
    return String(cString: made)
}
