import CEL
package import Diagnostics
package import FileIO
import JobFiles
import Model
import Values

/// Holds job files, and the schemas that were committed, against what systems say now.
package struct OnlineCheck: Sendable {
    package struct Result: Sendable {
        /// The jobs folder, held against what systems say now; where one could not be asked, against what was committed.
        package var workspace: Workspace
        /// In what the committed schemas differ.
        package var differences: [Diagnostic]
        /// Collections that could not be asked, each with its place.
        package var failures: [(failure: RunFailure, diagnostic: Diagnostic)]
    }

    private let workspace: Workspace
    private let world: World

    package init(_ workspace: Workspace, world: World) {
        self.workspace = workspace
        self.world = world
    }

    /// - Parameter names: jobs; all where none is named. Those with mistakes of their own cannot be asked about.
    package func check(_ names: [String]) async throws(FileFailure) -> Result {
        var live: [CollectionName: CollectionSchema] = [:]
        var result = Result(workspace: workspace, differences: [], failures: [])
        let usable = names.filter { name in workspace.checked.jobs.contains { $0.name == name } }
        let wanted = names.isEmpty || !usable.isEmpty ? (try? workspace.collections(Selection(usable))) ?? [] : []
        let folder = SchemaFolder(jobs: workspace.jobsFolder, disk: world.disk)
        for collection in wanted where collection.isOne {
            let source = try folder.text(of: collection.name)
            let committed = source.flatMap { try? CollectionSchemaFile($0) }?.schema
            do throws(RunFailure) {
                let found = try await workspace.schema(of: collection, world: world)
                let schema = committed.map(found.keeping) ?? found
                live[collection.name] = schema
                guard let source, let committed else { continue }
                result.differences += differences(committed, schema, collection, source)
            } catch {
                result.failures.append((error, diagnostic(error, collection)))
            }
        }
        result.workspace = try Workspace.load(
            jobs: workspace.jobsFolder, state: workspace.stateFolder, world: world, schemas: .committed(live: live))
        return result
    }

    private func diagnostic(_ failure: RunFailure, _ collection: NamedCollection) -> Diagnostic {
        if case .settings(let diagnostic) = failure { return diagnostic }
        let message =
            "'\(collection.name.collection)' of '\(collection.name.connection)' cannot be asked for its fields: "
        let words =
            if case .endpoint(_, let reason) = failure { FailureWords.sentence(reason) } else {
                FailureWords(failure).sentence
            }
        return Diagnostic(.error, failure.cause, message + words, at: collection.reference.place)
    }

    private func differences(
        _ old: CollectionSchema, _ new: CollectionSchema, _ collection: NamedCollection, _ source: SourceText
    ) -> [Diagnostic] {
        let file = JSONPlaces(source)
        return SchemaChange.all(from: old, to: new, mindingUnknown: false).map { change in
            let inFile = file.place(of: change.steps.flatMap { ["properties", $0] })
            let used = change.steps.isEmpty ? nil : use(of: change.steps, collection.name)
            let note = Diagnostic.Note("the schema says otherwise here", at: inFile)
            return Diagnostic(
                change.kind == .added ? .note : .warning, SchemaCode.schemaDiffers.rawValue,
                sentence(change, collection.name.collection), at: used ?? inFile,
                hint: "'lockstep discover \(collection.job.name)' takes it over", notes: used == nil ? [] : [note])
        }
    }

    private func sentence(_ change: SchemaChange, _ collection: String) -> String {
        switch change.kind {
        case .added: "\(collection) has a field '\(change.field)' by now, of type \(change.words)"
        case .gone: "the field '\(change.field)' of \(collection) is no longer there"
        case .changed where change.steps.isEmpty: "\(collection) is no longer as its schema says: \(change.words)"
        case .changed: "'\(change.field)' of \(collection) has changed: \(change.words)"
        }
    }

    /// The first arrow, match or filter that reads or writes a field.
    private func use(of steps: [String], _ name: CollectionName) -> Place? {
        let path = FieldPath(steps: steps, text: "")
        for job in workspace.checked.jobs {
            for sync in job.syncs {
                for side in Side.allCases
                where CollectionName(connection: job.connections[side], collection: sync.collections[side].name) == name
                {
                    if let place = sync.use(of: path, on: side) { return place }
                }
            }
        }
        return nil
    }
}

extension Sync {
    fileprivate func use(of path: FieldPath, on side: Side) -> Place? {
        func isUsed(_ end: FieldMapping.End) -> Bool {
            switch end {
            case .field(let own): own.overlaps(path)
            case .expression(let program): program.uses.paths.contains { $0.overlaps(path) }
            }
        }
        if let field = fields.first(where: { isUsed($0.ends[side]) }) { return field.place }
        if let rule = match.first(where: { isUsed($0.keys[side]) }) { return rule.place }
        guard let filter = collections[side].filter, isUsed(.expression(filter)) else { return nil }
        return collections[side].filterPlace
    }
}

/// What `check --online` finds beyond mistakes of files.
package enum SchemaCode: String, DiagnosticCode {
    case schemaDiffers = "schema-differs"

    package var severity: Severity { .warning }

    package var meaning: String { "a collection is no longer as its file in jobs/schemas says" }
}
