import Connectors
import JobFiles

/// The JSON Schemas of the files that people write.
package enum Schemas {
    /// `job`, `connections`, `tests`.
    package static let names = JobFileSchema.allCases.map(\.rawValue)

    /// The schema of a kind of file; nil for a name that is none of ``names``.
    package static func text(of name: String) -> String? {
        JobFileSchema(rawValue: name)?.text(connectors: ConnectorCatalogue.types)
    }
}
