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

    /// Opens the file for its next content to be made from it. Who else replaces it, in this process or another, is waited for.
    func openToReplace() async throws(EndpointFailure) -> (file: ReadFile, identity: FileIdentity) {
        var waited = Duration.zero
        while true {
            let claim = try asking { () throws(FileFailure) in try disk.openToReplace(path) }
            switch claim {
            case .taken(let file, let identity): return (file, identity)
            case .busy(let holder):
                guard waited < disk.patience else {
                    throw .unavailable(message: "\(path) is being written by \(holder). The next run tries again")
                }
            }
            let pause = Duration.milliseconds(20)
            waited += pause
            try? await Task.sleep(for: pause)
        }
    }

    /// Starts the file's next content.
    func replacement(of original: ReadFile) throws(EndpointFailure) -> Replacement {
        try asking { () throws(FileFailure) in try disk.replacement(for: path, original: original) }
    }

    /// Puts the next content, which is on disk, in the file's place.
    func take(_ replacement: Replacement, insteadOf identity: FileIdentity) throws(EndpointFailure) {
        let isDone: Bool
        do throws(FileFailure) {
            isDone = try replacement.takePlace(of: identity)
        } catch {
            // Over a network it can fail and yet be done.
            guard (try? disk.identity(path)) == identity else { throw .uncertain(message: error.description) }
            throw .unavailable(message: error.description)
        }
        guard isDone else { throw .changedMeanwhile(name: path) }
        do throws(FileFailure) {
            try replacement.syncFolder()
        } catch {
            throw .uncertain(message: error.description)
        }
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
