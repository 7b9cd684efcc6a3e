package import Model
internal import Values

/// A collection of a system, as its definition describes it.
package struct SystemEndpoint: Endpoint {
    package let capabilities: Capabilities
    let collection: CollectionDefinition
    let asker: Asker
    var shape: RecordShape
    let reader: ListReader
    let names: Names
    /// The collection that these records belong to, where they do.
    let parents: CollectionDefinition?

    /// - Throws: `misconfigured` where the definition has no such collection.
    package init(
        _ access: SystemAccess, collection name: String, settings: ResolvedSettings
    ) throws(EndpointFailure) {
        guard let collection = access.definition.collection(name) else {
            throw .misconfigured(
                message: "\(access.definition.title) has no collection '\(name)': it has "
                    + access.definition.collections.map { "'\($0.name)'" }.joined(separator: ", "))
        }
        self.collection = collection
        asker = Asker(access, settings)
        let further = settings.names("fields") ?? []
        names = asker.names.with([("collection", .text(name)), ("fields", .list(further.map(Value.text)))])
        shape = RecordShape(
            collection: collection, further: further.map(SystemEndpoint.path), lookups: Lookups(), names: names)
        if collection.fileField != nil {
            let base = (try? access.definition.base.find(asker.names)) ?? .null
            let megabytes = settings.count("max_file_mb") ?? HTTPSettings.fileMegabytes
            shape.files = EntryFiles(
                memory: access.digests, limit: min(megabytes, 1 << 20) << 20, place: [base, .text(name)])
        }
        reader = ListReader(asker: asker)
        parents = collection.parent.flatMap { access.definition.collection($0.collection) }
        capabilities = SystemEndpoint.capabilities(collection, access.definition)
    }

    /// What a collection can do, as its definition says.
    package static func capabilities(
        _ collection: CollectionDefinition, _ definition: SystemDefinition
    ) -> Capabilities {
        var capabilities = Capabilities(
            canCreate: collection.create != nil,
            canUpdate: collection.update != nil
                || collection.fields.contains { $0.set != nil && $0.name != collection.parent?.field },
            canDelete: collection.delete != nil, values: .any, newIDs: .assigned,
            idFields: collection.id.map { FieldPath($0) }, updatedField: collection.updated.map { FieldPath($0) })
        capabilities.readsByID = collection.get != nil
        capabilities.remembersKeys = collection.create.map { $0.isOnce || $0.find != nil } ?? false
        capabilities.groupSize = max(1, definition.pacing.concurrent) * 4
        return capabilities
    }

    /// A field as settings name it: steps with dots between them.
    private static func path(_ text: String) -> FieldPath {
        FieldPath(steps: text.split(separator: ".", omittingEmptySubsequences: true).map(String.init), text: text)
    }

    package func stamp() async throws(EndpointFailure) -> CollectionStamp? { nil }

    package func probe() async throws(EndpointFailure) {
        do throws(AskFailure) {
            _ = try await asker.ask(asker.access.definition.probe, names)
        } catch {
            throw error.ofConnection
        }
    }

    package func declaredSchema() async throws(EndpointFailure) -> CollectionSchema? {
        do throws(AskFailure) {
            try await shape.lookups.load(shape.lookupNames, reader, names)
        } catch {
            throw error.ofReading
        }
        return collection.schema { lookup in
            shape.lookups.table(lookup).map { $0.keys.keys.map(\.text).sorted { $0.precedesByBytes($1) } } ?? []
        }
    }
}
