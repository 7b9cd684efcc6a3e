import JobFiles
import Model

/// From where it is known what collections hold.
package enum SchemaKnowledge: Sendable {
    /// From the files of `jobs/schemas/`, as far as there are any.
    case committed
    /// Each system was asked, and answered.
    case asked
}

extension Workspace {
    /// Whether all warnings of a code would have been found in the file of a job.
    package func isKnown(_ code: String, ofJob name: String, by knowledge: SchemaKnowledge) -> Bool {
        if case .asked = knowledge { return true }
        if code == SchemaCode.schemaDiffers.rawValue { return false }
        return !SchemaWarnings.has(code) || hasSchemas(ofJob: name)
    }

    /// Whether the schema of each collection of a job was committed.
    private func hasSchemas(ofJob name: String) -> Bool {
        guard let job = checked.jobs.first(where: { $0.name == name }) else { return false }
        return job.syncs.allSatisfy { sync in
            Side.allCases.allSatisfy { side in
                let collection = CollectionName(
                    connection: job.connections[side], collection: sync.collections[side].name)
                return sources[SchemaFolder.path(of: collection, jobs: jobsFolder)] != nil
            }
        }
    }
}
