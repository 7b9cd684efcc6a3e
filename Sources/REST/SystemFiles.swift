internal import HTTP
internal import Model
internal import Values

// The files that records stand for: fetched to be known, and once more where they are carried over and no longer at hand.
extension SystemEndpoint {
    private struct Wanted: Sendable {
        var file: EntryFile
        var entry: Object
        var id: RecordID
    }

    /// Finds out the digests of the files of entries, so that these can be taken as records. Files that are known are not fetched.
    func findFiles(of entries: [Object], parent: Value?) async throws(AskFailure) {
        guard let files = shape.files, let definition = collection.fileField?.file else { return }
        var wanted: [Wanted] = []
        for entry in entries {
            if let deleted = collection.list?.deleted, try deleted.holds(names, entry) { continue }
            guard let id = try shape.record(entry, parent: parent).id(capabilities.idFields) else { continue }
            let file = try shape.file(definition, of: entry, id)
            if file.told != nil || files.refusal(file) != nil || files.memory.digest(file.key) != nil { continue }
            wanted.append(Wanted(file: file, entry: entry, id: id))
        }
        if wanted.isEmpty { return }
        do {
            try await withThrowingTaskGroup(of: Void.self) { [wanted] tasks in
                var next = wanted.makeIterator()
                for _ in 0..<asker.access.definition.pacing.concurrent {
                    if let first = next.next() { tasks.addTask { try await look(first, definition, files) } }
                }
                while try await tasks.next() != nil {
                    if let more = next.next() { tasks.addTask { try await look(more, definition, files) } }
                }
            }
        } catch {
            throw error as? AskFailure ?? .broken("\(error)")
        }
    }

    /// Fetches a file to know it. One that cannot be had concerns its own record alone.
    private func look(
        _ wanted: Wanted, _ definition: FileDefinition, _ files: EntryFiles
    ) async throws(AskFailure) {
        do throws(AskFailure) {
            let stored = try await fetch(wanted, definition, files)
            files.memory.note(wanted.file.key, stored.digest)
        } catch {
            switch error {
            case .refused, .forbidden, .gone, .moved, .broken:
                files.memory.note(
                    wanted.file.key, trouble: "the file '\(wanted.file.name)' cannot be fetched: \(error.message)")
            case .busy, .unreachable, .unauthorised, .spent: throw error
            }
        }
    }

    private func fetch(
        _ wanted: Wanted, _ definition: FileDefinition, _ files: EntryFiles
    ) async throws(AskFailure) -> StoredFile {
        let depot = asker.access.files
        let draft = try depot.begin(limit: files.limit)
        let own = names(of: wanted.id).with([("record", .object(wanted.entry))])
        _ = try await asker.ask(definition.download, own, sink: draft.sink)
        let stored: StoredFile
        do {
            stored = try draft.finish()
        } catch {
            throw .broken(error.reason)
        }
        // Where a connection just ends, nothing else tells that a part is missing.
        if let size = wanted.file.size, size != stored.source.length {
            throw .refused("\(stored.source.length) bytes of it came, and it is said to have \(size)")
        }
        depot.put(stored)
        return stored
    }

    /// Tells the other side where the file of a record can be fetched.
    func offerFile(of record: Object, _ entry: Object, _ id: RecordID) throws(AskFailure) {
        guard let files = shape.files, let field = collection.fileField, let definition = field.file,
            let digest = record[field.name]?.text
        else { return }
        let wanted = Wanted(file: try shape.file(definition, of: entry, id), entry: entry, id: id)
        asker.access.files.note(digest) { [self] () async throws(AskFailure) in
            try await fetch(wanted, definition, files)
        }
    }

    /// What is known of the file of a record that was just written: that it is the one that was sent, unless it has another length.
    func noteFile(of entry: Object, _ request: WriteRequest, parent: Value?) async throws(AskFailure) {
        guard let files = shape.files, let field = collection.fileField, let definition = field.file else { return }
        let sent = request.fields.first { $0.path == FieldPath(field.name) }?.value.text
        if let sent, let length = asker.access.files.size(of: sent),
            let id = try shape.record(entry, parent: parent).id(capabilities.idFields)
        {
            let file = try shape.file(definition, of: entry, id)
            if file.size == nil || file.size == length { files.memory.note(file.key, sent) }
        }
        try await findFiles(of: [entry], parent: parent)
    }
}
