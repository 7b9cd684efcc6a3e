import Diagnostics

/// The kinds of mistakes that show once files and collections are read, and tests are run.
package enum ReadingCode: String, DiagnosticCode {
    case unreadableFile = "unreadable-file"
    case unknownField = "unknown-field"
    case failedTest = "failed-test"

    package var meaning: String {
        switch self {
        case .unreadableFile: "a file of the jobs folder, or one that a setting names, cannot be read"
        case .unknownField: "a field is mapped, matched or filtered that its collection does not have"
        case .failedTest: "a test of a mapping expects something else than the mapping does"
        }
    }
}
