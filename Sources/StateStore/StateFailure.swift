package import FileIO

/// Why the state of a sync cannot be used, or not be written.
package enum StateFailure: Error, Hashable {
    case file(FileFailure)
    /// A file is not as Lockstep wrote it. Nothing is overwritten: a person decides.
    case damaged(path: String, line: Int, reason: String)
    /// The file of the connections is not as Lockstep wrote it. What it holds is found out anew where it is removed.
    case damagedConnections(path: String, line: Int, reason: String)
    /// The file of what was told is not as Lockstep wrote it. Where it is removed, what is open is told once more.
    case damagedNotifications(path: String, line: Int, reason: String)
    /// The file was written by a later Lockstep.
    case newer(path: String, version: Int)
    /// The folder holds the state of another sync.
    case foreign(path: String, sync: String)
    /// A file is missing without which the others mean nothing.
    case missing(path: String)
    /// Another run holds the lock.
    case locked(path: String, holder: String)
}

extension StateFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let failure): failure.description
        case .damaged(let path, let line, let reason):
            "\(path):\(line): the state is damaged: \(reason). Nothing was changed. Put back a copy of the folder, or remove it to pair both sides anew"
        case .damagedConnections(let path, let line, let reason):
            "\(path):\(line): the file is damaged: \(reason). Remove it: each connection is tried anew"
        case .damagedNotifications(let path, let line, let reason):
            "\(path):\(line): the file is damaged: \(reason). Remove it: what is open is told once more"
        case .newer(let path, let version):
            "\(path) has version \(version), which this Lockstep does not know. Use the Lockstep that wrote it, or a later one"
        case .foreign(let path, let sync):
            "\(path) belongs to \(sync). Was a folder of the state renamed or copied?"
        case .missing(let path):
            "\(path) is missing, though other files of the state refer to it. Put back a copy of the folder"
        case .locked(_, let holder): "another run holds the lock: \(holder)"
        }
    }
}

/// Runs what touches files, and gives its failures as failures of the state.
func onFiles<R>(_ body: () throws(FileFailure) -> R) throws(StateFailure) -> R {
    do {
        return try body()
    } catch {
        throw .file(error)
    }
}
