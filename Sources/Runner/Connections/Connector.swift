import Connectors
package import FileIO
package import Model

/// Reaches collections: by the connectors that there are, or as a test has it.
package struct Connector: Sendable {
    package typealias Reach =
        @Sendable (_ connection: Connection, _ settings: ResolvedSettings, _ collection: String, _ disk: Disk)
        throws(EndpointFailure) -> any Endpoint

    package let endpoint: Reach

    /// Whether what a connection reaches lies on this host, as files do: that is known without reaching it.
    package let isLocal: @Sendable (Connection) -> Bool

    /// Whether it stands in for the systems themselves, as in a test.
    let isStandIn: Bool

    package init(isLocal: @escaping @Sendable (Connection) -> Bool = { _ in false }, _ endpoint: @escaping Reach) {
        self.init(isStandIn: true, isLocal: isLocal, endpoint)
    }

    private init(isStandIn: Bool, isLocal: @escaping @Sendable (Connection) -> Bool, _ endpoint: @escaping Reach) {
        self.isStandIn = isStandIn
        self.isLocal = isLocal
        self.endpoint = endpoint
    }

    /// By the connector that the type of the connection names.
    package static let catalogue = Connector(isStandIn: false, isLocal: { ConnectorCatalogue.isLocal($0.type) }) {
        (connection, settings, collection, disk) throws(EndpointFailure) in
        try ConnectorCatalogue.endpoint(
            type: connection.type, settings: settings, collection: collection, folder: "", disk: disk)
    }
}

extension Workspace {
    /// The collection of a connection.
    func endpoint(
        _ connection: Connection, _ settings: ResolvedSettings, _ collection: String, _ world: World
    ) throws(EndpointFailure) -> any Endpoint {
        guard !world.connect.isStandIn, let definition = systems.definition(named: connection.type) else {
            return try world.connect.endpoint(connection, settings, collection, world.disk)
        }
        return try systemConnections.endpoint(connection, definition, settings, collection, state(world), world)
    }
}
