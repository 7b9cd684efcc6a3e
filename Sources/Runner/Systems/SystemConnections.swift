import Connectors
import HTTP
import Model
import REST
import StateStore
import Synchronization
import Values

/// The ways to the systems of a run: one for each connection, so that all its syncs keep its limits together.
final class SystemConnections: Sendable {
    private let accesses = Mutex<[String: SystemAccess]>([:])
    private let connections = HTTPConnections()
    private let depot: Mutex<FileDepot?>

    /// - Parameter depot: where files lie on their way; nil for a place of its own.
    init(depot: FileDepot? = nil) { self.depot = Mutex(depot) }

    deinit { flush() }

    /// Has kept what runs count, and what they know of files.
    func flush() {
        for access in accesses.withLock({ Array($0.values) }) {
            access.calls.flush()
            access.digests.flush()
        }
    }

    private func depot(_ state: StateFolder) -> FileDepot {
        depot.withLock { depot in
            let known = depot ?? .onDisk(state)
            depot = known
            return known
        }
    }

    func endpoint(
        _ connection: Connection, _ definition: SystemDefinition, _ settings: ResolvedSettings, _ collection: String,
        _ state: StateFolder, _ world: World
    ) throws(EndpointFailure) -> any Endpoint {
        let access = access(connection, definition, settings, state, world)
        return try SystemEndpoint(access, collection: collection, settings: settings)
    }

    private func access(
        _ connection: Connection, _ definition: SystemDefinition, _ settings: ResolvedSettings, _ state: StateFolder,
        _ world: World
    ) -> SystemAccess {
        accesses.withLock { accesses in
            if let known = accesses[connection.name] { return known }
            let patience = world.patience
            let kept = TokenFolder(state, connection: connection.name)
            let access = SystemAccess(
                definition, transport(settings, world),
                SystemClock(now: world.now, wait: patience.wait, random: world.random), settings: settings,
                tokens: kept.tokenFile(world), calls: kept.callCount(settings), files: depot(state),
                digests: .kept(state, connection: connection.name))
            accesses[connection.name] = access
            return access
        }
    }

    private func transport(_ settings: ResolvedSettings, _ world: World) -> HTTPTransport {
        var options = HTTPOptions()
        options.caFile = settings.text("ca_file")
        if let proxy = settings.text("proxy") {
            options.proxies = ProxyRules(proxy: Secret(proxy))
        } else {
            let names = ["HTTPS_PROXY", "https_proxy", "http_proxy", "NO_PROXY", "no_proxy"]
            options.proxies = ProxyRules(
                environment: Dictionary(
                    uniqueKeysWithValues: names.compactMap { name in
                        world.environment(name).map { (name, $0) }
                    }))
        }
        if let seconds = settings.text("timeout").flatMap({ Int64($0) }), seconds > 0 {
            options.read = .seconds(seconds)
            options.whole = .seconds(seconds * 5)
        }
        return world.transport?(options) ?? connections.transport(options)
    }
}
