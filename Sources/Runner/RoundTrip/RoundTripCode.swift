package import Diagnostics

/// The kinds of loss between both sides. The raw value is what a message shows in brackets.
package enum RoundTripCode: String, DiagnosticCode {
    case lossyTable = "lossy-table"
    case deadRow = "dead-row"
    case noRoundTrip = "no-round-trip"
    case changesByItself = "changes-by-itself"
    case neverRests = "never-rests"

    package var severity: Severity {
        switch self {
        case .lossyTable, .deadRow, .noRoundTrip: .warning
        case .changesByItself, .neverRests: .error
        }
    }

    package var meaning: String {
        switch self {
        case .lossyTable: "a table turns a value into one that comes back as another"
        case .deadRow: "a row of a table stands for a value that its side cannot hold"
        case .noRoundTrip: "a value that a field writes to the other side does not come back as it was"
        case .changesByItself: "runs would change a value that nobody edited"
        case .neverRests:
            "runs would change a value that nobody edited again and again, whenever they look at its record"
        }
    }
}
