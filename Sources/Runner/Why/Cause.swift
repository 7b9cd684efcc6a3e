import Model

/// The stable name of why a sync, or a record, is or is not in step: what a program may look for.
///
/// ``allCases`` has all that there are, and `Causes.md` says of each what it means. The faults of connections have the names of
/// ``ConnectionFault``.
package struct Cause: Hashable, Sendable, CaseIterable {
    package let name: String

    init(_ name: String) { self.name = name }
}

// Of a sync.
extension Cause {
    static let jobFileBroken = Cause("job-file-broken")
    static let disabled = Cause("disabled")
    static let paused = Cause("paused")
    static let variableNotSet = Cause("variable-not-set")
    static let badSetting = Cause("bad-setting")
    static let parentNotSucceeded = Cause("parent-not-succeeded")
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
    static let needsSomeone = Cause("needs-someone")
    static let pending = Cause("pending")
    static let inStep = Cause("in-step")
}

// Of its connections and collections.
extension Cause {
    static let connectionUnreachable = Cause("connection-unreachable")
    static let connectionUnauthorised = Cause("connection-unauthorised")
    static let rateLimited = Cause("rate-limited")
    static let collectionNotPermitted = Cause("collection-not-permitted")
    static let collectionUnavailable = Cause("collection-unavailable")
    static let collectionUnreadable = Cause("collection-unreadable")
    static let readIncomplete = Cause("read-incomplete")
    static let changedMeanwhile = Cause("changed-meanwhile")
    static let unknownField = Cause("unknown-field")
    static let fieldLost = Cause("field-lost")
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
    static let parked = Cause("parked")
}

// Of a record that a run left alone.
extension Cause {
    static let conflict = Cause("conflict")
    static let firstValues = Cause("first-values")
    static let noNewest = Cause("no-newest")
    static let needsType = Cause("needs-type")
    static let ambiguousMatch = Cause("ambiguous-match")
    static let malformed = Cause("malformed")
    static let mayBeUnread = Cause("may-be-unread")
    static let filterError = Cause("filter-error")
    static let evaluationError = Cause("evaluation-error")
    static let wrongType = Cause("wrong-type")
    static let unmappedValue = Cause("unmapped-value")
    static let parentNotLinked = Cause("parent-not-linked")
    static let parentMade = Cause("parent-made")
    static let parentCycle = Cause("parent-cycle")
    static let notAnID = Cause("not-an-id")
    static let noNewID = Cause("no-new-id")
    static let idTaken = Cause("id-taken")
    static let changesID = Cause("changes-id")
    static let deletedAndEdited = Cause("deleted-and-edited")
    static let leftScopeAndEdited = Cause("left-scope-and-edited")
    static let createInDoubt = Cause("create-in-doubt")
    static let inDoubt = Cause("in-doubt")
    static let notAllowed = Cause("not-allowed")
    static let notPossible = Cause("not-possible")
    static let refused = Cause("refused")
    static let oscillation = Cause("oscillation")
    static let notPermitted = Cause("not-permitted")
    static let askedLater = Cause("asked-later")
    static let moved = Cause("moved")
}

extension Cause {
    package static let allCases: [Cause] = ofSyncs + ofConnections + ofRecords + ofHolds

    private static let ofSyncs: [Cause] = [
        .jobFileBroken, .disabled, .paused, .variableNotSet, .badSetting, .parentNotSucceeded, .locked,
        .stateUnreadable, .brake, .runFailed, .runStopped, .neverRun, .missed, .notDue, .outsideWindow, .manual,
        .needsSomeone, .pending, .inStep,
    ]

    private static let ofConnections: [Cause] =
        ConnectionFault.allCases.map { Cause($0.rawValue) } + [
            .connectionUnreachable, .connectionUnauthorised, .rateLimited, .collectionNotPermitted,
            .collectionUnavailable, .collectionUnreadable, .readIncomplete, .changedMeanwhile, .unknownField,
            .fieldLost,
        ]

    private static let ofRecords: [Cause] = [
        .unknownID, .severalRecords, .notLookedAt, .outOfScope, .frozen, .partnerOutOfScope, .direction,
        .createsNotAllowed, .emptyMatchKey, .passedOver, .setApart, .bothGone, .partnerGone, .parked,
    ]

    private static let ofHolds: [Cause] = [
        .conflict, .firstValues, .noNewest, .needsType, .ambiguousMatch, .malformed, .mayBeUnread, .filterError,
        .evaluationError, .wrongType, .unmappedValue, .parentNotLinked, .parentMade, .parentCycle, .notAnID, .noNewID,
        .idTaken, .changesID, .deletedAndEdited, .leftScopeAndEdited, .createInDoubt, .inDoubt, .notAllowed,
        .notPossible, .refused, .oscillation, .notPermitted, .askedLater, .moved,
    ]
}
