import Diagnostics

/// What was found wrong so far. Every stage adds to it and goes on: a file is reported whole, never up to its first
/// mistake.
struct Findings {
    private(set) var diagnostics: [Diagnostic] = []

    mutating func add(
        _ code: JobFileCode, _ message: String, at place: Place, hint: String? = nil, notes: [Diagnostic.Note] = []
    ) {
        diagnostics.append(
            Diagnostic(code.severity, code.rawValue, message, at: place, hint: hint, notes: notes))
    }

    mutating func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    mutating func add(_ others: [Diagnostic]) { diagnostics += others }

    /// Each finding once: a part that an alias repeats is read, and found wrong, more than once.
    var withoutRepetitions: [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return diagnostics.filter { seen.insert($0).inserted }
    }
}

/// What stands behind the caret where a name is close to a known one.
func didYouMean(_ name: String, among known: some Sequence<String>) -> String? {
    nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
}

/// Names as a sentence has them: `'a', 'b' or 'c'`.
func listed(_ names: [String], joinedBy word: String = "or") -> String {
    let quoted = names.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " \(word) \(last)"
}
