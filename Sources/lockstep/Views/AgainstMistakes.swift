import Diagnostics

/// The errors of the job files that are compared: what is in those files is not compared.
struct AgainstMistakes {
    /// The revision or the folder.
    let earlier: String
    var before: [Diagnostic] = []
    var after: [Diagnostic] = []

    var all: [Diagnostic] { before + after }

    /// Which files have mistakes; nil where none has.
    var sentence: String? {
        switch (before.isEmpty, after.isEmpty) {
        case (true, true): nil
        case (false, true): "the job files of '\(earlier)' have mistakes"
        case (true, false): "the job files have mistakes"
        case (false, false): "the job files, and those of '\(earlier)', have mistakes"
        }
    }
}
