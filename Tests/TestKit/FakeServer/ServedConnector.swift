import Model
package import Runner

extension Connector {
    /// Fake servers, by connection and collection, as `desk/things`; other connections by their type.
    package static func servers(_ servers: [String: FakeServer]) -> Connector {
        let others = Connector.catalogue
        return Connector(isLocal: { connection in
            !servers.keys.contains { $0.hasPrefix(connection.name + "/") } && others.isLocal(connection)
        }) { (connection, settings, collection, disk) throws(EndpointFailure) in
            if let server = servers["\(connection.name)/\(collection)"] { return server.endpoint }
            return try others.endpoint(connection, settings, collection, disk)
        }
    }
}
