import Diagnostics
package import FileIO
package import JobFiles
package import Model

/// Asks systems what they know of the collections of jobs, and keeps it in `jobs/schemas/`, to be committed.
package struct Discovery: Sendable {
    package struct Result: Sendable {
        package enum Outcome: Sendable {
            case written
            case unchanged
            case changed([SchemaChange])
            /// Syncs read it from different places, so that one schema cannot be of it.
            case severalPlaces
            case failed(RunFailure)
            /// The file could not be written.
            case unwritable(FileFailure)
        }

        package var name: CollectionName
        package var file: String
        package var outcome: Outcome
        /// What was found; nil where nothing was.
        package var schema: CollectionSchema?
    }

    private let workspace: Workspace
    private let world: World

    package init(_ workspace: Workspace, world: World) {
        self.workspace = workspace
        self.world = world
    }

    /// One result for each collection, in the order in which syncs name them. What cannot be had of one keeps no other back.
    package func discover(_ selection: Selection) async throws(Selection.Unknown) -> [Result] {
        var results: [Result] = []
        for collection in try workspace.collections(selection) { results.append(await discover(collection)) }
        return results
    }

    private func discover(_ collection: NamedCollection) async -> Result {
        let folder = SchemaFolder(jobs: workspace.jobsFolder, disk: world.disk)
        var result = Result(
            name: collection.name, file: folder.path(of: collection.name), outcome: .severalPlaces, schema: nil)
        guard collection.isOne else { return result }
        do throws(RunFailure) {
            let schema = try await workspace.schema(of: collection, world: world)
            result.schema = schema
            result.outcome = try keep(schema, of: collection.name, folder)
        } catch {
            result.outcome = .failed(error)
        }
        return result
    }

    private func keep(
        _ found: CollectionSchema, of name: CollectionName, _ folder: SchemaFolder
    ) throws(RunFailure) -> Result.Outcome {
        do throws(FileFailure) {
            let before = try folder.text(of: name)
            let old = before.flatMap { try? CollectionSchemaFile($0) }?.schema
            let schema = old.map(found.keeping) ?? found
            if let before, let old, isSame(schema, old, name, before) { return .unchanged }
            try folder.write(CollectionSchemaFile(name, schema).text, of: name)
            return old.map { .changed(SchemaChange.all(from: $0, to: schema, mindingUnknown: true)) } ?? .written
        } catch {
            return .unwritable(error)
        }
    }

    /// Whether a file says it already. How many records were looked at is no change: else the file would change with each new record.
    private func isSame(
        _ schema: CollectionSchema, _ old: CollectionSchema, _ name: CollectionName, _ before: SourceText
    ) -> Bool {
        var schema = schema
        if !schema.isDeclared, !old.isDeclared { schema.origin = old.origin }
        return Array(CollectionSchemaFile(name, schema).text.utf8) == before.bytes
    }
}
