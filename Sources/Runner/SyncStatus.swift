package import Model
package import StateStore
package import Values

/// How a sync stands, as its state on disk tells it.
package struct SyncStatus: Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// A run is at work on it now.
        case running
        case neverRun = "never run"
        /// A saved plan was applied, or records by name were seen to, and no run has looked at all records yet.
        case inPart = "run in part"
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
        /// A sync that it needs has not succeeded.
        case waits
        /// A person paused it.
        case paused
        /// Its state cannot be read.
        case unreadable

        /// As the last run left it.
        init(after outcome: RunOutcome?) {
            self =
                switch outcome {
                case .inStep: .inStep
                case .needsSomeone: .needsSomeone
                case .brake: .brake
                case .stopped: .stopped
                default: .failed
                }
        }
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
    /// When it last ran in part, of one that has never run as a whole.
    package var lastPart: Timestamp?
    package var lastSuccess: Timestamp?
    package var nextDue: NextDue
    /// When it was due and nothing started it, though minutes have passed; nil where that is not so.
    package var missed: Timestamp?
    /// Whether it starts only when a person asks for it.
    package var isManual = false
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
    /// The sync that it waits for, since that has not succeeded; and whether somebody is told of that one anyway.
    package var waitsFor: (sync: SyncName, isTold: Bool)?
    /// Who is at work on it, where somebody is.
    package var holder: String?
    /// How many records events told of that no run has read yet, and since when the first has waited; nil where none do.
    package var events: (count: Int, since: Timestamp)?
    /// Times, in the zone of the sync.
    package var times = TimeWords.utc

    package init(sync: SyncName, state: State, nextDue: NextDue) {
        self.sync = sync
        self.state = state
        self.nextDue = nextDue
    }
}

extension SyncStatus {
    /// Who paused it, since when, and why, which may be empty; nil where nobody did.
    package var pausing: (by: String, since: Timestamp, reason: String)? {
        pause.map { ($0.by, $0.since, $0.reason) }
    }

    /// Whether it does not go on by itself: a person has to do something first.
    package var needsSomeone: Bool {
        switch state {
        case .needsSomeone, .brake, .failed, .connectionBroken, .unreadable: true
        case .neverRun, .inPart: !isManual
        case .waits: waitsFor.map { !$0.isTold } ?? true
        case .running: held.contains { $0.state != .waiting }
        case .inStep, .stopped: missed != nil
        case .busy, .disabled, .paused: false
        }
    }

    /// Whether it has not succeeded for longer than is meant. A sync that never has counts as one; one that is disabled
    /// or paused does not, nor does one that only a person starts: nobody expects them to succeed.
    package func isOlder(than limit: Duration, now: Timestamp) -> Bool {
        if state == .disabled || pause != nil || isManual { return false }
        return lastSuccess.map { now.since($0) > limit } ?? true
    }

    /// How many records are held, conflicts among them, and failed, parked and waiting.
    package func count(_ states: HeldRecord.State...) -> Int { held.count { states.contains($0.state) } }
}
