package import Model
package import Values

/// One of the things that must be so for a record, or a sync, to be in step, as it was found.
package struct Condition: Sendable {
    package enum Standing: String, Sendable {
        case ok
        /// It stops the sync.
        case stop
        /// A record is left alone.
        case hold
        /// It passes by itself.
        case wait
    }

    package var standing: Standing
    package var cause: Cause
    /// What was found, as a sentence without its full stop.
    package var text: String
    /// Where in the job files this is decided: `jobs/helpdesk.yaml:27`.
    package var place: String?
    /// What belongs to it, a line each: values seen, what others said.
    package var evidence: [String] = []
    /// What mends it; each is enough by itself, the likeliest first.
    package var remedies: [Remedy] = []
    /// Since when it is so, where that is known.
    package var since: Timestamp?
    /// What it looks at, where its cause does not tell.
    var about: ConditionName?
    /// Whether it is what the last run failed with, which may be mended since.
    var isOfLastRun = false
    /// Whether it is the trouble of a connection, as the last run met it.
    var isOfConnection = false
    /// Of a parent that has not succeeded: which.
    var parent: SyncName?
    /// And what is to be mended there.
    var parentKind = Kind.other

    init(
        _ standing: Standing, _ cause: Cause, _ text: String, place: String? = nil, evidence: [String] = [],
        remedies: [Remedy] = []
    ) {
        self.standing = standing
        self.cause = cause
        self.text = text
        self.place = place
        self.evidence = evidence
        self.remedies = remedies
    }

    /// What is as it should be.
    static func met(_ about: ConditionName, _ text: String, place: String? = nil) -> Condition {
        var condition = Condition(.ok, .inStep, text, place: place)
        condition.about = about
        return condition
    }
}

extension Condition {
    /// What the last run failed with, where nothing is known to be wrong any more.
    var asPast: Condition {
        var past = self
        past.standing = .wait
        past.about = .lastRun
        past.text += ": what failed may be mended since"
        past.remedies = remedies.compactMap { $0.steps.last }.prefix(1).map { Remedy($0) }
        past.isOfLastRun = false
        return past
    }

    /// What is to be mended, as far as whoever called the command has to know.
    package enum Kind: Sendable {
        case jobFile
        /// The state, or a local file.
        case files
        case other
    }

    package var kind: Kind {
        switch cause {
        case .jobFileBroken: .jobFile
        case .stateUnreadable, .collectionUnavailable, .collectionUnreadable: .files
        case .parentNotSucceeded: parentKind
        default: .other
        }
    }

    /// Whether ``since`` is when it began, and not when a run first met it.
    package var isSinceItself: Bool { cause == .paused || isOfConnection }

    /// Whether it does not pass by itself.
    package var isBlocking: Bool { standing == .stop || standing == .hold }
}

/// Why a sync, or a record of it, is or is not in step.
package struct WhyReport: Sendable {
    package var sync: SyncName
    /// The record that was asked about, by its ids; none of the sync as a whole.
    package var ids: Sides<String?>
    /// What people know the record by: its first field that is text.
    package var title: String?
    package var conditions: [Condition]
    /// Times, in the zone of the sync.
    package var times = TimeWords.utc

    /// The condition that decides: the first that stops it, else the first that it waits for, else the last.
    package var decisive: Condition? {
        conditions.first { $0.isBlocking } ?? conditions.first { $0.standing == .wait } ?? conditions.last
    }

    /// Whether nothing is in the way.
    package var isInStep: Bool { conditions.allSatisfy { $0.standing == .ok } }

    init(_ sync: SyncName, ids: Sides<String?> = Sides(left: nil, right: nil), _ conditions: [Condition] = []) {
        self.sync = sync
        self.ids = ids
        self.conditions = conditions
    }
}
