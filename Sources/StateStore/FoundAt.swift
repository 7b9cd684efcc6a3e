package import Values

/// When a record was first found as it is: by which run of its sync, and at what time. Runs are numbered one after another; clocks are
/// put back.
package struct FoundAt: Sendable, Hashable, Comparable {
    /// The number of the run; 0 where that was not remembered yet.
    package var run: Int
    package var time: Timestamp

    package init(run: Int = 0, time: Timestamp) {
        self.run = run
        self.time = time
    }

    package static func < (a: FoundAt, b: FoundAt) -> Bool { (a.run, a.time) < (b.run, b.time) }
}
