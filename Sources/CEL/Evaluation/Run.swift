/// What changes while an expression is evaluated.
struct Run {
    /// The variables of the macros that are being worked on, outermost first.
    var variables: [CELValue] = []
    var budget: Budget
    /// Set only where the program was compiled for a trace.
    var recording: Recording?

    init(_ limits: Limits, recording: Recording? = nil) {
        budget = Budget(limits)
        self.recording = recording
    }
}
