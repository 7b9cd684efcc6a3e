import Connectors
import HTTP
import Model
import REST
import Synchronization
import Values

/// The ways to the systems of a run: one for each connection, so that all its syncs keep its limits together.
final class SystemConnections: Sendable {
    private let accesses = Mutex<[String: SystemAccess]>([:])
    private let connections = HTTPConnections()

    func endpoint(
        _ connection: Connection, _ definition: SystemDefinition, _ settings: ResolvedSettings, _ collection: String,
        _ world: World
    ) throws(EndpointFailure) -> any Endpoint {
        try SystemEndpoint(access(connection, definition, settings, world), collection: collection, settings: settings)
    }

    private func access(
        _ connection: Connection, _ definition: SystemDefinition, _ settings: ResolvedSettings, _ world: World
    ) -> SystemAccess {
        accesses.withLock { accesses in
            if let known = accesses[connection.name] { return known }
            let patience = world.patience
            let access = SystemAccess(
                definition, transport(settings, world),
                SystemClock(now: world.now, wait: patience.wait, random: world.random), settings: settings)
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
        return connections.transport(options)
    }
}
