package import Model

/// What a run tells while it goes on, for whoever watches.
package enum RunEvent: Sendable {
    /// Another run is at work on the sync, and is waited for.
    case awaiting(SyncName, holder: String)
    case reading(SyncName)
    case planning(SyncName, records: Int)
    case writing(SyncName, done: Int, of: Int)
    /// A sync ended: in the order in which they do.
    case ended(SyncReport)
    /// The same once all before it have ended too: in the order of the syncs.
    case told(SyncReport)
}
