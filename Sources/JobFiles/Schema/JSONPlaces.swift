package import Diagnostics
import Values

/// Finds where something stands in a JSON text that has been read: only for what has to be pointed at.
package struct JSONPlaces {
    private let source: SourceText

    package init(_ source: SourceText) { self.source = source }

    /// The name at the end of a way through objects, as far as that goes; the first character for no way at all.
    package func place(of path: [String]) -> Place {
        source.bytes.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            reader.skipSpace()
            var found: Range<Int>?
            for name in path {
                guard let (next, range) = try? step(to: name, reader, bytes) else { break }
                reader = next
                found = range
            }
            let start = JSON.place(of: found?.lowerBound ?? 0, in: bytes)
            let length = found.map { String(decoding: bytes[$0], as: UTF8.self).unicodeScalars.count } ?? 1
            return Place(file: source.name, line: start.line, column: start.column, length: length)
        }
    }

    /// Steps to the value of a name; the range is that of the name with its quotes.
    private func step(
        to wanted: String, _ reader: JSONReader, _ bytes: UnsafeRawBufferPointer
    ) throws(JSON.Failure) -> (JSONReader, Range<Int>)? {
        var reader = reader
        var walk = try reader.enterObject()
        while let name = try reader.nextName(&walk) {
            if reader.string(name).hasSameBytes(as: wanted) { return (reader, name.start - 1..<name.end + 1) }
            _ = try reader.skipValue()
        }
        return nil
    }
}
