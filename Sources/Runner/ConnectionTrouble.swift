import Model
import StateStore
package import Values

/// A connection that a sync needs and that does not answer as it should.
package struct ConnectionTrouble: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        /// The credentials are not accepted.
        case broken
        case unreachable
        /// The system asked to be left alone for a while.
        case busy
    }

    package var connection: String
    package var state: State
    package var since: Timestamp
    /// What the system said.
    package var problem: String
    /// Before when it is not asked again; nil where the next run asks.
    package var nextProbe: Timestamp?
    /// Whether it is the first sync of this run that meets it: it is told once.
    package var isFirst: Bool

    package init(
        connection: String, state: State, since: Timestamp, problem: String, nextProbe: Timestamp?, isFirst: Bool
    ) {
        self.connection = connection
        self.state = state
        self.since = since
        self.problem = problem
        self.nextProbe = nextProbe
        self.isFirst = isFirst
    }

    /// A sentence.
    package var sentence: String {
        switch state {
        case .broken: "the connection '\(connection)' is broken: the credentials are not accepted: \(problem)"
        case .unreachable: "the connection '\(connection)' cannot be reached: \(problem)"
        case .busy:
            "the connection '\(connection)' asks to be left alone"
                + (nextProbe.map { " until \($0)" } ?? "") + ": \(problem)"
        }
    }
}

extension ConnectionTrouble {
    /// nil where all is well.
    init?(_ connection: String, _ health: ConnectionHealth, isFirst: Bool) {
        guard let state = State(rawValue: health.state.rawValue) else { return nil }
        self.init(
            connection: connection, state: state, since: health.since, problem: health.problem,
            nextProbe: health.nextProbe, isFirst: isFirst)
    }
}

extension ConnectionHealth {
    /// What a failure says of the connection as a whole; nil where it is about something else.
    init?(_ failure: EndpointFailure, now: Timestamp) {
        switch failure {
        case .unauthorised(let message): self.init(.broken, since: now, problem: message)
        case .unreachable(let message): self.init(.unreachable, since: now, problem: message)
        case .busy(let message, let after):
            let pause = min(max(after ?? Self.usualPause, .seconds(1)), Self.longestPause)
            self.init(.busy, since: now, problem: message, nextProbe: now.adding(pause))
        case .malformed, .unavailable, .changedMeanwhile, .uncertain, .misconfigured: return nil
        }
    }

    private static let usualPause = Duration.seconds(60)
    /// What a system says by mistake does not stop a sync for ever.
    private static let longestPause = Duration.seconds(86_400)
}

/// How the connections of a run stand: as the runs before left them, and as this one finds them.
struct ConnectionWatch {
    private let folder: StateFolder
    private let now: @Sendable () -> Timestamp
    /// Whether what is found is written down; a plan writes nothing.
    private let remembers: Bool
    private var book: ConnectionBook
    /// Those that were asked in this run, or failed in it.
    private var met: Set<String> = []
    private var told: Set<String> = []

    init(_ folder: StateFolder, now: @escaping @Sendable () -> Timestamp, remembers: Bool) throws(StateFailure) {
        self.folder = folder
        self.now = now
        self.remembers = remembers
        book = try folder.connections()
    }

    /// What stands in the way of using a connection. One that was in trouble is asked once in a run, unless it is too early.
    mutating func trouble(
        with connection: String, probe: () async throws(EndpointFailure) -> Void
    ) async throws(StateFailure) -> ConnectionTrouble? {
        guard let health = book.entries[connection], health.state != .ok else { return nil }
        let isTooEarly = health.nextProbe.map { now() < $0 } ?? false
        if isTooEarly || !met.insert(connection).inserted { return trouble(connection, health) }
        do throws(EndpointFailure) {
            try await probe()
        } catch {
            if let trouble = try note(error, of: connection) { return trouble }
        }
        try set(ConnectionHealth(.ok, since: now()), of: connection)
        return nil
    }

    /// Takes down a failure, where it is one of the connection.
    mutating func note(_ failure: EndpointFailure, of connection: String) throws(StateFailure) -> ConnectionTrouble? {
        guard var health = ConnectionHealth(failure, now: now()) else { return nil }
        met.insert(connection)
        if let known = book.entries[connection], known.state == health.state { health.since = known.since }
        try set(health, of: connection)
        return trouble(connection, health)
    }

    private mutating func trouble(_ connection: String, _ health: ConnectionHealth) -> ConnectionTrouble? {
        ConnectionTrouble(connection, health, isFirst: told.insert(connection).inserted)
    }

    private mutating func set(_ health: ConnectionHealth, of connection: String) throws(StateFailure) {
        book.entries[connection] = health
        if remembers { try folder.save(health, of: connection) }
    }
}
