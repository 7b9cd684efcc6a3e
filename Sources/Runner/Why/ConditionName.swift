/// What a condition looks at, by a name that stays the same whether or not it is met: what a program may look for.
package enum ConditionName: String, Sendable, CaseIterable {
    /// The job file has no error.
    case jobFile = "job-file"
    case enabled
    case notPaused = "not-paused"
    /// The connections and collections have the settings that they need.
    case settings
    case connections
    /// The syncs that it depends on have succeeded.
    case parents
    /// No other run is at work on it.
    case lock
    /// The state can be read.
    case state
    case lastRun = "last-run"
    case brakes
    /// When what is to be done is done.
    case schedule
    /// No record of the sync is held, failed or waiting.
    case records
    /// There is one record that is meant.
    case record
    case link
    case scope
    case direction
    /// A record that has no partner may be given one.
    case pairing
    case deletes
    /// Nothing holds the record.
    case holds
    /// Both sides hold what they agreed on.
    case agreement = "in-step"
}

extension Condition {
    /// What it looks at.
    package var name: ConditionName {
        if let about { return about }
        return ConditionName.byCause[cause] ?? (standing == .stop ? .lastRun : .holds)
    }
}

extension ConditionName {
    /// A cause that is not among these is one of a failed run where it stops the sync, and else one for which a record is
    /// held.
    fileprivate static let byCause: [Cause: ConditionName] = [
        .jobFileBroken: .jobFile, .disabled: .enabled, .paused: .notPaused, .variableNotSet: .settings,
        .badSetting: .settings, .parentNotSucceeded: .parents, .locked: .lock,
        .stateUnreadable: .state,
        .runFailed: .lastRun, .runStopped: .lastRun, .neverRun: .lastRun, .missed: .lastRun, .brake: .brakes,
        .fieldLost: .brakes,
        .notDue: .schedule, .outsideWindow: .schedule, .manual: .schedule, .pending: .schedule,
        .needsSomeone: .records, .unknownID: .record, .severalRecords: .record, .outOfScope: .scope,
        .frozen: .scope, .partnerOutOfScope: .scope, .direction: .direction, .createsNotAllowed: .pairing,
        .emptyMatchKey: .pairing,
        .passedOver: .pairing, .setApart: .pairing, .partnerGone: .deletes, .bothGone: .deletes,
        .inStep: .agreement, .notLookedAt: .agreement,
    ]
}
