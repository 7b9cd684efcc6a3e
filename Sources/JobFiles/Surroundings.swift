package import CEL
package import Diagnostics
package import Model
import Values

/// What job files are checked against that stands in no job file. Nothing else here asks the system.
package struct Surroundings: Sendable {
    /// The names of the connectors that there are, or will be.
    package var connectorNames: [(name: String, isBuilt: Bool)]
    /// The connector of a name.
    package var connector: @Sendable (_ name: String) -> ConnectorType?
    /// A further file that a job file names, by its path from the jobs folder: `maps/urgency.csv`. nil where it cannot
    /// be read.
    package var load: @Sendable (_ path: String) -> SourceText?
    /// Whether an environment variable is set.
    package var isVariableSet: @Sendable (_ name: String) -> Bool
    /// The time zones that there are: for `time_zone`, and for the clocks that expressions ask.
    package var timeZones: TimeZones
    /// The files of `jobs/schemas/`; none where the answer is not about what collections hold.
    package var schemaFiles: [SourceText] = []
    /// What systems that were asked say of their collections now: it counts in the place of a file.
    package var liveSchemas: [CollectionName: CollectionSchema] = [:]
    /// The definition of the system that a connector is for; nil of what has none, or where the answer is not about what collections hold.
    package var definition: @Sendable (_ connector: String) -> SystemDefinition? = { _ in nil }

    package init(
        connectors: [ConnectorType], load: @escaping @Sendable (_ path: String) -> SourceText? = { _ in nil },
        isVariableSet: @escaping @Sendable (_ name: String) -> Bool = { _ in true },
        timeZones: TimeZones = TimeZones { _ in .utc }
    ) {
        connectorNames = connectors.map { ($0.name, $0.isBuilt) }
        connector = { name in connectors.first { $0.name == name } }
        self.load = load
        self.isVariableSet = isVariableSet
        self.timeZones = timeZones
    }
}
