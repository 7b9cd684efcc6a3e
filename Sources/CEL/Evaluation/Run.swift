/// What changes while an expression is evaluated.
struct Run {
    /// The variables of the macros that are being worked on, outermost first.
    var variables: [CELValue] = []
    var budget: Budget
    /// Set only where the program was compiled for a trace.
    var recording: Recording?

    init(steps: Int, recording: Recording? = nil) {
        budget = Budget(limit: steps)
        self.recording = recording
    }
}

/// The steps that an evaluation may still take.
struct Budget {
    private let limit: Int
    private var left: Int

    init(limit: Int) {
        self.limit = limit
        left = limit
    }

    @inline(__always)
    mutating func charge(_ steps: Int) throws(Fault) {
        left &-= steps
        if left < 0 { throw .tooCostly(steps: limit) }
    }
}
