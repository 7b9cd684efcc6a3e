package import Model
import StateStore
package import Values

/// A record that is held, failed or waiting, as it is shown.
package struct HeldRecord: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case held, failed, waiting, conflict, parked
    }

    package var state: State
    /// The id on each side, where there is one.
    package var ids: Sides<String?>
    /// The stable name of the kind of reason.
    package var cause: String
    /// A sentence.
    package var reason: String
    /// The line of the job file that decided: `jobs/helpdesk.yaml:27`.
    package var place: String?
    /// When it was first found so.
    package var since: Timestamp?
    /// By which run of the sync that was; 0 where that is not known.
    var run = 0
    /// Of one that failed: how often it was tried, and when it is tried again; no time where the next run does, or none.
    package var attempts = 0
    package var nextTry: Timestamp?

    /// What tells new ones from those that are known.
    var foundAt: FoundAt? { since.map { FoundAt(run: run, time: $0) } }

    package init(state: State, ids: Sides<String?>, cause: String, reason: String, place: String? = nil) {
        self.state = state
        self.ids = ids
        self.cause = cause
        self.reason = reason
        self.place = place
    }

    init(_ item: QueueItem) {
        let state: State =
            switch item.state {
            case .held: .held
            case .failed: .failed
            case .waiting: .waiting
            case .conflict: .conflict
            case .parked: .parked
            }
        self.init(state: state, ids: item.ids, cause: item.cause, reason: item.reason, place: item.place)
        since = item.since
        run = item.run
        attempts = item.attempts
        nextTry = item.nextTry
    }
}

extension SyncReport {
    /// What is held, failed or waiting.
    package var heldRecords: [HeldRecord] { items.map(HeldRecord.init) }
}
