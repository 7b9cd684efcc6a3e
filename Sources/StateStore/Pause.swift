import FileIO
import Model
package import Values

/// That a person stopped a sync for a while: `pause.json`, a file of its own, so that a run that is at work leaves it alone.
package struct Pause: Sendable, Equatable {
    /// The form of this file that this Lockstep writes.
    static let version = 1

    /// Who did, as the system names them.
    package var by: String
    package var since: Timestamp
    /// What they said of it; empty where they said nothing.
    package var reason: String

    package init(by: String, since: Timestamp, reason: String = "") {
        self.by = by
        self.since = since
        self.reason = reason
    }
}

extension SyncFolder {
    private var pauseFile: String { FileIO.path("pause.json", in: path) }

    /// nil where the sync is not paused.
    package func pause() throws(StateFailure) -> Pause? {
        let bytes = try onFiles { () throws(FileFailure) in try disk.readIfPresent(pauseFile) }
        return try bytes.map { bytes throws(StateFailure) in try Pause(bytes, path: pauseFile, sync: sync) }
    }

    /// Pauses the sync, or ends that.
    package func save(_ pause: Pause?) throws(StateFailure) {
        try onFiles { () throws(FileFailure) in
            guard let pause else {
                if try disk.identity(pauseFile) != nil { try disk.remove(pauseFile) }
                return
            }
            try disk.makeFolder(path)
            try disk.replace(pauseFile, with: pause.encode(for: sync))
        }
    }
}

extension Pause {
    fileprivate func encode(for sync: SyncName) -> [UInt8] {
        let object = Object([
            ("version", .int(Int64(Self.version))), ("sync", .text(sync.description)), ("by", .text(by)),
            ("since", .text(since.description)), ("reason", .text(reason)),
        ])
        return HeaderSeal.close(Array(JSON.prettyText(.object(object)).utf8))
    }

    fileprivate init(_ bytes: [UInt8], path: String, sync: SyncName) throws(StateFailure) {
        guard case .object(let object)? = try? JSON.parse(bytes), case .int(let version)? = object["version"] else {
            throw .damaged(path: path, line: 1, reason: "it has no version")
        }
        guard version == Self.version else { throw .newer(path: path, version: Int(version)) }
        let owner = object["sync"]?.text ?? ""
        guard owner.hasSameBytes(as: sync.description) else { throw .foreign(path: path, sync: owner) }
        let fields = HeaderFields(object: object, bytes: bytes, path: path)
        guard let since = try fields.timestamp("since") else {
            throw .damaged(path: path, line: 1, reason: "it does not say since when")
        }
        self.init(by: try fields.text("by"), since: since, reason: try fields.text("reason"))
        try HeaderSeal.check(bytes, path: path)
    }
}
