package import Model
import StateStore
package import Values

/// A run that is over, as the list of runs tells of it.
package struct PastRun: Sendable {
    /// The name of what it wrote down; nil where there was nothing to write.
    package var name: String?
    package var started: Timestamp
    package var finished: Timestamp
    /// `in step`, `needs someone`, `brake`, `failed`, `stopped`; or what a person had done: `undo`, `resolve` …
    package var outcome: String
    /// nil where the run failed.
    package var written: Sides<WriteCounts>?
    package var held: Int
    /// What went wrong, as a sentence; empty where nothing did.
    package var problem: String

    init(_ summary: RunSummary) {
        name = summary.run
        started = summary.started
        finished = summary.finished
        outcome = summary.outcome
        written = summary.writes
        held = summary.held
        problem = summary.problem
    }

    /// The number of the run, as `undo` and `log` take it.
    package var number: Int? { name.flatMap(Self.number(of:)) }

    /// The number in a run's name.
    package static func number(of name: String) -> Int? { Int(name.prefix { $0 != "-" }) }
}
