package import Diagnostics
package import Model
package import StateStore
package import Values

/// When a sync runs, in words and in instants to come.
package struct SyncSchedule: Sendable {
    package enum Kind: String, Sendable {
        /// The file names no schedule: every run that asks is right.
        case eachRun = "each-run"
        case every
        case cron
        case manual
    }

    package var sync: SyncName
    package var isEnabled: Bool
    /// That a person stopped it for a while; then nothing is foretold.
    package var pause: Pause?
    package var kind: Kind
    /// As the file has it; nil for ``Kind/eachRun``.
    package var text: String?
    /// Such as `at 02:30 on Monday`.
    package var words: String
    package var window: String?
    /// No start is put off by as much, such as `5m`.
    package var jitter: String?
    package var timeZone: String
    package var lastStarted: LocalTime?
    package var isDue = false
    /// The next starts, the first of them now where it is due, each after the one before if that starts as soon as it can.
    package var next: [LocalTime] = []
    package var warnings: [ScheduleWarning] = []
    /// Why its state cannot be read, where it cannot.
    package var problem: String?
}

/// An instant, and what the clocks of a place show then.
package struct LocalTime: Sendable, Hashable {
    package var instant: Timestamp
    /// Seconds east of UTC.
    package var offset: Int

    init(_ instant: Timestamp, in zone: TimeZoneRules) {
        self.instant = instant
        offset = zone.offset(at: instant)
    }

    /// What the clocks show, to the second.
    package var reading: CivilTime { CivilTime(instant, offset: offset) }
}

/// What in a schedule may be other than its author thinks.
package struct ScheduleWarning: Sendable, Hashable {
    package enum Code: String, DiagnosticCode {
        /// Clocks are put forward over a slot, which runs right after the gap.
        case skippedHour = "skipped-hour"
        /// Clocks are put back, and slots that come twice run the first time only.
        case repeatedHour = "repeated-hour"
        /// No slot lies within the window: each waits until it opens.
        case outsideWindow = "outside-window"

        package var severity: Severity { .warning }

        package var meaning: String {
            switch self {
            case .skippedHour: "a slot falls into an hour that the clocks skip"
            case .repeatedHour: "slots fall into an hour that the clocks show twice"
            case .outsideWindow: "no slot lies within the window, so that each start waits"
            }
        }
    }

    package var code: Code
    /// A sentence without a full stop.
    package var message: String
}
