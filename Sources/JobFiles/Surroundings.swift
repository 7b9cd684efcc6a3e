package import Diagnostics
package import Model

/// What job files are checked against that stands in no job file. Nothing else here asks the system.
package struct Surroundings: Sendable {
    /// The connectors that there are.
    package var connectors: [ConnectorType]
    /// A further file that a job file names, by its path from the jobs folder: `maps/urgency.csv`. nil where it cannot
    /// be read.
    package var load: @Sendable (_ path: String) -> SourceText?
    /// Whether an environment variable is set.
    package var isVariableSet: @Sendable (_ name: String) -> Bool
    /// Whether there is a time zone of that name.
    package var isTimeZone: @Sendable (_ name: String) -> Bool

    package init(
        connectors: [ConnectorType], load: @escaping @Sendable (_ path: String) -> SourceText? = { _ in nil },
        isVariableSet: @escaping @Sendable (_ name: String) -> Bool = { _ in true },
        isTimeZone: @escaping @Sendable (_ name: String) -> Bool = { _ in true }
    ) {
        self.connectors = connectors
        self.load = load
        self.isVariableSet = isVariableSet
        self.isTimeZone = isTimeZone
    }

    func connector(_ name: String) -> ConnectorType? { connectors.first { $0.name == name } }
}
