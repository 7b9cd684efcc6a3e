import Diagnostics
import Model
import Values
import YAML

/// The schemas that job files are held against: what the definitions of systems say, in its place what `jobs/schemas/` has, and in the
/// place of that what systems were asked for.
struct KnownSchemas {
    struct Entry {
        var schema: CollectionSchema
        /// The file that has it; nil of one that was asked for just now, or that a definition has.
        var file: String?
    }

    private var entries: [CollectionName: Entry] = [:]
    /// The definitions of the systems behind connections, by the names of these.
    private var definitions: [String: SystemDefinition] = [:]

    init(_ subject: Subject, _ findings: inout Findings) {
        let surroundings = subject.surroundings
        for connection in subject.drafts.connections?.connections ?? [] {
            guard let type = connection.type?.content, let definition = surroundings.definition(type) else { continue }
            definitions[connection.name.content] = definition
        }
        for source in surroundings.schemaFiles {
            do throws(Diagnostic) {
                let file = try CollectionSchemaFile(source)
                entries[file.collection] = Entry(schema: file.schema, file: source.name)
            } catch {
                findings.add(error)
            }
        }
        for (name, schema) in surroundings.liveSchemas { entries[name] = Entry(schema: schema) }
    }

    var isEmpty: Bool { entries.isEmpty && definitions.isEmpty }

    subscript(name: CollectionName) -> Entry? { entries[name] }

    /// The definition of the system that a side of a job is of; nil where it has none, or none that can be used.
    func definition(_ job: JobDraft, _ side: Side) -> SystemDefinition? {
        definitions.isEmpty ? nil : (job.connections[side]?.content).flatMap { definitions[$0] }
    }

    /// What the definition of its system says of a side.
    func described(_ job: JobDraft, _ sync: SyncDraft, _ side: Side) -> Entry? {
        guard let definition = definition(job, side), let draft = sync.collections[side],
            let name = draft.name?.content,
            let collection = definition.collection(name)
        else { return nil }
        var schema = collection.schema()
        // The job names further ones itself.
        if draft.settings.contains(where: { $0.name.content == "fields" }) { schema.isClosed = false }
        return Entry(schema: schema)
    }

    /// The collections of files, with the files.
    var files: [(name: CollectionName, file: String)] {
        entries.compactMap { name, entry in entry.file.map { (name, $0) } }
    }
}

/// One side of a sync whose schema is known.
struct KnownSide {
    let side: Side
    /// The collection as the job file names it.
    let name: Placed<String>
    let entry: KnownSchemas.Entry

    var schema: CollectionSchema { entry.schema }

    /// What to say of a schema that was made of some records.
    var notes: [Diagnostic.Note] {
        guard case .sampled(let records) = schema.origin, let file = entry.file else { return [] }
        let count = records == 1 ? "1 record" : "\(records) records"
        return [.init("\(file) is made of \(count); 'lockstep discover' looks again")]
    }

    /// Whether something that speaks against the schema is wrong for sure.
    var isCertain: Bool { schema.isDeclared }
}

/// A sync with the schemas of its sides, as far as they are known.
struct KnownSync {
    let job: JobDraft
    let sync: SyncDraft
    let sides: Sides<KnownSide?>
    let subject: Subject
    let texts: ReadTexts

    /// Whether values of an arrow ever go to a side.
    func flows(_ field: FieldDraft, to side: Side) -> Bool {
        field.arrow.writes(side) && sync.effectiveDirection.writes(to: side)
    }

    /// Whether new records may be made on a side.
    func creates(on side: Side) -> Bool {
        sync.creates.map { $0.content.sides.contains(side) } ?? sync.effectiveDirection.writes(to: side)
    }
}

extension Subject {
    /// The syncs of which a schema is known on some side.
    func known(_ schemas: KnownSchemas) -> [KnownSync] {
        let unclear = collectionsWithSeveralMeanings()
        return drafts.jobs.flatMap { job in
            job.syncs.compactMap { sync in
                let left = side(.left, job, sync, schemas, unclear)
                let right = side(.right, job, sync, schemas, unclear)
                guard left != nil || right != nil else { return nil }
                return KnownSync(
                    job: job, sync: sync, sides: Sides(left: left, right: right), subject: self,
                    texts: ReadTexts(surroundings))
            }
        }
    }

    /// The collection of a side of a sync; nil where it is not known.
    func collectionName(_ job: JobDraft, _ sync: SyncDraft, _ side: Side) -> CollectionName? {
        guard let connection = job.connections[side]?.content, let name = sync.collections[side]?.name?.content else {
            return nil
        }
        return CollectionName(connection: connection, collection: name)
    }

    private func side(
        _ side: Side, _ job: JobDraft, _ sync: SyncDraft, _ schemas: KnownSchemas, _ unclear: Set<CollectionName>
    ) -> KnownSide? {
        guard let name = collectionName(job, sync, side), let placed = sync.collections[side]?.name else { return nil }
        let known = unclear.contains(name) ? nil : schemas[name]
        guard let entry = known ?? schemas.described(job, sync, side) else { return nil }
        return KnownSide(side: side, name: placed, entry: entry)
    }

    /// Names of collections that are read from different places by different syncs: one schema cannot be of both.
    private func collectionsWithSeveralMeanings() -> Set<CollectionName> {
        var meanings: [CollectionName: Set<String>] = [:]
        for job in drafts.jobs {
            for sync in job.syncs {
                for side in Side.allCases {
                    guard let name = collectionName(job, sync, side), let draft = sync.collections[side] else {
                        continue
                    }
                    meanings[name, default: []].insert(draft.whereabouts)
                }
            }
        }
        return Set(meanings.filter { $0.value.count > 1 }.keys)
    }
}

extension CollectionDraft {
    /// The settings that may decide which fields there are: all but those that only name records.
    fileprivate var whereabouts: String {
        let settings = settings.filter { !["id", "new_id", "updated"].contains($0.name.content) }
        return settings.map { "\($0.name.content)=\($0.node.scalar?.text ?? "")" }.sorted().joined(separator: "\n")
    }
}
