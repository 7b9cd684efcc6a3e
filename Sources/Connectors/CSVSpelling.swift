internal import Model
internal import Values

/// How values and cells are written.
struct CSVDialect: Sendable, Hashable {
    var delimiter: UInt8

    /// Appends a cell of this text, in quotes where it needs them or where it is asked for.
    func write(_ text: String, quoted: Bool, to out: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            guard quoted || needsQuotes(utf8) else { return out.append(contentsOf: utf8) }
            out.append(Byte.quote)
            for byte in utf8 {
                if byte == Byte.quote { out.append(byte) }
                out.append(byte)
            }
            out.append(Byte.quote)
        }
    }

    private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in text
        where byte == Byte.quote || byte == delimiter || byte == Byte.lineFeed || byte == Byte.carriageReturn {
            return true
        }
        return false
    }
}

/// The text by which a cell holds a value. Null is the empty text: a cell cannot tell them apart.
func cellText(_ field: FieldValue) throws(RecordFailure) -> String {
    switch field.value {
    case .null: return ""
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .uint(let value): return String(value)
    case .decimal(let value): return value.text
    case .double(let value) where value.isFinite: return JSONWriter.number(value)
    case .timestamp(let value): return value.description
    case .date(let value): return value.description
    case .text(var value):
        if value.withUTF8({ find(0, in: UnsafeRawBufferPointer($0), from: 0, to: $0.count) }) != nil {
            throw RecordFailure("the text for the field '\(field.path)' holds a NUL character")
        }
        return value
    default:
        throw RecordFailure(
            "the field '\(field.path)' is a column of text, which cannot hold a value of kind \(field.value.kind)")
    }
}
