import Connectors
import JobFiles

/// The JSON Schemas of the files that people write, and of answers.
package enum Schemas {
    /// `job`, `connections`, `tests`, `plan`.
    package static let names = JobFileSchema.allCases.map(\.rawValue) + [plan]

    private static let plan = "plan"

    /// The schema of a kind of file; nil for a name that is none of ``names``.
    package static func text(of name: String) -> String? {
        if name == plan { return PlanSchema.text }
        return JobFileSchema(rawValue: name)?.text(connectors: SystemLibrary.shipped.types)
    }
}
