internal import Model
internal import Values

/// Finds the id of a record in its bytes, without making values of them.
struct JSONRecordID: Sendable {
    let fields: [Field]

    struct Field: Sendable {
        let path: FieldPath
        let steps: [[UInt8]]
    }

    enum Problem: Error {
        case json(JSON.Failure)
        case noObject
        case missing(FieldPath)
        case empty(FieldPath)
        case notAnID(FieldPath)

        /// What is wrong, and where in the bytes, as far as it stands at one place.
        var sentence: (text: String, offset: Int?) {
            switch self {
            case .json(let failure): (failure.reason, failure.offset)
            case .noObject: ("a record must be an object", nil)
            case .missing(let path): ("the record has no field '\(path)' for its id", nil)
            case .empty(let path): ("the id in the field '\(path)' is empty", nil)
            case .notAnID(let path): ("the id in the field '\(path)' is neither text nor a whole number", nil)
            }
        }
    }

    init(_ paths: [FieldPath]) {
        fields = paths.map { path in Field(path: path, steps: path.steps.map { Array($0.text.utf8) }) }
    }

    /// Takes the id of the object that stands in a range of the bytes.
    @inline(__always)
    func take(_ key: inout RecordKey, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) throws(Problem) {
        if fields.count == 1 { return try take(fields[0], &key, in: bytes, range) }
        var parts: [String] = []
        for field in fields {
            var part = RecordKey()
            try take(field, &part, in: bytes, range)
            parts.append(part.with(bytes) { text, _ in String(decoding: text, as: UTF8.self) })
        }
        key.compose(parts)
    }

    private func take(
        _ field: Field, _ key: inout RecordKey, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) throws(Problem) {
        var reader = JSONReader(bytes, in: range)
        reader.skipSpace()
        guard reader.next == UInt8(ascii: "{") else { throw .noObject }
        switch field.found(by: &reader) {
        case .failure(let failure): throw .json(failure)
        case .success(false): throw .missing(field.path)
        case .success(true): try read(field.path, &key, &reader, bytes)
        }
    }

    private func read(
        _ path: FieldPath, _ key: inout RecordKey, _ reader: inout JSONReader, _ bytes: UnsafeRawBufferPointer
    ) throws(Problem) {
        let start = reader.position
        do throws(JSON.Failure) {
            if reader.next == Byte.quote {
                let text = try reader.scanText()
                if text.isPlain {
                    key.refer(to: text.start..<text.end)
                } else {
                    key.copy { reader.append(text, to: &$0) }
                }
            } else {
                key.refer(to: try reader.skipValue(), kind: .number)
            }
        } catch {
            throw .json(error)
        }
        if bytes[start] == Byte.quote, reader.position == start + 2 { throw .empty(path) }
        if bytes[start] != Byte.quote, !isWhole(bytes, start..<reader.position) { throw .notAnID(path) }
    }

    private func isWhole(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        for at in range where bytes[at] &- 0x30 > 9 {
            if at != range.lowerBound || bytes[at] != UInt8(ascii: "-") { return false }
        }
        return true
    }
}

extension JSONRecordID.Field {
    /// Steps to the value of this field; false where the object has none.
    func found(by reader: inout JSONReader) -> Result<Bool, JSON.Failure> {
        do throws(JSON.Failure) {
            for step in steps {
                guard reader.next == UInt8(ascii: "{"), try reader.enter(step) else { return .success(false) }
            }
            return .success(true)
        } catch {
            return .failure(error)
        }
    }
}

extension JSONReader {
    /// Steps into the object at the position to the value of a name; false where it has none.
    mutating func enter(_ wanted: [UInt8]) throws(JSON.Failure) -> Bool {
        var walk = try enterObject()
        while let name = try nextName(&walk) {
            if text(name, is: wanted) { return true }
            try skipValue()
        }
        return false
    }
}
