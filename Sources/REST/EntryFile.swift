internal import Model
internal import Values

/// The file of a record, as far as the record's entry tells of it.
struct EntryFile: Sendable {
    /// Names it among all of the connection.
    var key: TextKey
    /// What people call it.
    var name: String
    /// In bytes; nil where the system does not say.
    var size: Int?
    /// Its digest, where the system tells.
    var told: String?
}

/// Where the files of a collection are known from, and which are carried over.
struct EntryFiles: Sendable {
    let memory: FileMemory
    /// The most bytes that a file may have.
    let limit: Int
    /// Tells this collection from those of other systems, which may have the same ids.
    let place: [Value]

    /// Why a file is not looked at; nil where it may be.
    func refusal(_ file: EntryFile) -> String? {
        guard let size = file.size, size > limit else { return nil }
        return "the file '\(file.name)' has \(size) bytes: 'max_file_mb' allows \(limit)"
    }
}

extension RecordShape {
    func file(_ definition: FileDefinition, of entry: Object, _ id: RecordID) throws(AskFailure) -> EntryFile {
        let size = try definition.size?.find(names, entry)
        var count: Int?
        if let size, case .int(let number)? = try? ValueType.int.convert(size), number >= 0 {
            count = Int(clamping: number)
        }
        let name = try definition.name?.find(names, entry).word
        let hash = try definition.hash?.find(names, entry).word
        let key = JSON.text(.list((files?.place ?? []) + [id.value, size ?? .null]))
        return EntryFile(
            key: TextKey(key), name: name ?? id.description, size: count, told: hash.flatMap(FileDigest.text))
    }

    /// What a record has in the field that stands for its file: its digest; or, as an object, why there is none.
    func fileValue(_ definition: FileDefinition, of entry: Object, _ id: RecordID) throws(AskFailure) -> Value {
        guard let files else { return .null }
        let file = try file(definition, of: entry, id)
        if let refusal = files.refusal(file) { return EntryFiles.unread(refusal) }
        if let digest = file.told ?? files.memory.digest(file.key) { return .text(digest) }
        return EntryFiles.unread(files.memory.trouble(file.key) ?? "the file '\(file.name)' was not looked at")
    }
}

// A record whose file is not known is held: it has an object where others have a text.
extension EntryFiles {
    fileprivate static func unread(_ reason: String) -> Value { .object(["unread": .text(reason)]) }

    /// Why the file of a record was not read; nil where it was.
    static func trouble(_ record: Object, _ collection: CollectionDefinition) -> String? {
        guard let field = collection.fileField, case .object(let object)? = record[field.name] else { return nil }
        return object["unread"]?.text
    }
}
