package import FileIO
package import Model
internal import Values

extension ConnectorCatalogue {
    /// Makes the endpoint of a collection. Settings are those of the collection over those of its connection; a
    /// relative path lies below the folder.
    ///
    /// - Parameter memory: the collections of the `memory` connector, by name; one that is not there is new and empty.
    /// - Throws: `misconfigured` for settings that make no endpoint, `unavailable` where the connection's path names
    ///   nothing.
    package static func endpoint(
        type: String, settings: ResolvedSettings, collection: String, folder: String, disk: Disk,
        memory: [String: MemoryEndpoint] = [:]
    ) throws(EndpointFailure) -> any Endpoint {
        func file(_ ending: String) throws(EndpointFailure) -> CollectionFile {
            try collectionFile(settings, collection: collection, ending: ending, folder: folder, disk: disk)
        }
        switch type {
        case "csv", "tsv":
            return FileEndpoint(file: try file(type), format: try separated(type, settings))
        case "jsonl":
            return FileEndpoint(file: try file(type), format: try JSONLinesFormat(settings))
        case "json":
            return FileEndpoint(file: try file(type), format: try JSONArrayFormat(settings))
        case "memory":
            if let known = memory[collection] { return known }
            return try MemoryEndpoint(settings)
        default:
            throw unknown(type)
        }
    }

    /// What a collection can do, as far as settings say: nothing is asked, and nothing has to be there.
    ///
    /// - Throws: `misconfigured` for settings that make no endpoint.
    package static func capabilities(
        type: String, settings: ResolvedSettings
    ) throws(EndpointFailure) -> Capabilities {
        switch type {
        case "csv", "tsv": try separated(type, settings).capabilities
        case "jsonl": try JSONLinesFormat(settings).capabilities
        case "json": try JSONArrayFormat(settings).capabilities
        case "memory": try MemoryEndpoint(settings).capabilities
        default: throw unknown(type)
        }
    }

    private static func unknown(_ type: String) -> EndpointFailure {
        .misconfigured(
            message: self.type(named: type) == nil
                ? "there is no connector '\(type)'" : "the connector '\(type)' is not built yet")
    }

    private static func separated(_ type: String, _ settings: ResolvedSettings) throws(EndpointFailure) -> CSVFormat {
        let records = try RecordSettings(settings) { FieldPath($0) }
        var delimiter = type == "tsv" ? Byte.tab : UInt8(ascii: ",")
        if type == "csv", let text = settings.text("delimiter") {
            let bytes = Array(text.utf8)
            guard bytes.count == 1, bytes[0] < 0x80,
                ![0, Byte.quote, Byte.lineFeed, Byte.carriageReturn].contains(bytes[0])
            else {
                throw .misconfigured(
                    message:
                        "the setting 'delimiter' must be one ASCII character, and no quote or line end, but is "
                        + "'\(text)'"
                )
            }
            delimiter = bytes[0]
        }
        return CSVFormat(dialect: CSVDialect(delimiter: delimiter), capabilities: records.capabilities(.text))
    }

    /// The connection's one file, or the collection's file in its folder.
    private static func collectionFile(
        _ settings: ResolvedSettings, collection: String, ending: String, folder: String, disk: Disk
    ) throws(EndpointFailure) -> CollectionFile {
        guard let given = settings.text("path"), !given.isEmpty else {
            throw .misconfigured(message: "the setting 'path' is missing")
        }
        let root = path(given, in: folder)
        let identity = try asking { () throws(FileFailure) in try disk.identity(root) }
        guard let identity else { throw .unavailable(message: "there is no file or folder \(located(root))") }
        if !identity.isFolder { return CollectionFile(path: root, disk: disk) }
        let name = settings.text("file") ?? "\(collection).\(ending)"
        return CollectionFile(path: path(name, in: root), disk: disk)
    }
}
