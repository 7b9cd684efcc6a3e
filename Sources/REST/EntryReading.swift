internal import Model
internal import Values

/// Takes entries as records, and keeps those that a run has to look at.
struct EntryReading {
    private let endpoint: SystemEndpoint
    private let idFields: [FieldPath]
    private var builder: SnapshotBuilder
    private(set) var count = 0
    /// The numbers of fields that no entry had so far, not even empty.
    private var unmet: Set<Int>

    init(_ endpoint: SystemEndpoint, _ known: KnownRecords) {
        self.endpoint = endpoint
        idFields = endpoint.capabilities.idFields
        builder = SnapshotBuilder(known, newIDs: .assigned)
        unmet = Set(endpoint.collection.fields.indices)
    }

    mutating func add(_ page: ListReader.Page, parent: Value?) async throws(AskFailure) {
        var trail = CursorTrail(updated: nil)
        try await add(page, parent: parent, trail: &trail)
    }

    mutating func add(_ page: ListReader.Page, parent: Value?, trail: inout CursorTrail) async throws(AskFailure) {
        try await endpoint.findFiles(of: page.entries, parent: parent)
        for entry in page.entries {
            if let deleted = endpoint.collection.list?.deleted, try deleted.holds(endpoint.names, entry) {
                let record = try endpoint.shape.record(entry, parent: parent)
                trail.note(record)
                if let id = record.id(idFields) { addAbsent(id) }
                continue
            }
            trail.note(try add(entry, parent: parent))
        }
    }

    @discardableResult
    mutating func add(_ entry: Object, parent: Value?) throws(AskFailure) -> Object {
        let record = try endpoint.shape.record(entry, parent: parent, unmet: &unmet)
        guard let id = record.id(idFields) else {
            throw .broken(
                "a record has no id: '\(idFields.map(\.text).joined(separator: "', '"))' is not in it")
        }
        count += 1
        let (bytes, fingerprint) = record.encoded
        let line = count
        var key = id.key
        let added = key.withUTF8 { key in
            bytes.withUnsafeBytes { raw in
                builder.add(
                    id: UnsafeRawBufferPointer(key), kind: id.kind, fingerprint: fingerprint, raw: raw, line: line)
            }
        }
        if added == .kept { try endpoint.offerFile(of: record, entry, id) }
        return record
    }

    mutating func addAbsent(_ id: RecordID) {
        var key = id.key
        key.withUTF8 { builder.addAbsent(id: UnsafeRawBufferPointer($0)) }
    }

    consuming func finish(cursor: Cursor?, expected: Int?) -> Snapshot {
        let unmetFields = Set(unmet.map { TextKey(endpoint.collection.fields[$0].name) })
        return builder.finish(
            layout: StateLayout(shape: endpoint.shape), cursor: cursor, expectedCount: expected,
            unmetFields: unmetFields)
    }

    consuming func finishPart(cursor: Cursor?) -> Snapshot {
        builder.finishPart(layout: StateLayout(shape: endpoint.shape), cursor: cursor)
    }
}

/// Records as ``StateJSON`` has them, with names in the place of ids.
struct StateLayout: RecordLayout {
    /// What has the names; nil for records with ids.
    let shape: RecordShape?

    func decode(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object {
        let value: Value
        do throws(JSON.Failure) {
            value = try StateJSON.value(try JSON.parse(raw))
        } catch {
            throw RecordFailure(error.reason)
        }
        guard case .object(let object) = value else { throw RecordFailure("the record is no object") }
        guard let shape else { return object }
        if let trouble = EntryFiles.trouble(object, shape.collection) { throw RecordFailure(trouble) }
        return shape.named(object)
    }
}
