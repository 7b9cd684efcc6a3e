package import Model
import StateStore
package import Values

/// A run that is over, as the list of runs tells of it.
package struct PastRun: Sendable {
    /// The name of what it wrote down; nil where there was nothing to write.
    package var name: String?
    package var started: Timestamp
    package var finished: Timestamp
    package var outcome: RunOutcome
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

    /// When a run began, to the second, by its name.
    package static func time(of name: String) -> Timestamp? {
        let digits = Array(name.drop { $0 != "-" }.dropFirst())
        guard digits.count == 15 else { return nil }
        let date = [digits[0..<4], digits[4..<6], digits[6..<8]].map { String($0) }.joined(separator: "-")
        let clock = [digits[9..<11], digits[11..<13], digits[13..<15]].map { String($0) }.joined(separator: ":")
        return Timestamp("\(date)T\(clock)Z")
    }
}
