internal import Model
internal import Synchronization
internal import Values

/// What JSON Lines and JSON documents have in common: records that are objects.
struct JSONRecords {
    let id: JSONRecordID
    private let idFields: [FieldPath]
    private var check = JSONCheck()
    private var members = JSONNewMembers()

    init(idFields: [FieldPath]) {
        self.idFields = idFields
        id = JSONRecordID(idFields)
    }

    mutating func check(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) throws(JSON.Failure) {
        try check.check(bytes, range)
    }

    func holds(_ fields: [FieldValue], in raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Bool {
        let object = try record(raw)
        return fields.allSatisfy { field in
            object.value(at: field.path).map { $0.means(field.value) } ?? false
        }
    }

    func patched(_ raw: UnsafeRawBufferPointer, with fields: [FieldValue]) throws(RecordFailure) -> [UInt8] {
        try checkValues(fields)
        let bytes = try JSONPatch.apply(fields, to: raw)
        if fields.contains(where: { field in idFields.contains { $0.overlaps(field.path) } }) {
            guard idKey(of: bytes) == idKey(of: Array(raw)) else {
                throw RecordFailure("the fields of the record's id cannot change")
            }
        }
        return bytes
    }

    /// A new record.
    mutating func encoded(
        _ id: RecordID, _ fields: [FieldValue], _ style: JSONStyle
    ) throws(RecordFailure) -> [UInt8] {
        try checkValues(fields)
        let missing = try missingIDFields(id, fields)
        let bytes = try members.write(missing.isEmpty ? fields : missing + fields, style)
        if missing.count < idFields.count, !isID(id, fields), idKey(of: bytes) != Array(id.key.utf8) {
            throw RecordFailure("the record's id is '\(id)', but its fields say otherwise")
        }
        return bytes
    }

    /// The fields of the id that are not among those to set.
    private func missingIDFields(_ id: RecordID, _ fields: [FieldValue]) throws(RecordFailure) -> [FieldValue] {
        if idFields.allSatisfy({ path in fields.contains { $0.path.overlaps(path) } }) { return [] }
        var missing: [FieldValue] = []
        let parts: [Value] =
            idFields.count == 1 ? [id.value] : try idParts(of: id, count: idFields.count).map(Value.text)
        for (path, part) in zip(idFields, parts) where !fields.contains(where: { $0.path.overlaps(path) }) {
            missing.append((path, part))
        }
        return missing
    }

    /// Whether the id is one of the fields, plain to see.
    private func isID(_ id: RecordID, _ fields: [FieldValue]) -> Bool {
        guard idFields.count == 1 else { return false }
        for field in fields where field.path == idFields[0] { return RecordID(field.value) == id }
        return false
    }

    private func idKey(of bytes: [UInt8]) -> [UInt8]? {
        bytes.withUnsafeBytes { bytes in
            var key = RecordKey()
            guard (try? id.take(&key, in: bytes, 0..<bytes.count)) != nil else { return nil }
            return key.with(bytes) { key, _ in Array(key) }
        }
    }

    private func checkValues(_ fields: [FieldValue]) throws(RecordFailure) {
        for at in fields.indices where !JSONWriter.canWrite(fields[at].value) {
            throw RecordFailure("the field '\(fields[at].path)' cannot hold a number that is not finite: JSON has none")
        }
    }

    private func record(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object {
        let value: Value
        do throws(JSON.Failure) {
            value = try JSON.parse(raw)
        } catch {
            throw RecordFailure(error.reason)
        }
        guard case .object(let object) = value else { throw RecordFailure("a record must be an object") }
        return object
    }
}

/// Writes new objects. Those of a batch mostly have the same fields, so their names are written once.
private struct JSONNewMembers {
    private var paths: [FieldPath] = []
    /// What stands before each value; nil where fields lie inside others.
    private var leads: [[UInt8]]?

    mutating func write(_ fields: [FieldValue], _ style: JSONStyle) throws(RecordFailure) -> [UInt8] {
        if !isSame(fields) { learn(fields, style) }
        var out: [UInt8] = []
        guard let leads else {
            style.write(try Self.object(fields), to: &out)
            return out
        }
        out.reserveCapacity(384)
        for at in fields.indices {
            out.append(contentsOf: leads[at])
            style.write(fields[at].value, to: &out)
        }
        if leads.isEmpty { out.append(UInt8(ascii: "{")) } else { out.append(contentsOf: style.close) }
        out.append(UInt8(ascii: "}"))
        return out
    }

    private func isSame(_ fields: [FieldValue]) -> Bool {
        guard fields.count == paths.count, leads != nil else { return false }
        for at in paths.indices where paths[at] != fields[at].path { return false }
        return true
    }

    private mutating func learn(_ fields: [FieldValue], _ style: JSONStyle) {
        paths = fields.map(\.path)
        let isFlat = paths.allSatisfy { $0.steps.count == 1 } && Set(paths).count == paths.count
        guard isFlat else { return leads = nil }
        leads = paths.enumerated().map { at, path in
            var lead = at == 0 ? [UInt8(ascii: "{")] + style.open : style.separator
            JSONWriter.writeString(path.steps[0].text, to: &lead)
            return lead + style.colon
        }
    }

    private static func object(_ fields: [FieldValue]) throws(RecordFailure) -> Object {
        var object = Object(minimumCapacity: fields.count)
        for field in fields where !object.set(field.value, at: field.path) {
            throw RecordFailure(leadsThroughValue(field.path))
        }
        return object
    }
}

/// Reads objects as records.
final class JSONLayout: RecordLayout {
    /// A builder that is in nobody's hands, since it learns the names of records.
    private final class Builder: @unchecked Sendable {
        var builder = JSONBuilder()
    }

    // Whoever decodes takes one out, so that tasks do not wait for each other.
    private let builders = Mutex<[Builder]>([])

    func decode(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object {
        let taken = builders.withLock { $0.popLast() } ?? Builder()
        defer { builders.withLock { $0.append(taken) } }
        let value: Value
        do throws(JSON.Failure) {
            value = try taken.builder.document(in: raw)
        } catch {
            throw RecordFailure(error.reason)
        }
        guard case .object(let object) = value else { throw RecordFailure("a record must be an object") }
        return object
    }
}
