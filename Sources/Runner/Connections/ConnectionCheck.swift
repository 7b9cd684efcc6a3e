import Connectors
import Diagnostics
import FileIO
import JobFiles
import Model
import StateStore

/// Asks a connection whether it works: one request, the cheapest that it has; of files, whether they may be read and written. Nothing is
/// written, and nothing is remembered.
package struct ConnectionCheck: Sendable {
    /// What can be wrong with a connection, in the order in which it is come upon.
    package enum Part: String, Sendable, CaseIterable {
        case settings
        /// The folder or file of files.
        case path
        case name, network, tls, credentials, permission
        /// It works, and asks to be left alone for a while.
        case busy
        /// It answers as none of its kind does.
        case answer
    }

    package struct Result: Sendable {
        package var connection: String
        package var place: String
        /// The part that failed; nil where none did.
        package var failed: Part?
        /// The stable name of what is wrong, as `why` has it; nil where nothing is.
        package var cause: String?
        /// What was found, as a sentence without its full stop.
        package var text: String
        /// What mends it, where something failed.
        package var remedy: String?

        /// Whether it does not work, and will not by itself.
        package var isBroken: Bool { failed != nil && failed != .busy }
    }

    private let connection: Connection
    private let workspace: Workspace
    private let world: World

    /// nil where the job files have no such connection.
    package init?(_ name: String, _ workspace: Workspace, world: World) {
        guard let connection = workspace.checked.connections[name] else { return nil }
        self.connection = connection
        self.workspace = workspace
        self.world = world
    }

    /// Asks all of some connections at once, so that one that hangs delays no other; the results come in the order of the names.
    package static func all(_ names: [String], _ workspace: Workspace, world: World) async -> [Result] {
        let checks = names.compactMap { ConnectionCheck($0, workspace, world: world) }
        return await withTaskGroup(of: (Int, Result).self) { tasks in
            for (number, check) in checks.enumerated() { tasks.addTask { (number, await check()) } }
            var results: [(Int, Result)] = []
            for await result in tasks { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    package func callAsFunction() async -> Result {
        guard let type = workspace.systems.type(named: connection.type) else {
            return failed(.settings, "bad-setting", "there is no connector '\(connection.type)'")
        }
        let settings: ResolvedSettings
        do throws(SettingFailure) {
            let none = CollectionReference(name: "", place: connection.place)
            settings = try SettingsResolution(world: world).resolve(connection, none, type)
        } catch {
            let diagnostic = error.diagnostic
            var result = failed(.settings, RunFailure.settings(diagnostic).cause, diagnostic.message)
            result.place = diagnostic.place?.fileAndLine ?? result.place
            return result
        }
        if world.connect.isLocal(connection) { return checked(settings.text("path")) }
        return await asked()
    }

    /// Whether the files below a path may be read and written: each is replaced by another, so that its folder must be writable.
    private func checked(_ path: String?) -> Result {
        guard let path else { return works("its records are in memory") }
        do throws(FileFailure) {
            guard let identity = try world.disk.identity(path) else {
                return failed(.path, "collection-unavailable", "there is no file or folder \(path)")
            }
            let folder = identity.isFolder ? path : folder(of: path)
            guard try world.disk.mayRead(path) else {
                return failed(.permission, "collection-unavailable", "\(path) may not be read")
            }
            guard try world.disk.mayWrite(folder) else {
                return failed(.permission, "collection-unavailable", "\(folder) may not be written to")
            }
            return works("\(path) may be read and written")
        } catch {
            return failed(.path, "collection-unavailable", error.description)
        }
    }

    private func asked() async -> Result {
        guard let use = workspace.uses(of: connection.name).first else {
            return works("no sync uses it, so it was not asked")
        }
        let runner = JobRunner(workspace, world: world, evenIfNotDue: true)
        do throws(RunFailure) {
            let endpoint = try runner.endpoint(use.side, use.job, use.sync)
            do throws(EndpointFailure) {
                try await endpoint.probe()
            } catch {
                throw .endpoint(use.side, error)
            }
            return works("it answers")
        } catch {
            return result(error)
        }
    }

    private func result(_ failure: RunFailure) -> Result {
        guard case .endpoint(_, let failure) = failure else {
            return failed(.settings, failure.cause, FailureWords(failure).sentence)
        }
        var result = failed(Part(failure), RunFailure.endpoint(.left, failure).cause, FailureWords.sentence(failure))
        guard let health = ConnectionHealth(failure, now: world.now()),
            let trouble = ConnectionTrouble(connection.name, health, isFirst: true)
        else { return result }
        result.remedy = trouble.mending
        return result
    }

    private func works(_ text: String) -> Result {
        Result(connection: connection.name, place: connection.place.fileAndLine, text: text)
    }

    private func failed(_ part: Part, _ cause: String, _ text: String) -> Result {
        Result(
            connection: connection.name, place: connection.place.fileAndLine, failed: part, cause: cause, text: text)
    }
}

extension ConnectionCheck.Part {
    fileprivate init(_ failure: EndpointFailure) {
        switch failure {
        case .unauthorised(_, let fault): self.init(fault?.part ?? .credentials)
        case .unreachable(_, let fault): self.init(fault?.part ?? .network)
        case .forbidden: self = .permission
        case .misconfigured: self = .settings
        case .busy: self = .busy
        case .malformed, .unavailable, .changedMeanwhile, .uncertain: self = .answer
        }
    }

    private init(_ part: ConnectionFault.Part) {
        switch part {
        case .name: self = .name
        case .network: self = .network
        case .tls: self = .tls
        case .credentials: self = .credentials
        case .permission: self = .permission
        }
    }
}
