/// The stable name of why a sync, or a record, is or is not in step: what a program may look for.
///
/// A record that a run left alone has the name that the list of held records gives it, such as `conflict` or `parent-not-linked`.
package struct Cause: Hashable, Sendable {
    package let name: String

    init(_ name: String) { self.name = name }
}

// Of a sync as a whole.
extension Cause {
    static let jobFileBroken = Cause("job-file-broken")
    static let disabled = Cause("disabled")
    static let paused = Cause("paused")
    static let variableNotSet = Cause("variable-not-set")
    static let badSetting = Cause("bad-setting")
    /// All is well with the connections; where it is not, the cause has the name of their trouble.
    static let connected = Cause("connected")
    static let parentNotSucceeded = Cause("parent-not-succeeded")
    static let collectionUnavailable = Cause("collection-unavailable")
    static let collectionUnreadable = Cause("collection-unreadable")
    static let locked = Cause("locked")
    static let stateUnreadable = Cause("state-unreadable")
    static let brake = Cause("brake")
    static let runFailed = Cause("run-failed")
    static let runStopped = Cause("run-stopped")
    static let neverRun = Cause("never-run")
    static let missed = Cause("missed")
    static let notDue = Cause("not-due")
    static let outsideWindow = Cause("outside-window")
    static let manual = Cause("manual")
    /// Records need a person.
    static let needsSomeone = Cause("needs-someone")
    /// Nothing stands in the way: the next run makes the writes.
    static let pending = Cause("pending")
    static let inStep = Cause("in-step")
}

// Of a record.
extension Cause {
    static let unknownID = Cause("unknown-id")
    static let severalRecords = Cause("several-records")
    static let notLookedAt = Cause("not-looked-at")
    static let outOfScope = Cause("out-of-scope")
    static let frozen = Cause("frozen")
    static let partnerOutOfScope = Cause("partner-out-of-scope")
    static let direction = Cause("direction")
    static let createsNotAllowed = Cause("creates-not-allowed")
    static let emptyMatchKey = Cause("empty-match-key")
    static let passedOver = Cause("passed-over")
    static let setApart = Cause("set-apart")
    static let bothGone = Cause("both-gone")
    static let partnerGone = Cause("partner-gone")
    static let parentNotLinked = Cause("parent-not-linked")
    static let archived = Cause("archived")
}
