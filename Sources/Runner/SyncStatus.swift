package import Model
package import StateStore
package import Values

/// How a sync stands, as its state on disk tells it.
package struct SyncStatus: Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// A run is at work on it now.
        case running
        case neverRun = "never run"
        case inStep = "in step"
        case needsSomeone = "needs someone"
        case brake
        /// The last run was stopped before all was written.
        case stopped
        case failed
        /// A connection that it needs does not accept the credentials, or cannot be reached.
        case connectionBroken = "connection broken"
        /// The system behind a connection asked to be left alone for a while.
        case busy = "connection busy"
        case disabled
        /// A person paused it.
        case paused
        /// Its state cannot be read.
        case unreadable
    }

    package enum NextDue: Sendable, Equatable {
        /// Whenever a run asks: the file names no schedule.
        case eachRun
        case at(Timestamp)
        /// Only when a person asks, or never.
        case never
    }

    package var sync: SyncName
    package var state: State
    package var lastRun: Timestamp?
    package var lastSuccess: Timestamp?
    package var nextDue: NextDue
    package var links = 0
    /// Linked records that are gone on each side while their partners stay.
    package var gone: GoneRecords?
    /// What went wrong, where something did.
    package var problem = ""
    package var held: [HeldRecord] = []
    /// The first of its connections that does not answer as it should.
    package var trouble: ConnectionTrouble?
    /// Who paused it, where somebody did.
    package var pause: Pause?
    /// Who is at work on it, where somebody is.
    package var holder: String?

    package init(sync: SyncName, state: State, nextDue: NextDue) {
        self.sync = sync
        self.state = state
        self.nextDue = nextDue
    }
}
