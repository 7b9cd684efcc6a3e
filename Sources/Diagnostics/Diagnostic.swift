package enum Severity: String, Sendable, Comparable {
    case note, warning, error

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }

    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}

/// One thing that a person should know of a file they wrote: what, where, and what to do about it.
package struct Diagnostic: Sendable, Hashable, Error {
    /// The stable, kebab-case name of the kind of mistake, such as `unknown-field`.
    package var code: String
    package var severity: Severity
    /// One sentence without a full stop: what is wrong, naming the thing.
    package var message: String
    package var place: Place?
    /// Short text that stands behind the caret, such as `did you mean 'priority'?`.
    package var hint: String?
    /// Further sentences, each with a place of its own where it has one.
    package var notes: [Note]

    package struct Note: Sendable, Hashable {
        package var message: String
        package var place: Place?

        package init(_ message: String, at place: Place? = nil) {
            self.message = message
            self.place = place
        }
    }

    package init(
        _ severity: Severity = .error, _ code: String, _ message: String, at place: Place? = nil, hint: String? = nil,
        notes: [Note] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.place = place
        self.hint = hint
        self.notes = notes
    }
}

extension Diagnostic {
    /// The order in which a reader meets them: by file, then by place; those without a place come first.
    package static func inSourceOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { a, b in
            let left = (a.element.place?.file ?? "", a.element.place?.start ?? Position(line: 0, column: 0), a.offset)
            let right = (b.element.place?.file ?? "", b.element.place?.start ?? Position(line: 0, column: 0), b.offset)
            return left < right
        }.map(\.element)
    }
}
