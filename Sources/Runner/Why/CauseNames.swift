import Model

/// The names of causes that `why` gives, for whoever takes one for the code of a message.
package enum CauseNames {
    package static let all: Set<String> = Set(own + ofHolds + ofFailures + ConnectionFault.allCases.map(\.rawValue))

    private static let own = [
        Cause.jobFileBroken, .disabled, .paused, .variableNotSet, .badSetting, .connected, .parentNotSucceeded, .locked,
        .stateUnreadable, .brake, .runFailed, .runStopped, .neverRun, .missed, .notDue, .outsideWindow, .manual,
        .needsSomeone, .pending, .inStep, .unknownID, .severalRecords, .notLookedAt, .outOfScope, .frozen,
        .partnerOutOfScope, .direction, .createsNotAllowed, .emptyMatchKey, .passedOver, .setApart, .bothGone,
        .partnerGone, .parentNotLinked, .archived,
    ].map(\.name)

    /// As `HoldWords` gives them.
    private static let ofHolds = [
        "conflict", "first-values", "no-newest", "needs-type", "ambiguous-match", "malformed", "may-be-unread",
        "filter-error", "evaluation-error", "wrong-type", "unmapped-value", "parent-not-linked", "parent-made",
        "parent-cycle", "not-an-id", "no-new-id", "id-taken", "changes-id", "deleted-and-edited",
        "left-scope-and-edited", "create-in-doubt", "in-doubt", "not-allowed", "not-possible", "refused",
        "oscillation", "not-permitted", "rate-limited", "moved", "parked",
    ]

    /// As `FailureWords` gives them.
    private static let ofFailures = [
        "unknown-field", "read-incomplete", "collection-unreadable", "collection-unavailable",
        "connection-unreachable", "connection-unauthorised", "collection-not-permitted", "changed-meanwhile",
    ]
}
