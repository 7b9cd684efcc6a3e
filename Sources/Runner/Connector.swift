import Connectors
package import FileIO
package import Model

/// Reaches collections: by the connectors that there are, or as a test has it.
package struct Connector: Sendable {
    package typealias Reach =
        @Sendable (_ connection: Connection, _ settings: ResolvedSettings, _ collection: String, _ disk: Disk)
        throws(EndpointFailure) -> any Endpoint

    package let endpoint: Reach

    package init(_ endpoint: @escaping Reach) { self.endpoint = endpoint }

    /// By the connector that the type of the connection names.
    package static let catalogue = Connector { (connection, settings, collection, disk) throws(EndpointFailure) in
        try ConnectorCatalogue.endpoint(
            type: connection.type, settings: settings, collection: collection, folder: "", disk: disk)
    }
}
