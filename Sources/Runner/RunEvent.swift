package import Model

/// What a run tells while it goes on, for whoever watches.
package enum RunEvent: Sendable {
    /// Another run is at work on the sync, and is waited for.
    case awaiting(SyncName, holder: String)
    case reading(SyncName)
    case planning(SyncName, records: Int)
    case writing(SyncName, done: Int, of: Int)
    case ended(SyncReport)
}
