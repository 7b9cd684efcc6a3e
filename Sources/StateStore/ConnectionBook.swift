import FileIO
package import Model
package import Values

/// How a connection stands.
package struct ConnectionHealth: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case ok
        /// The credentials are not accepted.
        case broken
        case unreachable
        /// The system asked to be left alone for a while.
        case busy
    }

    package var state: State
    /// What exactly is wrong, where that is known.
    package var fault: ConnectionFault?
    /// Since when it stands so.
    package var since: Timestamp
    /// What the system said, as a sentence; empty where all is well. It holds no secret.
    package var problem: String
    /// Before when it is not asked again; nil where the next run asks.
    package var nextProbe: Timestamp?

    package init(
        _ state: State, fault: ConnectionFault? = nil, since: Timestamp, problem: String = "",
        nextProbe: Timestamp? = nil
    ) {
        self.state = state
        self.fault = fault
        self.since = since
        self.problem = problem
        self.nextProbe = nextProbe
    }
}

/// The health of all connections that ever were in trouble, by their names: `connections.json`.
package struct ConnectionBook: Sendable, Equatable {
    /// The form of this file that this Lockstep writes.
    static let version = 1

    package var entries: [String: ConnectionHealth] = [:]

    package init() {}
}

extension ConnectionBook {
    func encode() -> [UInt8] {
        var connections = Object()
        for name in entries.keys.sorted(by: { $0.precedesByBytes($1) }) {
            guard let health = entries[name] else { continue }
            var object: Object = ["state": .text(health.state.rawValue)]
            if let fault = health.fault { object["fault"] = .text(fault.rawValue) }
            object["since"] = .text(health.since.description)
            object["problem"] = .text(health.problem)
            object["next_probe"] = health.nextProbe.map { .text($0.description) } ?? .null
            connections[name] = .object(object)
        }
        let object: Object = ["version": .int(Int64(Self.version)), "connections": .object(connections)]
        return HeaderSeal.close(Array(JSON.prettyText(.object(object)).utf8))
    }

    init(_ bytes: [UInt8], path: String) throws(StateFailure) {
        let value: Value
        do {
            value = try JSON.parse(bytes)
        } catch {
            let line = bytes.prefix(error.offset).count { $0 == 0x0A } + 1
            throw .damaged(path: path, line: line, reason: error.reason)
        }
        guard case .object(let object) = value, case .int(let version)? = object["version"] else {
            throw .damaged(path: path, line: 1, reason: "it has no version")
        }
        guard version == Self.version else { throw .newer(path: path, version: Int(version)) }
        let connections = try HeaderFields(object: object, bytes: bytes, path: path).object("connections")
        for name in connections.object.names {
            let fields = try connections.object(name)
            guard let state = ConnectionHealth.State(rawValue: try fields.text("state")),
                let since = try fields.timestamp("since")
            else { throw .damaged(path: path, line: 1, reason: "the state of '\(name)' is none") }
            // One that a later Lockstep tells apart is a fault of which nothing more is known here.
            let fault = fields.object["fault"] == nil ? nil : ConnectionFault(rawValue: try fields.text("fault"))
            entries[name] = ConnectionHealth(
                state, fault: fault, since: since, problem: try fields.text("problem"),
                nextProbe: try fields.timestamp("next_probe"))
        }
        try HeaderSeal.check(bytes, path: path)
    }
}

extension StateFolder {
    private var connectionsFile: String { FileIO.path("connections.json", in: path) }

    /// How connections stand; nothing where none was ever in trouble.
    package func connections() throws(StateFailure) -> ConnectionBook {
        let bytes = try onFiles { () throws(FileFailure) in try disk.readIfPresent(connectionsFile) }
        guard let bytes else { return ConnectionBook() }
        do {
            return try ConnectionBook(bytes, path: connectionsFile)
        } catch {
            guard case .damaged(let path, let line, let reason) = error else { throw error }
            throw .damagedConnections(path: path, line: line, reason: reason)
        }
    }

    /// Changes how one connection stands. Other runs may write of others at the same time: what they wrote stays.
    ///
    /// Throws ``StateFailure/locked(path:holder:)`` where another run keeps the file for seconds on end.
    package func save(_ health: ConnectionHealth, of connection: String) throws(StateFailure) {
        if try connections().entries[connection] == health { return }
        try onFiles { () throws(FileFailure) in try disk.makeFolder(path) }
        let lock = try lockConnections()
        defer { withExtendedLifetime(lock) {} }
        var book = try connections()
        book.entries[connection] = health
        let bytes = book.encode()
        try onFiles { () throws(FileFailure) in try disk.replace(connectionsFile, with: bytes) }
    }

    /// The file is replaced as a whole: between reading it and that, nobody else may.
    private func lockConnections() throws(StateFailure) -> FileLock {
        let file = FileIO.path("connections.lock", in: path)
        var looks = 200
        while true {
            let result = try onFiles { () throws(FileFailure) in
                try disk.lock(file, holder: "a run that writes down how a connection stands")
            }
            switch result {
            case .taken(let lock): return lock
            case .held(let holder):
                looks -= 1
                if looks == 0 { throw .locked(path: file, holder: holder) }
            }
        }
    }
}
