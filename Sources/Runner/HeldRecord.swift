package import Model
import StateStore

/// A record that is held, failed or waiting, as it is shown.
package struct HeldRecord: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case held, failed, waiting, conflict
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
            }
        self.init(state: state, ids: item.ids, cause: item.cause, reason: item.reason, place: item.place)
    }
}

extension SyncReport {
    /// What is held, failed or waiting.
    package var heldRecords: [HeldRecord] { items.map(HeldRecord.init) }
}
