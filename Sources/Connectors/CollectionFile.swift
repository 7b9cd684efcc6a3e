internal import FileIO
internal import Model

/// The file that holds a collection.
struct CollectionFile: Sendable {
    /// The path as messages name it.
    let path: String
    let disk: Disk

    func openToRead() throws(EndpointFailure) -> (file: ReadFile, identity: FileIdentity) {
        try asking { () throws(FileFailure) in
            let file = try disk.openToRead(path)
            return (file, try file.identity())
        }
    }

    /// Starts the file's next content.
    func replacement() throws(EndpointFailure) -> Replacement {
        try asking { () throws(FileFailure) in try disk.replacement(for: path) }
    }

    /// Whether the path still names the file that was opened, and nobody wrote to it since.
    func isStill(_ identity: FileIdentity) throws(EndpointFailure) -> Bool {
        try asking { () throws(FileFailure) in try disk.identity(path) } == identity
    }

    /// A mistake in the content, at a line and, where there is one, a column of it.
    func malformed(_ message: String, line: Int, column: Int? = nil) -> EndpointFailure {
        .malformed(place: "\(path):\(line)" + (column.map { ":\($0)" } ?? ""), message: message)
    }
}

/// Asks the disk; what it refuses makes the collection unavailable.
func asking<R>(_ body: () throws(FileFailure) -> R) throws(EndpointFailure) -> R {
    do {
        return try body()
    } catch {
        throw .unavailable(message: error.description)
    }
}
