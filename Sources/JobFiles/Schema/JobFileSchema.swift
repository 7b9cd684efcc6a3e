package import Model
import Values

/// The JSON Schema (draft 2020-12) of the files of a jobs folder, for editors: from the same tables of keys that check
/// them.
///
/// What needs more than one file, or an expression's grammar, only `check` can tell.
package enum JobFileSchema: String, Sendable, CaseIterable {
    case job, connections, tests, connector

    /// The schema as JSON, two spaces a level.
    package func text(connectors: [ConnectorType]) -> String {
        let writer = ShapeSchema(connectors: connectors)
        var schema: Object = [
            "$schema": .text("https://json-schema.org/draft/2020-12/schema"), "title": .text(title),
        ]
        for (name, value) in writer.schema(of: .mapping(table)) { schema[name] = value }
        return JSON.prettyText(.object(schema))
    }

    private var table: KeyTable {
        switch self {
        case .job: .job
        case .connections: .connections
        case .tests: .tests
        case .connector: .definition
        }
    }

    private var title: String {
        switch self {
        case .job: "A Lockstep job: jobs/NAME.yaml"
        case .connections: "The connections of Lockstep jobs: jobs/connections.yaml"
        case .connector: "A connector of your own: jobs/connectors/NAME.yaml"
        case .tests: "Tests of a Lockstep job: jobs/NAME.test.yaml"
        }
    }
}
