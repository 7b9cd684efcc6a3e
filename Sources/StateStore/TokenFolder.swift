package import FileIO
import Model
package import Values

/// What connections keep between runs that nobody else may see, or needs: `tokens/`. It is apart from the state of syncs, so that whoever
/// shares that can leave it out.
package struct TokenFolder: Sendable {
    /// The form of its files that this Lockstep writes.
    static let version = 1

    private let path: String
    private let connection: String
    private let disk: Disk

    package init(_ state: StateFolder, connection: String) {
        path = FileIO.path("tokens", in: state.path)
        self.connection = connection
        disk = state.disk
    }

    /// The refresh token that the system gave last, in the place of one of the settings; nil where none is kept, or it is of another.
    package func refreshToken(insteadOf first: Secret) throws(StateFailure) -> Secret? {
        guard let fields = try fields(tokenFile), try fields.text("of") == Self.mark(first) else { return nil }
        return Secret(try fields.text("refresh_token"))
    }

    /// Comes back when the token is on disk.
    package func save(_ token: Secret, insteadOf first: Secret) throws(StateFailure) {
        // What another version left is not written over.
        _ = try fields(tokenFile)
        try write(["of": .text(Self.mark(first)), "refresh_token": .text(token.reveal())], to: tokenFile)
    }

    /// Takes the lock under which a token is asked for: who else comes meanwhile would ask with one that no longer counts.
    package func lock(holder: String) throws(StateFailure) -> Disk.Lock {
        try onFiles { () throws(FileFailure) in
            try disk.makeFolder(path)
            return try disk.lock(file(".lock"), holder: holder)
        }
    }

    /// The requests of the last day on which any were counted; the day is counted from 1970-01-01 in UTC.
    package func calls() throws(StateFailure) -> (day: Int64, calls: Int)? {
        guard let fields = try fields(callsFile) else { return nil }
        return (try fields.number("day"), Int(clamping: try fields.number("calls")))
    }

    /// Adds requests to those of a day, and gives how many there are then. Those of another day are forgotten.
    package func add(_ calls: Int, on day: Int64) throws(StateFailure) -> Int {
        try onFiles { () throws(FileFailure) in try disk.makeFolder(path) }
        let lock = try lockCalls()
        defer { withExtendedLifetime(lock) {} }
        let known = try self.calls()
        let all = calls + (known?.day == day ? known?.calls ?? 0 : 0)
        try write(["day": .int(day), "calls": .int(Int64(all))], to: callsFile)
        return all
    }

    private var tokenFile: String { file(".json") }
    private var callsFile: String { file(".calls.json") }
    private func file(_ ending: String) -> String { FileIO.path(connection + ending, in: path) }

    /// Tells whether two secrets are the same, and nothing of what they are.
    private static func mark(_ secret: Secret) -> String { Fingerprint(of: Array(secret.reveal().utf8)).description }

    private func lockCalls() throws(StateFailure) -> FileLock {
        var looks = 200
        while true {
            let result = try onFiles { () throws(FileFailure) in
                try disk.lock(file(".calls.lock"), holder: "a run that counts its requests")
            }
            switch result {
            case .taken(let lock): return lock
            case .held(let holder):
                looks -= 1
                if looks == 0 { throw .locked(path: file(".calls.lock"), holder: holder) }
            }
        }
    }

    private func write(_ fields: Object, to file: String) throws(StateFailure) {
        var object: Object = ["version": .int(Int64(Self.version))]
        for (name, value) in fields { object[name] = value }
        let bytes = HeaderSeal.close(Array(JSON.prettyText(.object(object)).utf8))
        try onFiles { () throws(FileFailure) in
            try disk.makeFolder(path)
            try disk.replace(file, with: bytes)
        }
    }

    /// The fields of a file; nil where there is none.
    private func fields(_ file: String) throws(StateFailure) -> HeaderFields? {
        guard let bytes = try onFiles({ () throws(FileFailure) in try disk.readIfPresent(file) }) else { return nil }
        guard case .object(let object)? = try? JSON.parse(bytes), case .int(let version)? = object["version"] else {
            throw .damaged(path: file, line: 1, reason: "it has no version")
        }
        guard version == Self.version else { throw .newer(path: file, version: Int(clamping: version)) }
        try HeaderSeal.check(bytes, path: file)
        return HeaderFields(object: object, bytes: bytes, path: file)
    }
}
