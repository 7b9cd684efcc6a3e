/// How a run ended, or what a person had done in the place of one. The raw values stand in `state.json` and `runs.jsonl`.
package enum RunOutcome: String, Sendable, CaseIterable {
    case inStep = "in step"
    /// The run went to its end; records are held, failed or wait.
    case needsSomeone = "needs someone"
    /// All that was to be written was not: a signal, a limit, or a connection ended it.
    case stopped
    /// A brake stopped it before its first write.
    case brake
    case failed

    /// A run of some records only: what it says of them, it says not of the sync.
    case only
    /// A saved plan was carried out.
    case apply
    case undo, resync, reset, resolve, link, unlink
    /// What had changed was read, and is not to be written.
    case passedOver = "passed over"

    /// Whether a run of the whole sync went to its end, whatever it held.
    package var isWholeRun: Bool { self == .inStep || self == .needsSomeone }
}
