/// The stable names of a kind of diagnostic: what a message shows in brackets, and what `explain` takes.
///
/// A case is a code, its raw value the code's spelling: small words joined by hyphens.
package protocol DiagnosticCode: RawRepresentable, CaseIterable, Sendable where RawValue == String {
    /// What messages of the code are, unless they say otherwise.
    var severity: Severity { get }
    /// One line on what the code means, without a full stop.
    var meaning: String { get }
}

extension DiagnosticCode {
    package var severity: Severity { .error }
}
