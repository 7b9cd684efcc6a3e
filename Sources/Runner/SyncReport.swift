package import Diagnostics
package import Model
package import Reconcile
package import StateStore
package import Values

/// What a run, or a plan, of one sync came to.
package struct SyncReport: Sendable {
    package enum Outcome: Sendable {
        /// Its time has not come.
        case notDue
        /// It was asked for a moment ago, and may be again at that time.
        case tooSoon(until: Timestamp)
        /// The job is not enabled.
        case disabled
        /// A person paused it.
        case paused(Pause)
        /// A sync that it depends on has not succeeded.
        case waits(for: SyncName)
        /// Another run holds the lock.
        case locked(holder: String)
        /// Both collections say that nothing changed, and nothing was left to do.
        case untouched
        /// The plan was made, or carried out.
        case planned
        /// A connection that it needs does not answer as it should: it was not run, or was stopped by that.
        case disconnected(ConnectionTrouble)
        /// Brakes stopped it before the first write.
        case refused([Refusal])
        /// It was asked to stop before all was written: so many writes are left to the next run; nil where it had not begun.
        case stopped(Stop, left: Int?)
        case failed(RunFailure)
    }

    package var sync: SyncName
    package var outcome: Outcome
    /// Whether a person asked for it, due or not.
    package var isAskedFor = false
    package var started: Timestamp
    package var finished: Timestamp
    /// Whether it was about what systems said of their own accord, and nothing else was read.
    package var isOfEvents = false
    /// What is wrong with files of the inbox: sentences.
    package var inboxProblems: [String] = []
    /// What was to be written, where it came to a plan.
    package var plan: Plan?
    /// What the plan's operations ask of the endpoints.
    package var requests: WriteRequests?
    /// What was written. Of a plan that was not carried out: nothing.
    package var written = Sides(left: WriteCounts(), right: WriteCounts())
    /// What is held, failed or waiting.
    package var items: [QueueItem] = []
    /// Linked records that are gone on each side while their partners stay.
    package var gone: GoneRecords?
    /// The names of both collections, for people.
    package var collections: Sides<String>
    /// Of a plan, how far the state had come.
    package var position: StatePosition?
    /// The run's file; nil where it made no write, or was of no saved plan.
    package var run: String?
    /// Of a saved plan that was carried out: the writes that were not made, and why.
    package var leftOut: [LeftOutWrite] = []

    package init(
        sync: SyncName, outcome: Outcome, started: Timestamp, finished: Timestamp, collections: Sides<String>
    ) {
        self.sync = sync
        self.outcome = outcome
        self.started = started
        self.finished = finished
        self.collections = collections
    }
}

extension SyncReport {
    /// Whether it was asked to stop before all was written.
    package var isStopped: Bool { if case .stopped = outcome { true } else { false } }
}

extension RunFailure {
    /// The mistakes of the job file that it comes from; none where it comes from elsewhere.
    package var mistakes: [Diagnostic] {
        switch self {
        case .settings(let diagnostic): [diagnostic]
        case .fields(_, let diagnostics): diagnostics
        case .endpoint, .incomplete, .state, .unknownRecord: []
        }
    }

    /// The side on which it was; nil where it was on neither.
    var side: Side? {
        switch self {
        case .endpoint(let side, _), .incomplete(let side, _, _), .fields(let side, _): side
        case .state, .settings, .unknownRecord: nil
        }
    }
}

/// Why a sync could not be run to its end.
package enum RunFailure: Error, Sendable {
    case endpoint(Side, EndpointFailure)
    /// The system says that there are more records than it gave.
    case incomplete(Side, read: Int, expected: Int)
    case state(StateFailure)
    /// A setting that cannot be filled in.
    case settings(Diagnostic)
    /// Fields that the collection does not have.
    case fields(Side, [Diagnostic])
    /// A run was to be about a record of which there is none.
    case unknownRecord(String, SyncName)
}
