package import Values

/// A record with all that it holds, mapped or not: what is kept of one that is deleted, so that it can be made again.
package struct WholeRecord: Sendable, Equatable {
    package var object: Object
    /// Its bytes as they stood in the collection; empty where they are not known, or are no UTF-8.
    package var raw: [UInt8]
    /// How many records stood before it; nil where that is not known.
    package var position: Int?
    /// Of one that is made again under a new id, the id that it had; nil where it keeps its id, which is among its fields then.
    package var formerID: RecordID?

    package init(object: Object, raw: [UInt8] = [], position: Int? = nil) {
        self.object = object
        self.raw = raw
        self.position = position
    }

    /// Every field at the top of the record.
    package var fields: [(path: FieldPath, value: Value)] { object.map { (FieldPath($0.0), $0.1) } }
}

extension WholeRecord {
    /// Writes the record as a JSON object: `{"at":3,"raw":"4,Ann","is":{"id":"4","name":"Ann"}}`.
    package func encode(to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        if let position { out.append(contentsOf: #""at":\#(position),"#.utf8) }
        if let formerID {
            out.append(contentsOf: #""was":"#.utf8)
            StateJSON.write(formerID.value, to: &out)
            out.append(UInt8(ascii: ","))
        }
        if !raw.isEmpty, let text = String(validating: raw, as: UTF8.self) {
            out.append(contentsOf: (#""raw":"# + JSON.text(.text(text)) + ",").utf8)
        }
        out.append(contentsOf: #""is":"#.utf8)
        StateJSON.write(.object(object), to: &out)
        out.append(UInt8(ascii: "}"))
    }

    /// Reads what ``encode(to:)`` wrote; nil for anything else.
    package init?(_ value: Value) {
        guard case .object(let fields) = value, let written = fields["is"],
            case .object(let object)? = try? StateJSON.value(written)
        else { return nil }
        self.init(
            object: object, raw: Array((fields["raw"]?.text ?? "").utf8),
            position: fields["at"]?.exactNumber?.int64.flatMap { Int(exactly: $0) }.flatMap { $0 < 0 ? nil : $0 })
        formerID = fields["was"].flatMap(RecordID.init)
    }

    /// The record as it is made again where the system gives it a new id.
    package func underNewID(besides idFields: [FieldPath], was id: RecordID) -> WholeRecord {
        var record = WholeRecord(object: object, position: position)
        for path in idFields { record.object.remove(at: path) }
        record.formerID = id
        return record
    }
}
