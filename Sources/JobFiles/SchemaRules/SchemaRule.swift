import Diagnostics
import Model

/// One question asked of a sync whose collections are known by their schemas. What these find is told by `check` alone: a run goes by
/// what it reads, and is not stopped by a schema that has grown old.
struct SchemaRule: Sendable {
    var check: @Sendable (KnownSync, inout Findings) -> Void

    static let all: [SchemaRule] = [
        .unknownFields, .expressionTypes, .typeClashes, .requiredFields, .readOnlyFields, .fixedValues, .lengths,
        .newIDForms,
    ]

    /// Holds all files against the schemas that are known.
    static func checkAll(_ subject: Subject, _ findings: inout Findings) {
        let schemas = KnownSchemas(subject, &findings)
        if schemas.isEmpty { return }
        unknownCollections(subject, schemas, &findings)
        for sync in subject.known(schemas) {
            for rule in all { rule.check(sync, &findings) }
        }
        unused(subject, schemas, &findings)
    }

    /// A system that is described has the collections that its definition names, and no others.
    private static func unknownCollections(
        _ subject: Subject, _ schemas: KnownSchemas, _ findings: inout Findings
    ) {
        for job in subject.drafts.jobs {
            for side in Side.allCases {
                guard let definition = schemas.definition(job, side) else { continue }
                for sync in job.syncs {
                    guard let name = sync.collections[side]?.name, definition.collection(name.content) == nil else {
                        continue
                    }
                    let names = definition.collections.map(\.name)
                    findings.add(
                        .unknownCollection, "\(definition.title) has no collection '\(shortened(name.content))'",
                        at: name.place,
                        hint: didYouMean(name.content, among: names) ?? "it has \(listed(names, joinedBy: "and"))")
                }
            }
        }
    }

    /// A schema of a collection that no sync names is of no use, and most likely of one that was renamed.
    private static func unused(_ subject: Subject, _ schemas: KnownSchemas, _ findings: inout Findings) {
        // Where a file cannot be read, nothing is known of what it names.
        guard subject.drafts.jobs.allSatisfy(\.isReadable) else { return }
        var used: Set<CollectionName> = []
        for job in subject.drafts.jobs {
            for sync in job.syncs {
                used.formUnion(
                    [
                        subject.collectionName(job, sync, .left), subject.collectionName(job, sync, .right),
                    ].compactMap { $0 })
            }
        }
        for (name, file) in schemas.files where !used.contains(name) {
            findings.add(
                .unusedSchema, "no sync names the collection '\(shortened(name.collection))' of '\(name.connection)'",
                at: Place(file: file, line: 1, column: 1, length: 0), hint: "remove the file")
        }
    }
}

extension Findings {
    /// Adds a finding that is an error only where the schema is certain of it.
    mutating func add(
        _ code: JobFileCode, isCertain: Bool, _ message: String, at place: Place, hint: String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        add(
            Diagnostic(
                isCertain ? .error : .warning, code.rawValue, message, at: place, hint: hint, notes: notes))
    }
}
