import JobFiles
import Model
import StateStore

/// Whether a sync that others need lets them run.
enum ParentStanding: Sendable, Equatable {
    case succeeded
    case blocked(Reason)

    enum Reason: Sendable, Equatable {
        case notSucceeded
        /// Its job is disabled, and it never succeeded before.
        case disabled
        case jobFileBroken
        case unreadable
    }
}

extension ParentStanding.Reason {
    /// As a sentence goes on that names the sync.
    var words: String {
        switch self {
        case .notSucceeded: "has not succeeded"
        case .disabled: "is disabled, and has never succeeded"
        case .jobFileBroken: "is in a job file that is broken"
        case .unreadable: "has a state that cannot be read"
        }
    }
}

extension Workspace {
    /// How a sync stands for those that need it, as its last run left it: it went to its end, whatever it held. One of a disabled job
    /// runs no more: that it ever went to its end is enough.
    func standing(ofParent parent: SyncName, _ world: World) -> ParentStanding {
        guard let job = checked.jobs.first(where: { $0.syncs.contains { $0.name == parent } }) else {
            return .blocked(.jobFileBroken)
        }
        let header: SyncHeader?
        do throws(StateFailure) {
            header = try state(of: parent, world).header()
        } catch {
            return .blocked(.unreadable)
        }
        if job.isEnabled { return header?.lastRunEnded ?? false ? .succeeded : .blocked(.notSucceeded) }
        return header?.hasRun ?? false ? .succeeded : .blocked(.disabled)
    }
}
