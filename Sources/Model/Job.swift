package import Cron
package import Diagnostics

/// A job as it is meant: checked, with every default filled in. `JobFiles` makes it of a file; nothing changes it afterwards.
package struct Job: Sendable {
    package var name: String
    package var description: String?
    package var isEnabled: Bool
    /// The name of the connection of each side.
    package var connections: Sides<String>
    /// In the order of the file.
    package var syncs: [Sync]
    /// The whole file, for messages about the job as such.
    package var place: Place

    package init(
        name: String, description: String? = nil, isEnabled: Bool = true, connections: Sides<String>, syncs: [Sync],
        place: Place
    ) {
        self.name = name
        self.description = description
        self.isEnabled = isEnabled
        self.connections = connections
        self.syncs = syncs
        self.place = place
    }
}

/// What names a sync among all jobs: `helpdesk/tickets`.
package struct SyncName: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var job: String
    package var sync: String

    package init(job: String, sync: String) {
        self.job = job
        self.sync = sync
    }

    /// The name in a text such as `helpdesk/tickets`; nil for any other, such as that of a job alone.
    package init?(_ text: String) {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        self.init(job: String(text[..<slash]), sync: String(text[text.index(after: slash)...]))
        if job.isEmpty || sync.isEmpty { return nil }
    }

    package var description: String { "\(job)/\(sync)" }

    package static func < (a: SyncName, b: SyncName) -> Bool { (a.job, a.sync) < (b.job, b.sync) }
}

/// When a sync is to run.
package struct Timing: Sendable, Hashable {
    /// nil where the file names none: whenever a run asks.
    package var schedule: Schedule?
    package var window: Window?
    /// Each start is put off by a part of this, the same part for the same sync and slot.
    package var jitter: Interval?
    /// IANA name of the zone for cron expressions and windows.
    package var timeZone: String
    /// Where the schedule stands in the file.
    package var place: Place?

    package init(
        schedule: Schedule?, window: Window? = nil, jitter: Interval? = nil, timeZone: String = "UTC",
        place: Place? = nil
    ) {
        self.schedule = schedule
        self.window = window
        self.jitter = jitter
        self.timeZone = timeZone
        self.place = place
    }
}
