package import Model

/// What a run tells while it goes on, for whoever watches.
package enum RunEvent: Sendable {
    case reading(SyncName)
    case planning(SyncName, records: Int)
    case writing(SyncName, done: Int, of: Int)
    case ended(SyncReport)
}
