package import Model
import StateStore

/// Why what a person asked to be settled was not.
package enum SettleFailure: Error, Sendable {
    case run(RunFailure)
    /// A run that was cut off left writes of which it is not known whether they took effect.
    case inDoubt(SyncName)
    /// It is not known whether a record was made on a side from another, of this id, and no run finds out.
    case createInDoubt(SyncName, Side, source: String)
    case notASync(String)
    case noRun(String, SyncName?)
    /// Syncs of which each has such a run.
    case severalRuns(String, [SyncName])
    /// An id of a record on either side, with the partners of both: the right one of the left record, and the reverse.
    case ambiguousRecord(String, SyncName, String, String)
    case notLinked(String, SyncName)
    case notRefused(String, SyncName)
    case noField(String, SyncName)
    /// A record that is named as one of the other side.
    case wrongSide(String, Side)
    case noRecord(Side, String, SyncName)
    /// No record of either side has the id; perhaps this one was meant.
    case unknownRecord(String, SyncName, nearest: String?)
    /// A record of each side has the id, and they do not belong together.
    case severalRecords(String, SyncName)
    /// No test tells what happens with the record, for the reason that is given.
    case notATest(String)
    case isLinked(Side, String, partner: String, SyncName)
    case outOfScope(Side, String)
    case unreadable(Side, String, String)
    /// The pause could not be ended, with the sentence that says why.
    case notResumed(String)
    /// What was shown is not what would be done now.
    case movedOn(SyncName)
}

extension SettleFailure {
    /// Whether the command line names what there is not, or not clearly.
    package var isUsage: Bool {
        switch self {
        case .notASync, .noRun, .severalRuns, .ambiguousRecord, .notLinked, .notRefused, .noField, .wrongSide,
            .noRecord, .unknownRecord, .severalRecords:
            true
        case .run, .inDoubt, .createInDoubt, .movedOn, .notResumed, .notATest, .isLinked, .outOfScope, .unreadable:
            false
        }
    }

    /// Whether another run holds the lock.
    package var isLocked: Bool {
        if case .run(.state(.locked)) = self { true } else { false }
    }

    package var sentence: String {
        switch self {
        case .run(.state(.locked(_, let holder))): "another run holds the lock: \(holder)"
        case .run(let failure): FailureWords(failure).sentence
        case .inDoubt(let sync):
            "\(sync): a run was cut off, and of some of its writes it is not known whether they took effect. 'lockstep run \(sync)' finds out; then ask again"
        case .createInDoubt(let sync, let side, let source):
            "\(sync): it is not known whether \(side.other) \(source) was made on the \(side). 'lockstep why \(sync) \(ShellWord.quoted("\(side.other):\(source)")) --live' shows the command that settles it; then ask again"
        case .notASync(let name): "'\(name)' names no sync: write JOB/SYNC"
        case .noRun(let run, let sync?): "\(sync) has no run '\(run)' with a log"
        case .noRun(let run, nil): "there is no run '\(run)' with a log. Name its sync too: JOB/SYNC RUN"
        case .severalRuns(let run, let syncs):
            "several syncs have a run '\(run)': name the one that is meant, as in '\(syncs.first.map { "\($0) \(run)" } ?? run)'. They are \(syncs.map { "\($0)" }.joined(separator: ", "))"
        case .ambiguousRecord(let id, let sync, let right, let left):
            "'\(id)' names two records of \(sync): 'left:\(id)', linked with right \(right), and 'right:\(id)', linked with left \(left). Say which"
        case .notLinked(let id, let sync): "\(sync) has no link of a record '\(id)'"
        case .notRefused(let id, let sync): "\(sync): no write of a record '\(id)' was refused"
        case .noField(let field, let sync): "\(sync) has no field '\(field)'"
        case .wrongSide(let name, let side):
            "'\(name)' stands where the \(side) record is named: the left one comes first"
        case .noRecord(let side, let id, let sync): "\(sync): there is no record '\(id)' on the \(side)"
        case .unknownRecord(let id, let sync, let nearest):
            "\(sync): no record '\(id)' is on either side" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        case .severalRecords(let id, let sync):
            "'\(id)' names two records of \(sync): 'left:\(id)' and 'right:\(id)'. Say which"
        case .notATest(let sentence): sentence
        case .isLinked(let side, let id, let partner, let sync):
            "\(side) \(id) is linked with \(side.other) \(partner). 'lockstep unlink \(sync) \(side):\(id)' ends that"
        case .outOfScope(let side, let id): "\(side) \(id) is out of scope: the filter of the \(side) leaves it out"
        case .unreadable(let side, let id, let reason): "\(side) \(id): \(reason)"
        case .notResumed(let sentence): sentence
        case .movedOn(let sync):
            "\(sync): what would be written is not what was shown any more. Nothing was written: ask again"
        }
    }
}
