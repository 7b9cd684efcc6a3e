import Diagnostics
import Model
import Runner

/// What a command's end means to whoever called it. The numbers are a promise.
enum CommandEnd: Int32, CaseIterable {
    /// All that was due is in step, or nothing was due.
    case inStep = 0
    /// The run ended, and some records failed, are held or wait.
    case needsSomeone = 1
    /// Only with `plan --detailed-exitcode`: the plan is not empty.
    case planNotEmpty = 2
    /// A brake stopped a sync before its first write.
    case brake = 3
    /// A connection is broken.
    case brokenConnection = 4
    /// The command line is wrong.
    case usage = 64
    /// A job file is wrong, or a mapping test failed.
    case jobFile = 65
    /// A fault of Lockstep's own.
    case fault = 70
    /// State or a local file could not be read or written.
    case files = 74
    /// Another run holds the lock, or the run was asked for too soon; try later.
    case locked = 75

    /// From the gravest on. Where several apply, the first of them is the one that is given.
    static let byGravity: [CommandEnd] = [
        .fault, .files, .usage, .jobFile, .brake, .brokenConnection, .needsSomeone, .locked, .planNotEmpty, .inStep,
    ]

    /// What it says to whoever called the command.
    var meaning: String {
        switch self {
        case .inStep: "all that was due is in step, or nothing was due"
        case .needsSomeone: "the run ended, and some records failed, are held or wait"
        case .planNotEmpty: "only with 'plan --detailed-exitcode': the plan is not empty"
        case .brake: "a brake stopped a sync before its first write"
        case .brokenConnection: "a connection is broken"
        case .usage: "the command line is wrong"
        case .jobFile: "a job file is wrong, or a mapping test failed"
        case .fault: "a fault of Lockstep's own"
        case .files: "state or a local file could not be read or written"
        case .locked: "another run holds the lock, or the run was asked for too soon; try later"
        }
    }

    static func gravest(_ statuses: some Sequence<CommandEnd>) -> CommandEnd {
        let present = Set(statuses)
        return byGravity.first(where: present.contains) ?? .inStep
    }
}

extension CommandEnd {
    /// What the run of one sync came to.
    init(run report: SyncReport) {
        self = CommandEnd(plan: report)
        if self == .inStep, report.isStopped || !report.heldRecords.isEmpty { self = .needsSomeone }
    }

    /// What the plan of one sync came to. What it holds is shown, and is no failure of a plan.
    init(plan report: SyncReport) {
        switch report.outcome {
        case .notDue, .disabled, .paused, .untouched, .planned, .stopped(.writeLimit, _): self = .inStep
        case .waits, .stopped: self = .needsSomeone
        case .locked, .tooSoon: self = .locked
        case .refused: self = .brake
        case .disconnected(let trouble): self = trouble.state == .busy ? .needsSomeone : .brokenConnection
        case .failed(let failure): self = CommandEnd(failure)
        }
    }

    init(_ failure: RunFailure) {
        switch failure {
        case .state: self = .files
        case .settings, .fields: self = .jobFile
        case .unknownRecord: self = .usage
        case .endpoint(_, let failure): self = CommandEnd(failure)
        // The next run reads it again.
        case .incomplete: self = .needsSomeone
        }
    }

    init(_ failure: EndpointFailure) {
        switch failure {
        case .malformed, .unavailable, .uncertain: self = .files
        case .misconfigured: self = .jobFile
        case .unauthorised, .unreachable, .forbidden: self = .brokenConnection
        // The next run reads it again.
        case .changedMeanwhile, .busy: self = .needsSomeone
        }
    }
}

extension CommandEnd {
    /// What the mistakes of job files come to.
    init(of diagnostics: [Diagnostic]) {
        let errors = diagnostics.filter { $0.severity == .error }
        self =
            errors.isEmpty
            ? .inStep : errors.contains { $0.code == ReadingCode.unreadableFile.rawValue } ? .files : .jobFile
    }
}
