package import Model
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
    /// What exactly is wrong, where the system, or the way to it, tells.
    package var fault: ConnectionFault?
    package var since: Timestamp
    /// What the system said.
    package var problem: String
    /// Before when it is not asked again; nil where the next run asks.
    package var nextProbe: Timestamp?
    /// Whether it is the first sync of this run that meets it: it is told once.
    package var isFirst: Bool
    /// Whether the runs before had not met it.
    package var isNews = true

    package init(
        connection: String, state: State, fault: ConnectionFault? = nil, since: Timestamp, problem: String,
        nextProbe: Timestamp?, isFirst: Bool
    ) {
        self.connection = connection
        self.state = state
        self.fault = fault
        self.since = since
        self.problem = problem
        self.nextProbe = nextProbe
        self.isFirst = isFirst
    }

    /// The stable name of what is wrong.
    package var cause: String {
        if let fault { return fault.rawValue }
        return switch state {
        case .broken: Cause.connectionUnauthorised.name
        case .unreachable: Cause.connectionUnreachable.name
        case .busy: Cause.rateLimited.name
        }
    }

    /// A sentence.
    package var sentence: String {
        switch state {
        case .broken:
            "the connection '\(connection)' is broken: "
                + "\(fault?.words ?? ConnectionFault.wordsOfUntoldCredentials): \(problem)"
        case .unreachable:
            "the connection '\(connection)' cannot be reached: " + (fault.map { "\($0.words): " } ?? "") + problem
        case .busy:
            "the connection '\(connection)' asks to be left alone"
                + (nextProbe.map { " until \(TimeWords.utc.words($0))" } ?? "") + ": \(problem)"
        }
    }
}

extension ConnectionTrouble {
    /// What a person does about it; nil where it passes by itself.
    package var mending: String? {
        if let fault { return fault.mending(connection) }
        return switch state {
        case .broken: "renew the credentials of '\(connection)'"
        case .unreachable: "see to it that '\(connection)' can be reached"
        case .busy: nil
        }
    }

    /// nil where all is well.
    init?(_ connection: String, _ health: ConnectionHealth, isFirst: Bool) {
        guard let state = State(rawValue: health.state.rawValue) else { return nil }
        self.init(
            connection: connection, state: state, fault: health.fault, since: health.since, problem: health.problem,
            nextProbe: health.nextProbe, isFirst: isFirst)
    }
}

extension ConnectionHealth {
    /// What a failure says of the connection as a whole; nil where it is about something else.
    init?(_ failure: EndpointFailure, now: Timestamp) {
        switch failure {
        case .unauthorised(let message, let fault):
            self.init(.broken, fault: fault, since: now, problem: message)
        case .unreachable(let message, let fault):
            self.init(.unreachable, fault: fault, since: now, problem: message)
        case .busy(let message, let after):
            let pause = min(max(after ?? Self.usualPause, .seconds(1)), Self.longestPause)
            self.init(.busy, since: now, problem: message, nextProbe: now.adding(pause))
        case .malformed, .unavailable, .forbidden, .changedMeanwhile, .uncertain, .misconfigured: return nil
        }
    }

    /// Whether it is the same trouble as another, whenever that began.
    func isSame(as other: ConnectionHealth) -> Bool { state == other.state && fault == other.fault }

    private static let usualPause = Duration.seconds(60)
    /// What a system says by mistake does not stop a sync for ever.
    private static let longestPause = Duration.seconds(86_400)
}
