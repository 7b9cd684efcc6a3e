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
